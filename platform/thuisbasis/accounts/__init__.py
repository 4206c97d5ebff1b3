"""Who may come in: the user model and the one login."""
