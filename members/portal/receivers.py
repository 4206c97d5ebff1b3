"""Keeps invitations and profiles in step with people."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save

from members.portal.models import Invitation, Profile
from thuisbasis.accounts.models import User
from thuisbasis.accounts.signals import person_erased
from thuisbasis.files.services import remove_file
from thuisbasis.network.models import Practice
from thuisbasis.network.signals import membership_ended


def connect() -> None:
    """Listen to accounts and network."""
    post_save.connect(_user_saved, sender=User, dispatch_uid="portal-profile")
    membership_ended.connect(_membership_ended, dispatch_uid="portal-invitations")
    person_erased.connect(_person_erased, dispatch_uid="portal-erased")


def _user_saved(instance: User, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        Profile.objects.get_or_create(user=instance)


def _membership_ended(user: User, practice: Practice, now: datetime, **kwargs: Any) -> None:
    """Take back what was still open for or by somebody who left."""
    theirs = Invitation.objects.open().filter(Q(email=user.email.lower()) | Q(invited_by=user), practice=practice)
    theirs.update(revoked_at=now)


def _person_erased(user: User, addresses: set[str], **kwargs: Any) -> None:
    """Forget every invitation to somebody, and the picture; invitations that he or she sent stay with the practice."""
    profile = Profile.objects.filter(user=user, photo__isnull=False).select_related("photo").first()
    if profile is not None and profile.photo is not None:
        remove_file(stored=profile.photo)
    Invitation.objects.filter(email__in={address.lower() for address in addresses}).delete()
