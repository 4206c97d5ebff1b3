"""What an event leaves behind, and the talk shows whose moments its dates follow."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from events.models import EventPage, Material, Occurrence, RecapPage, Registration
from events.policies import may_organise
from events.services.changing import apply_cancellation, apply_change
from events.services.seats import lock_occurrence
from events.services.telling import may_still_see
from knowledge.models import TalkShowPage
from knowledge.policies import TalkShowState
from thuisbasis.accounts.models import User
from thuisbasis.base.slugs import first_free_slug, slug_base
from thuisbasis.base.texts import Sentence, full_date
from thuisbasis.files.models import SiteDocument
from thuisbasis.mail.services import Letter, write_letter
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou

THANKS = gettext_lazy("Fijn dat je erbij was, op %(moment)s. Alles staat nu bij elkaar.")


class IsNotOver(Exception):
    """What is still to come has left nothing behind yet."""


class NoRightToWrite(Exception):
    """Whoever writes no pages asks the editors."""


@transaction.atomic
def follow_talk_show(*, show: TalkShowPage, now: datetime) -> Occurrence | None:
    """Let the date of a published talk show be what its page says; None when no event follows its series."""
    known = Occurrence.objects.filter(talk_show=show).first()
    if known is None:
        event = EventPage.objects.filter(talk_show_series=show.get_parent()).order_by("pk").first()
        if event is None:
            return None
        known = Occurrence.objects.create(
            event=event,
            talk_show=show,
            starts_at=show.starts_at,
            ends_at=show.ends_at,
            place=show.location,
            changed_at=now,
        )
    date = lock_occurrence(known.pk)
    content = {"starts_at": show.starts_at, "ends_at": show.ends_at, "place": show.location}
    if any(getattr(date, name) != value for name, value in content.items()):
        apply_change(date=date, content=content, now=now)
    if show.chosen_state == TalkShowState.CANCELLED:
        apply_cancellation(date=date, reason=show.cancellation_reason, now=now)
    return date


@transaction.atomic
def begin_recap(*, occurrence: Occurrence, author: User, visitor: Visitor, now: datetime) -> RecapPage:
    """Return the look back at a date: a draft with all that is known, to which editors add the recording.

    Raises NotForYou, IsNotOver, or NoRightToWrite for whoever may not add pages.
    """
    date = lock_occurrence(occurrence.pk)
    event = date.event
    if not may_organise(visitor, event):
        raise NotForYou
    if date.recap is not None:
        return date.recap
    if date.ends_at > now:
        raise IsNotOver
    if not event.permissions_for_user(author).can_add_subpage():
        raise NoRightToWrite
    recap = _draft(date, now)
    event.add_child(instance=recap)
    recap.themes.set(event.themes.all())
    for credit in event.appearances.all():
        recap.appearances.add(type(credit)(person=credit.person, role=credit.role, sort_order=credit.sort_order))
    recap.save_revision(user=author)
    date.recap = recap
    date.save(update_fields=["recap"])
    return recap


def _draft(date: Occurrence, now: datetime) -> RecapPage:
    event = date.event
    day = timezone.localdate(date.starts_at)
    taken = set(event.get_children().values_list("slug", flat=True))
    return RecapPage(
        title=_("Terugblik: %(title)s") % {"title": event.title},
        slug=first_free_slug(slug_base(f"terugblik-{day:%Y-%m-%d}", "terugblik"), taken),
        summary=event.summary,
        lead_image=event.lead_image,
        held_at=date.starts_at,
        place=date.place,
        contact_name=event.contact_name,
        contact_email=event.contact_email,
        content_owner=event.content_owner,
        audience=event.audience,
        practice=event.practice,
        working_group=event.working_group,
        is_invented=event.is_invented,
        locale=event.locale,
        live=False,
    )


@transaction.atomic
def add_material(*, occurrence: Occurrence, title: str, file: Any, author: User) -> Material:
    """Put a file with a date; who sees the event may fetch it."""
    document = SiteDocument.objects.create(title=title, file=file, uploaded_by_user=author)
    return Material.objects.create(occurrence=occurrence, title=title, document=document)


@transaction.atomic
def remove_material(*, occurrence: Occurrence, material_id: int) -> None:
    """Take a file away from a date; the file itself stays with the editors' documents."""
    Material.objects.filter(occurrence=occurrence, pk=material_id).delete()


@transaction.atomic
def thank_participants(*, page: Any) -> bool:
    """Tell everybody who had a seat, once, that there is something to look back at; say whether that was now."""
    now = timezone.now()
    rows = Occurrence.objects.filter(thanked_at=None, cancelled_at=None, ends_at__lte=now)
    rows = rows.filter(recap=page) if isinstance(page, RecapPage) else rows.filter(talk_show=page)
    date = rows.first()
    if date is None or not Occurrence.objects.filter(pk=date.pk, thanked_at=None).update(thanked_at=now):
        return False
    send_thanks.enqueue(date.pk)
    return True


def write_thanks(*, date: Occurrence) -> int:
    """Write to each participant once, and return to how many."""
    page: Any = date.recap or date.talk_show
    names = {"title": date.event.title, "moment": full_date(date.starts_at)}
    written = 0
    for registration in Registration.objects.filter(occurrence=date).confirmed().select_related("user"):
        registration.occurrence = date
        if registration.person_email and may_still_see(registration, timezone.now()):
            letter = Letter(
                subject=Sentence(gettext_lazy("Terugkijken: “%(title)s”"), names),
                paragraphs=(Sentence(THANKS, names),),
                action_label=gettext_lazy("Kijk terug"),
                action_url=page.absolute_url,
            )
            key = f"thanks:{registration.key}"
            write_letter(letter=letter, to=registration.person_email, language=registration.person_language, key=key)
            written += 1
    return written


@task()
def send_thanks(occurrence_id: int) -> int:
    """Write to everybody who had a seat."""
    date = Occurrence.objects.select_related("event", "recap", "talk_show").get(pk=occurrence_id)
    return write_thanks(date=date)
