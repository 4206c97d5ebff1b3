"""Makes the demo's recordings: a synthesiser speaks the lines, captions follow from what it took.

Needs espeak-ng and ffmpeg; its results are kept beside the texts, so that nobody who starts the
demo needs either.
"""

import array
import math
import re
import subprocess
import wave
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from thuisbasis.config.demo.illustrations import SCENES
from thuisbasis.files.captions import Cue, Mark, chapters_json, write_captions

RATE = 24_000
PACE = "138"
PAUSE, BREATH = 0.55, 0.25
SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÀ-Ý])")
CHORDS = ((196.0, 246.9, 293.7), (164.8, 196.0, 246.9), (130.8, 164.8, 196.0), (146.8, 185.0, 220.0))
MP3 = ["-c:a", "libmp3lame", "-b:a", "24k"]
STILLS = ["-c:v", "libx264", "-tune", "stillimage", "-crf", "34", "-pix_fmt", "yuv420p"]
MP4 = [*STILLS, "-c:a", "aac", "-b:a", "32k", "-movflags", "+faststart", "-shortest"]


@dataclass(kw_only=True)
class Track:
    """Sound in the making, with what is said when (seconds)."""

    samples: array.array = field(default_factory=lambda: array.array("h"))
    cues: list[Cue] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def now(self) -> float:
        """Return how long it is so far."""
        return round(len(self.samples) / RATE, 3)

    def silence(self, seconds: float) -> None:
        """Add nothing for a while."""
        self.samples.extend([0] * int(seconds * RATE))

    def save(self, path: Path) -> None:
        """Write it as a WAV file."""
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(self.samples.tobytes())


def make_recording(data: dict[str, Any], voices: dict[str, str], target: Path) -> None:
    """Write the sound or video of a demo recording, and its captions and chapters beside it."""
    with TemporaryDirectory() as folder:
        track = _speak(data["lines"], voices, Path(folder))
        sound = Path(folder) / "sound.wav"
        track.save(sound)
        _encode(track, sound, data["image"], target, Path(folder))
    target.with_suffix(".nl.vtt").write_text(write_captions(track.cues, "vtt")[1], encoding="utf-8")
    target.with_suffix(".chapters.json").write_text(chapters_json(track.marks) + "\n", encoding="utf-8")


def _speak(lines: str, voices: dict[str, str], folder: Path) -> Track:
    track = Track()
    track.silence(BREATH)
    for line in lines.strip().splitlines():
        if line.startswith("# "):
            track.marks.append(Mark(start=track.now if track.marks else 0.0, title=line[2:]))
        elif line.startswith("~ "):
            _play(track, *line[2:].split(" ", 1))
        else:
            name, words = line.split(": ", 1)
            for sentence in SENTENCE.split(words):
                _say(track, name, sentence, voices[name], folder)
            track.silence(PAUSE)
    return track


def _say(track: Track, name: str, sentence: str, voice: str, folder: Path) -> None:
    file = folder / "line.wav"
    command = ["espeak-ng", "-v", voice, "-s", PACE, "-w", str(file), sentence]
    subprocess.run(command, check=True)  # noqa: S603 (our own texts)
    louder = ["ffmpeg", "-y", "-v", "error", "-i", str(file), "-ar", str(RATE), "-ac", "1", "-f", "s16le", "-"]
    raw = subprocess.run(louder, check=True, capture_output=True).stdout  # noqa: S603 (our own file)
    start = track.now
    track.samples.frombytes(raw)
    track.cues.append(Cue(start=start, end=track.now, voice=name, text=sentence))
    track.silence(BREATH)


def _play(track: Track, seconds: str, words: str) -> None:
    """Add soft music: one note of a slow chord after another."""
    start, length = track.now, int(seconds)
    step = RATE // 2
    for number in range(length * 2):
        chord = CHORDS[number // 8 % len(CHORDS)]
        pitch = chord[number % 3] * (2 if number % 8 == 7 else 1)
        fade = min(1.0, number / 6, (length * 2 - number) / 8)
        track.samples.extend(
            int(4200 * fade * math.exp(-3.2 * at / RATE) * math.sin(2 * math.pi * pitch * at / RATE))
            for at in range(step)
        )
    track.cues.append(Cue(start=start, end=track.now, voice="", text=f"[{words}]"))


def _encode(track: Track, sound: Path, image: str, target: Path, folder: Path) -> None:
    levels = ["-af", f"loudnorm=I=-19:TP=-2:LRA=11,aresample={RATE}", "-ac", "1"]
    inputs, output = ["-i", str(sound)], MP3
    if target.suffix == ".mp4":
        inputs, output = ["-f", "concat", "-safe", "0", "-i", str(_slides(track, image, folder)), *inputs], MP4
        output = ["-vf", "scale=640:360,fps=2", *output]
    command = ["ffmpeg", "-y", "-v", "error", *inputs, *levels, *output, "-map_metadata", "-1", str(target)]
    subprocess.run(command, check=True)  # noqa: S603 (our own files)


def _slides(track: Track, image: str, folder: Path) -> Path:
    """Return a list for ffmpeg: a drawing for each chapter, that of the recording first."""
    names = [image, *(name for name in SCENES if name != image)]
    ends = [mark.start for mark in track.marks[1:]] + [track.now]
    lines = []
    for name, mark, end in zip(names, track.marks, ends, strict=False):
        file = folder / f"{name}.png"
        SCENES[name][0]().image.resize((1280, 800)).crop((0, 40, 1280, 760)).save(file)
        lines += [f"file '{file}'", f"duration {end - mark.start:.3f}"]
    listing = folder / "slides.txt"
    listing.write_text("\n".join([*lines, lines[-2]]) + "\n", encoding="utf-8")
    return listing
