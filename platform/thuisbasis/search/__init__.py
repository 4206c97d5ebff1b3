"""One door to everything that can be found."""
