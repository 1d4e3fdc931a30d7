"""From executed notebooks to pages for people who do not read code."""
