"""The commands and the steps they run: what is stale is made, and nothing is published by half."""
