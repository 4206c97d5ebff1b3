"""What is measured of a recording after it is stored."""

from typing import Any

from thuisbasis.files.models import Recording
from thuisbasis.files.probing import measure_loudness


def measure_recording_loudness(*, recording: Recording) -> None:
    """Store how loud a recording is, when ffmpeg is there; without it nothing changes.

    Takes about as long as decoding: a few seconds for an hour of sound.
    """
    with recording.file.open("rb") as file:
        found: Any = measure_loudness(file)
    if found is not None:
        recording.loudness, recording.true_peak = found.integrated, found.true_peak
        recording.save(update_fields=["loudness", "true_peak"])
