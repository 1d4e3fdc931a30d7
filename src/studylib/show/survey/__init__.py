"""The page on the survey: who answered, what they want, published shares beside their answers."""
