"""Documents: kept outside the web root, and read safely."""
