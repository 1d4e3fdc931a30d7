"""The page on collaboration: sectors, partners with their cards, groups, places."""
