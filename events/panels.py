"""The agenda on the members' dashboard."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Occurrence, Registration
from events.models.showing import entries_of
from events.policies import Status
from thuisbasis.base.texts import Sentence, full_date
from thuisbasis.network.policies import may_enter_portal
from thuisbasis.network.registry import Area, Panel, PanelAsk, PanelItem, declare_panel
from thuisbasis.notices.registry import DigestAsk, DigestItem, Topic, declare_topic

MOST_SHOWN = 4
MOST_IN_DIGEST = 12


def declare() -> None:
    """Put everything where it belongs."""
    declare_panel("own events", area=Area.ATTENTION, order=8, build=own_events, waits=_own_rows)
    declare_panel("agenda", area=Area.NEW, order=15, build=agenda)
    declare_topic(Topic(name="events", label=_("Nieuw in de agenda"), help_text="", items=_new_dates))


def _own_rows(ask: PanelAsk) -> tuple[Any]:
    own = Registration.objects.visible_to(ask.visitor).filter(user=ask.user, rest_of=None)
    return (own.active().around(timezone.now()),)


def own_events(ask: PanelAsk) -> Panel | None:
    """Return what somebody comes to and what is offered; no panel when that is nothing."""
    (rows,) = _own_rows(ask)
    items = [_own(row) for row in rows.select_related("occurrence__event")[:MOST_SHOWN]]
    more = PanelItem(label=_("Mijn agenda"), url=reverse("events:mine"))
    return Panel(title=_("Jouw bijeenkomsten"), items=items, more=more) if items else None


def _own(row: Registration) -> PanelItem:
    remark: Any = full_date(row.occurrence.starts_at)
    if row.status == Status.OFFERED and row.offered_until:
        remark = Sentence(_("Er is een plek voor je, tot %(until)s"), {"until": full_date(row.offered_until)})
    elif row.status == Status.WAITING:
        remark = _("op de wachtlijst")
    return PanelItem(
        label=row.occurrence.event.title, url=reverse("events:registration", args=[row.key]), remark=remark
    )


def agenda(ask: PanelAsk) -> Panel | None:
    """Return what comes first."""
    if not may_enter_portal(ask.visitor):
        return None
    dates = Occurrence.objects.visible_to(ask.visitor).filter(cancelled_at=None)
    rows = dates.select_related("event__locale", "recap", "talk_show").with_seats().upcoming(timezone.now())
    entries = entries_of(rows[:MOST_SHOWN], ask.visitor)
    items = [PanelItem(label=entry.title, url=entry.url, remark=full_date(entry.day)) for entry in entries]
    return Panel(
        title=_("Agenda"),
        items=items,
        empty=_("Er staat niets op de agenda. Wil je iets organiseren? Mail de redactie."),
        more=PanelItem(label=_("Mijn agenda"), url=reverse("events:mine")),
    )


def _new_dates(ask: DigestAsk) -> list[DigestItem]:
    pages = Occurrence.objects.visible_to(ask.visitor).upcoming(ask.until)
    new = pages.filter(event__first_published_at__gt=ask.since, event__first_published_at__lte=ask.until)
    return [
        DigestItem(title=row.event.title, url=row.event.get_url() or "/", remark=full_date(row.starts_at))
        for row in new.select_related("event")[:MOST_IN_DIGEST]
    ]
