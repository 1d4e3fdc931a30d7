"""The page on border areas: totals, joint projects, pairs of sides."""
