"""The page of ideas for joint projects: the table, the cards, the programmes."""
