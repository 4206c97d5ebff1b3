"""Looks inside an uploaded recording: what it really is, how long, how loud."""

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO

import filetype
from django.utils.translation import gettext as _
from tinytag import TinyTag, TinyTagException

# By content: the media type that players expect, and the name it must have.
PLAYABLE = {
    "audio/mpeg": ("audio/mpeg", "mp3"),
    "audio/mp4": ("audio/mp4", "m4a"),
    "audio/x-m4a": ("audio/mp4", "m4a"),
    "video/mp4": ("video/mp4", "mp4"),
    "video/x-m4v": ("video/mp4", "mp4"),
}
MEASURING_SECONDS = 120
INTEGRATED = re.compile(r"^\s+I:\s+(-?[\d.]+) LUFS", re.MULTILINE)
TRUE_PEAK = re.compile(r"^\s+Peak:\s+(-?[\d.]+) dBFS", re.MULTILINE)


class RecordingCannotBeRead(Exception):
    """The file is not sound or video that plays everywhere; the text says what to do."""


@dataclass(frozen=True, kw_only=True)
class Measurements:
    """What a recording is: duration in seconds, size in bytes, bitrate in kbit/s."""

    media_type: str
    extension: str
    duration: float
    bitrate: int
    channels: int
    size: int


@dataclass(frozen=True, kw_only=True)
class Loudness:
    """How loud it is: integrated loudness in LUFS and true peak in dBTP (EBU R 128)."""

    integrated: float
    true_peak: float


def measure(name: str, file: BinaryIO) -> Measurements:
    """Return what the file really is, whatever its name says; leaves it at its start.

    Raises RecordingCannotBeRead when the content is not MP3, M4A or MP4, when the name says
    something else than the content, or when there is nothing to play.
    """
    file.seek(0)
    kind = filetype.guess(file.read(8192))
    extension = PurePath(name).suffix.lower().lstrip(".")
    media_type, expected = PLAYABLE.get(kind.mime if kind else "", ("", ""))
    if not media_type:
        raise RecordingCannotBeRead(_not_playable(name, kind))
    if extension != expected:
        raise RecordingCannotBeRead(
            _("“%(name)s” is van binnen een %(kind)s. Geef het bestand een naam die eindigt op .%(extension)s.")
            % {"name": name, "kind": expected.upper(), "extension": expected}
        )
    file.seek(0)
    try:
        tag = TinyTag.get(filename=name, file_obj=file)
    except (TinyTagException, ValueError, IndexError) as error:
        raise RecordingCannotBeRead(_damaged(name)) from error
    if not tag.duration:
        raise RecordingCannotBeRead(_damaged(name))
    size = file.seek(0, 2)
    file.seek(0)
    return Measurements(
        media_type=media_type,
        extension=expected,
        duration=round(tag.duration, 3),
        bitrate=round(tag.bitrate or size * 8 / tag.duration / 1000),
        channels=tag.channels or 1,
        size=size,
    )


def measure_loudness(file: Any) -> Loudness | None:
    """Return how loud a recording is, or None when ffmpeg is not there or finds no answer in time."""
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        return None
    with tempfile.NamedTemporaryFile() as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        file.seek(0)
        command = [ffmpeg, "-nostdin", "-hide_banner", "-i", copy.name, "-vn", "-af", "ebur128=peak=true"]
        try:
            done = subprocess.run(  # noqa: S603 (a fixed command on our own copy)
                [*command, "-f", "null", "-"], capture_output=True, timeout=MEASURING_SECONDS, check=False, text=True
            )
        except subprocess.TimeoutExpired:
            return None
    integrated, peak = INTEGRATED.findall(done.stderr), TRUE_PEAK.findall(done.stderr)
    if not integrated or not peak:
        return None
    return Loudness(integrated=float(integrated[-1]), true_peak=float(peak[-1]))


def _not_playable(name: str, kind: Any) -> str:
    if kind is not None and kind.mime == "application/x-msdownload":
        found = _("een programma")
    else:
        found = kind.extension.upper() if kind else _("iets anders")
    return _(
        "“%(name)s” is geen geluid of video die overal speelt: van binnen is het %(found)s. "
        "Sla de opname opnieuw op als MP3, M4A of MP4 en probeer het nog eens."
    ) % {"name": name, "found": found}


def _damaged(name: str) -> str:
    return _("“%(name)s” is leeg of beschadigd: er is niets af te spelen. Sla de opname opnieuw op.") % {"name": name}
