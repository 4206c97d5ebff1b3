"""Takes over a podcast: `manage.py import_podcast feed.xml --podcast naam-van-de-feed --folder map`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from knowledge.models import PodcastPage
from knowledge.services import FeedCannotBeRead, import_feed


class Command(BaseCommand):
    """Adds the episodes of a saved feed as drafts; a second run adds nothing."""

    help = "Adds the episodes of an RSS feed (a file) as drafts to a podcast, with their GUIDs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the podcast and the folder with sound."""
        parser.add_argument("feed", type=Path)
        parser.add_argument("--podcast", required=True, help="the feed name of the podcast to add to")
        parser.add_argument("--folder", type=Path, help="where the audio files lie, named as in the feed")

    def handle(self, *args: Any, feed: Path, podcast: str, folder: Path | None, **options: Any) -> None:
        """Import, and tell what became of each episode."""
        page = PodcastPage.objects.filter(feed_name=podcast).first()
        if page is None:
            raise CommandError(f"There is no podcast with the feed name “{podcast}”.")
        if not feed.is_file():
            raise CommandError(f"There is no file {feed}.")
        try:
            report = import_feed(podcast=page, data=feed.read_bytes(), folder=folder)
        except FeedCannotBeRead as error:
            raise CommandError(str(error)) from error
        for remark in report.remarks:
            self.stdout.write(remark)
        self.stdout.write(f"{len(report.added)} new drafts, {report.known} known already.")
