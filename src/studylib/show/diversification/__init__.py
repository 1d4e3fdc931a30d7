"""The page on diversification: specialisation, nearness, the neighbour, what survives."""
