"""News of the network, for whoever is above and wants to know."""

from django.dispatch import Signal

# Sent with `person` after what somebody agreed to has changed, inside the same transaction.
consent_changed = Signal()

# Sent with `user`, `practice` and `now` when somebody leaves a practice, inside the same transaction:
# whoever holds rights, seats or invitations for that membership takes them back.
membership_ended = Signal()
