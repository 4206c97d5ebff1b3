"""Answers that are the same for everybody, kept as files until anything that they show changes."""
