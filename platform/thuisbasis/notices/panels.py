"""What happened, on the dashboard."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuisbasis.network.registry import Area, Panel, PanelAsk, PanelItem, declare_panel
from thuisbasis.notices.models import Notice
from thuisbasis.notices.services import inbox

MOST_SHOWN = 5


def declare() -> None:
    """Put the panel on the dashboard."""
    declare_panel("notices", area=Area.ATTENTION, order=20, build=unread, waits=_unread_rows)


def _unread_rows(ask: PanelAsk) -> tuple[Any]:
    return (Notice.objects.of(ask.user).unread(),)


def unread(ask: PanelAsk) -> Panel | None:
    """Return what was not read yet; no panel when there is nothing."""
    found = inbox(user=ask.user, visitor=ask.visitor, most=MOST_SHOWN, only_unread=True)
    if not found:
        return None
    items = [PanelItem(label=notice.text, url=notice.url) for notice in found]
    return Panel(title=_("Voor jou"), items=items, more=PanelItem(label=_("Al je berichten"), url=reverse("inbox")))
