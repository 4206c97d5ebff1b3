"""Hears of people who leave, talk shows that move and pages that ask what is on."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published

from events.models import EventIndexPage, Material, Occurrence, RecapPage
from events.models.showing import card_of, entries_of
from events.services import follow_talk_show, forget_person, leave_practice, thank_participants
from knowledge.models import HomePage, TalkShowPage
from knowledge.services.beginning import add_section
from knowledge.signals import AgendaAsk, AgendaItem, agenda_asked, site_begun
from thuisbasis.accounts.models import User
from thuisbasis.accounts.signals import person_erased
from thuisbasis.files.models import Recording, SiteDocument
from thuisbasis.files.registry import declare_offer
from thuisbasis.network.models import Practice
from thuisbasis.network.policies import Visitor
from thuisbasis.network.signals import membership_ended

MOST_ASKED = 60


def connect() -> None:
    """Listen."""
    membership_ended.connect(_membership_ended, dispatch_uid="events-left")
    person_erased.connect(_person_erased, dispatch_uid="events-erased")
    page_published.connect(_page_published, dispatch_uid="events-published")
    site_begun.connect(_site_begun, dispatch_uid="events-begun")
    agenda_asked.connect(_agenda_asked, dispatch_uid="events-agenda")
    declare_offer(SiteDocument, offers_material)
    declare_offer(Recording, offers_recording)


def offers_material(document: SiteDocument, visitor: Visitor) -> bool:
    """Say whether a date that this visitor may see offers the document."""
    dates = Occurrence.objects.visible_to(visitor)
    return Material.objects.filter(document=document, occurrence__in=dates).exists()


def offers_recording(recording: Recording, visitor: Visitor) -> bool:
    """Say whether a look back that this visitor may see has the recording."""
    return RecapPage.objects.visible_to(visitor).filter(recording=recording).exists()


def _membership_ended(user: User, practice: Practice, now: datetime, **kwargs: Any) -> None:
    leave_practice(user=user, practice=practice, now=now)


def _person_erased(user: User, addresses: set[str], now: datetime, **kwargs: Any) -> None:
    forget_person(user=user, addresses=addresses, now=now)


def _page_published(instance: Page, **kwargs: Any) -> None:
    page = instance.specific
    if isinstance(page, TalkShowPage):
        follow_talk_show(show=page, now=timezone.now())
        if page.is_playable(timezone.now()):
            thank_participants(page=page)
    elif isinstance(page, RecapPage):
        thank_participants(page=page)


def _site_begun(home: HomePage, **kwargs: Any) -> None:
    """Give a new site its agenda, in the site's own language."""
    intro = "Bijeenkomsten, trainingen en talkshows van het netwerk. Sommige zijn voor iedereen."
    add_section(home=home, page=EventIndexPage(title="Agenda", slug="agenda", intro=intro))


def _agenda_asked(ask: AgendaAsk, **kwargs: Any) -> list[AgendaItem]:
    """Return the dates in a period or of a practice that this visitor may see."""
    rows = Occurrence.objects.visible_to(ask.visitor).select_related("event__locale", "recap", "talk_show")
    # A talk show is in its month already, as itself.
    rows = (
        rows.between(ask.first, ask.last).filter(talk_show=None)
        if ask.practice is None
        else rows.filter(event__practice=ask.practice).upcoming(timezone.now())
    )
    if ask.practice is None:
        rows = rows.filter(event__leave_out_of_campaign=False)
    if ask.with_themes:
        rows = rows.prefetch_related("event__themes")
    dates = list(rows.with_seats()[:MOST_ASKED])
    themes = {date.pk: _themes_of(date) for date in dates} if ask.with_themes else {}
    return [
        AgendaItem(day=entry.day, card=card_of(entry), themes=themes.get(entry.occurrence.pk, frozenset()))
        for entry in entries_of(dates, ask.visitor)
    ]


def _themes_of(date: Occurrence) -> frozenset:
    return frozenset(theme.translation_key for theme in date.event.themes.all())
