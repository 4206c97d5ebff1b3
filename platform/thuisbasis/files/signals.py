"""News of the files, for whoever is above and wants to know."""

from django.dispatch import Signal

# Sent with `stored_file` after a file was found clean, or refused, inside the same transaction.
file_examined = Signal()
