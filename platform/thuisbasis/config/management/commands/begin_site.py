"""`manage.py begin_site`: the first pages of a new site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from knowledge.services import SiteHasBegun, begin_site


class Command(BaseCommand):
    """Makes a home page with its sections; editors do the rest in the admin."""

    help = "Make the home page and its sections in a new database, at the address of SITE_URL."

    def handle(self, *args: Any, **options: Any) -> None:
        """Begin, or say that the site has begun already; raises CommandError then."""
        try:
            home = begin_site()
        except SiteHasBegun as error:
            raise CommandError("There is a home page already; nothing was changed.") from error
        self.stdout.write(f"The site begins at {home.full_url}; log in at /cms/ to fill it.")
