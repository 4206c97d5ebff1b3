"""News of the network, for whoever is above and wants to know."""

from django.dispatch import Signal

# Sent with `person` after what somebody agreed to has changed, inside the same transaction.
consent_changed = Signal()
