"""Fills an empty site with the demo; leaves a filled one alone."""

from typing import Any

from django.core.management.base import BaseCommand

from thuisbasis.config.demo.loading import demo_is_loaded, load_demo


class Command(BaseCommand):
    """`manage.py load_demo`: safe to run again."""

    help = "Load the demo content into an empty site."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the demo unless there is a site already."""
        if demo_is_loaded():
            self.stdout.write("The site is filled already; nothing was changed.")
            return
        load_demo(tell=lambda step: self.stdout.write(f"  … {step}"))
        self.stdout.write(self.style.SUCCESS("The demo is loaded."))
