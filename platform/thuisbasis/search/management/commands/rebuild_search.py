"""Rebuilds everything that search keeps, for after a restore or an upgrade."""

from typing import Any

from django.core.management.base import BaseCommand

from thuisbasis.search.engines import engine_beside
from thuisbasis.search.services import read_words, rebuild
from thuisbasis.search.services.keeping import build


class Command(BaseCommand):
    """`manage.py rebuild_search`: safe to run at any time; readers keep the old index until the new one is there."""

    help = "Index everything that can be found, and drop what is gone."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild the table, the words for spelling and the index of the engine, if there is one, showing progress."""
        total = rebuild(progress=lambda done: self.stdout.write(f"  {done} objects read"))
        self.stdout.write(f"  {read_words.func()} words for spelling")
        engine = engine_beside()
        if engine is not None:
            build(engine=engine, progress=lambda done, all_of_it: self.stdout.write(f"  {done} of {all_of_it} indexed"))
        self.stdout.write(self.style.SUCCESS(f"Search holds {total} entries."))
