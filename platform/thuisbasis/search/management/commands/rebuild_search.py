"""Rebuilds the search table, for after a restore or an upgrade."""

from typing import Any

from django.core.management.base import BaseCommand

from thuisbasis.search.services import rebuild


class Command(BaseCommand):
    """`manage.py rebuild_search`: safe to run at any time."""

    help = "Index everything that can be found, and drop what is gone."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, showing progress every hundred objects."""

        def show(done: int) -> None:
            if done % 100 == 0:
                self.stdout.write(f"  {done} objects")

        total = rebuild(progress=show)
        self.stdout.write(self.style.SUCCESS(f"Search holds {total} entries."))
