"""Registrations as the database has them now."""

from events.models import Registration


def again(registration):
    return Registration.objects.get(pk=registration.pk)
