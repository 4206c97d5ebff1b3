"""Self-assessment: a practice looks in the mirror, and something comes of it."""
