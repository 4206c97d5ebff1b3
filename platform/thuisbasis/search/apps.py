"""App configuration of search."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """One table of entries, one service that queries it, in the database or in an engine beside it."""

    name = "thuisbasis.search"
    label = "search"
    verbose_name = _("zoeken")

    def ready(self) -> None:
        """Declare what everything has that can be found, and what the worker does."""
        from thuisbasis.jobs.registry import daily, declare_recurring, every
        from thuisbasis.search import facets, panels, personal_data, receivers
        from thuisbasis.search.services import forget_old_misses, keeping, read_words

        facets.declare()
        panels.declare()
        personal_data.declare()
        receivers.connect()
        declare_recurring("keep the search engine in step", keeping.keep_in_step, every(timedelta(minutes=1)))
        declare_recurring("compare the search engine", keeping.compare_all, daily(3))
        declare_recurring("read words for spelling", read_words, daily(2))
        declare_recurring("forget old searches", forget_old_misses, daily(4))
