"""The agenda. Still empty: nothing of it is built yet."""
