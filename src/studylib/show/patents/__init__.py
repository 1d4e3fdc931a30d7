"""The page on patents: filings, key enabling technologies, other ways of counting."""
