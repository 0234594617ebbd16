"""Reports from a list that somebody filled in with Excel: reading the file, and what its rows mean."""
