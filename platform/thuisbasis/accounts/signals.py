"""News of accounts, for whoever is above and wants to know."""

from django.dispatch import Signal

# Sent with `user`, `addresses` (a set of e-mail addresses) and `now` while a person is erased,
# inside the same transaction and while the names are still known.
person_erased = Signal()
