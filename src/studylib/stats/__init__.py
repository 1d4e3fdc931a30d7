"""Every number that has an error: intervals, exact tests, multiple testing, granularity."""
