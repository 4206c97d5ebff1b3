"""The demo: invented people, real facts, and pictures drawn by code."""
