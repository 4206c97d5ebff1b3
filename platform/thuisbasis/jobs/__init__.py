"""Work that is done later or again and again, by one worker that may die at any moment."""
