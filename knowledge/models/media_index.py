"""Everything to watch and listen to."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.models.episode import EpisodePage
from knowledge.models.podcast import PodcastPage
from knowledge.models.section import SectionPage
from knowledge.models.talk_show import TalkShowPage, TalkShowSeriesPage
from thuisbasis.base.components import Card

NEWEST = 3


class MediaIndexPage(SectionPage):
    """Podcasts and talk shows, with what is on now or comes first."""

    parent_page_types = ["knowledge.HomePage"]
    subpage_types = ["knowledge.PodcastPage", "knowledge.TalkShowSeriesPage"]

    class Meta:
        verbose_name = _("overzicht podcasts en talkshows")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the podcasts and series, the newest of each kind, and the next show."""
        context, now = super().get_context(request, *args, **kwargs), timezone.now()
        visitor = request.visitor
        shows, episodes = (self._below(model).visible_to(visitor) for model in (TalkShowPage, EpisodePage))
        upcoming = shows.announced(now).first()
        return {
            **context,
            "podcasts": self._below(PodcastPage).live(),
            "series": self._below(TalkShowSeriesPage).live(),
            "upcoming": upcoming,
            "upcoming_state": upcoming and upcoming.state(now).value,
            "episode_cards": _newest_cards(episodes),
            "show_cards": _newest_cards(shows),
        }

    def _below(self, model: Any) -> Any:
        return model.objects.descendant_of(self) if self.path else model.objects.none()


def _newest_cards(pages: Any) -> list[Card]:
    return [page.card() for page in pages.newest_first().for_cards()[:NEWEST]]
