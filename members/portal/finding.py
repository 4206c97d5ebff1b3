"""Finds somebody's picture, for the one view that sends files."""

from members.portal.models import Profile
from thuisbasis.files.registry import FileAsk, Sendable, declare_files


def declare() -> None:
    """Tell the serving view about pictures of members."""
    declare_files("portrait", portrait)


def portrait(ask: FileAsk) -> Sendable | None:
    """Return the picture of somebody whose profile this visitor may see."""
    profiles = Profile.objects.visible_to(ask.visitor).filter(slug=ask.address["slug"], photo__isnull=False)
    profile = profiles.select_related("photo").first()
    if profile is None or profile.photo is None:
        return None
    return Sendable.of(profile.photo, changed_at=profile.photo.created_at, is_inline=True)
