"""Makes the demo's sound and video anew, for whoever changes their texts."""

from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand

from thuisbasis.config.demo import speech

DATA = Path(speech.__file__).parent / "data"


class Command(BaseCommand):
    """Speaks data/recordings.yaml into data/recordings/; needs espeak-ng and ffmpeg."""

    help = "Makes the demo's recordings anew (needs espeak-ng and ffmpeg)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make each recording, and tell which."""
        data = yaml.safe_load((DATA / "recordings.yaml").read_text(encoding="utf-8"))
        folder = DATA / "recordings"
        folder.mkdir(exist_ok=True)
        for suffix, items in ((".mp3", data["podcast"]["episodes"]), (".mp4", data["talk_show"]["shows"])):
            for item in items:
                target = (folder / item["key"]).with_suffix(suffix)
                speech.make_recording(item, data["voices"], target)
                self.stdout.write(f"{target.name}: {target.stat().st_size // 1024} kB")
