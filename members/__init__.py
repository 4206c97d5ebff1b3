"""The member portal. Still empty: nothing of it is built yet."""
