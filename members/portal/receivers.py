"""Keeps invitations, profiles and search in step with people."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete

from members.portal.models import Invitation, Profile
from members.portal.services.searchable import find_again
from thuisbasis.accounts.models import User
from thuisbasis.accounts.signals import person_erased
from thuisbasis.files.services import remove_file
from thuisbasis.network.models import Membership, Practice
from thuisbasis.network.signals import membership_ended
from thuisbasis.search.services import forget, index


def connect() -> None:
    """Listen to accounts and network."""
    post_save.connect(_user_saved, sender=User, dispatch_uid="portal-profile")
    membership_ended.connect(_membership_ended, dispatch_uid="portal-invitations")
    post_save.connect(_profile_saved, sender=Profile, dispatch_uid="portal-profile-found")
    pre_delete.connect(_profile_deleted, sender=Profile, dispatch_uid="portal-profile-deleted")
    for signal in (post_save, post_delete):
        signal.connect(_membership_changed, sender=Membership, dispatch_uid=f"portal-membership-{id(signal)}")
    person_erased.connect(_person_erased, dispatch_uid="portal-erased")


def _user_saved(instance: User, created: bool, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    if created and not raw:
        Profile.objects.get_or_create(user=instance)
    elif not raw and update_fields != frozenset({"last_login"}):
        find_again(user=instance)


def _profile_saved(instance: Profile, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        index(instance=instance)


def _profile_deleted(instance: Profile, **kwargs: Any) -> None:
    forget(instance=instance)


def _membership_changed(instance: Membership, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        find_again(user=instance.user)


def _membership_ended(user: User, practice: Practice, now: datetime, **kwargs: Any) -> None:
    """Take back what was still open for or by somebody who left."""
    theirs = Invitation.objects.open().filter(Q(email=user.email.lower()) | Q(invited_by=user), practice=practice)
    theirs.update(revoked_at=now)
    find_again(user=user)


def _person_erased(user: User, addresses: set[str], **kwargs: Any) -> None:
    """Forget every invitation to somebody, and the picture; invitations that he or she sent stay with the practice."""
    profile = Profile.objects.filter(user=user, photo__isnull=False).select_related("photo").first()
    if profile is not None and profile.photo is not None:
        remove_file(stored=profile.photo)
    Invitation.objects.filter(email__in={address.lower() for address in addresses}).delete()
    find_again(user=user)
