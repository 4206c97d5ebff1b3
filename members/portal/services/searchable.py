"""Declares that members find each other by searching, and keeps search in step with who is there."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from members.portal.models import Profile
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Audience, Membership
from thuisbasis.search.registry import Declaration, Findable, declare_searchable
from thuisbasis.search.services import index

# Who looks for a subject wants to read of it first; who looks for a name finds little else.
PERSON_WEIGHT = 0.4


def declare() -> None:
    """Tell search about the profiles of members."""
    declare_searchable(
        Declaration(model=Profile, rows=_profiles, describe=describe_profile),
        kinds={"person": _("Mensen in het netwerk")},
    )


def describe_profile(profile: Profile) -> Findable | None:
    """Return what members find of somebody; None for who is not, or no longer, in the network."""
    today = timezone.localdate()
    if not Profile.objects.present(today).filter(pk=profile.pk).exists():
        return None
    rows = Membership.objects.valid_on(today).filter(user=profile.user_id).select_related("practice")
    practices = [row.practice for row in rows.order_by("practice__name")]
    names = ", ".join(practice.name for practice in practices)
    return Findable(
        kind="person",
        language="nl",
        name=str(profile),
        summary=". ".join(filter(None, [profile.job_title, names])),
        text="\n".join([profile.ask_me_about, profile.about]),
        url=reverse("portal:person", args=[profile.slug]),
        audience=Audience.NETWORK,
        practice_id=None,
        published_at=None,
        weight=PERSON_WEIGHT,
        facets=tuple(("place", place) for practice in practices for place in [practice.municipality] if place),
    )


def find_again(*, user: User) -> None:
    """Let search know somebody as he or she is now."""
    profile = Profile.objects.filter(user=user).first()
    if profile is not None:
        index(instance=profile)


@task()
def find_who_is_here() -> None:
    """Forget those whose work ended, and find those whose work began, since yesterday."""
    for profile in Profile.objects.all().iterator():
        index(instance=profile)


def _profiles() -> Iterable[Any]:
    return Profile.objects.select_related("user").iterator()
