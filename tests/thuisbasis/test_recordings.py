"""Recordings: what is really in the file, how loud it is, and every way a player asks for its bytes."""

import io
import subprocess
import wave
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from knowledge.models import EpisodePage, TalkShowPage
from thuisbasis.files.models import Recording
from thuisbasis.files.probing import RecordingCannotBeRead, measure, measure_loudness
from thuisbasis.files.ranges import ByteRange, RangeCannotBeSatisfied, requested_range
from thuisbasis.files.services import measure_recording_loudness
from thuisbasis.network.models import Audience

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DEMO = Path(__file__).resolve().parents[2] / "platform/thuisbasis/config/demo/data/recordings"
MP3 = (DEMO / "aflevering-1.mp3").read_bytes()


def wav():
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(b"\0\0" * 8000)
    return file.getvalue()


@pytest.fixture
def episode():
    return EpisodePage.objects.get(slug="de-eerste-nacht-in-een-eigen-huis")


@pytest.fixture
def url(episode):
    return episode.recording.url


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_what_is_stored_is_what_the_file_says(episode):
    recording = episode.recording
    assert (recording.media_type, recording.extension, recording.size) == ("audio/mpeg", "mp3", len(MP3))
    assert 40 < recording.duration < 80
    assert recording.bitrate == 24
    video = TalkShowPage.objects.get(slug="talkshow-maart-zorg-die-past").recording
    assert (video.media_type, video.is_video) == ("video/mp4", True)
    assert 754 < video.duration < 900


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("les.mp3", b"MZ\x90\x00" + b"\0" * 400, "een programma"),
        ("les.mp3", b"<html>hallo</html>", "iets anders"),
        ("les.mp3", wav(), "WAV"),
        ("les.m4a", MP3, "eindigt op .mp3"),
        ("les.mp3", MP3[:44], "leeg of beschadigd"),
        ("les.mp3", b"", "iets anders"),
        ("les.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 300, "leeg of beschadigd"),
    ],
)
def test_what_does_not_play_everywhere_is_refused_with_what_to_do(name, data, words):
    with pytest.raises(RecordingCannotBeRead, match=r"Sla|Geef") as refused:
        measure(name, io.BytesIO(data))
    assert words in str(refused.value)
    recording = Recording(title="Les", file=SimpleUploadedFile(name, data))
    with pytest.raises(ValidationError) as refused_field:
        recording.full_clean()
    if data:
        assert words in refused_field.value.message_dict["file"][0]


def test_loudness_is_measured_and_said_when_it_bothers_listeners(program):
    program("ffmpeg")
    recording = Recording(title="Les", file=ContentFile(MP3, name="les.mp3"))
    recording.save()
    assert recording.loudness_remarks() == []
    measure_recording_loudness(recording=recording)
    recording.refresh_from_db()
    assert -20 <= recording.loudness <= -18
    assert recording.loudness_remarks() == []
    recording.loudness, recording.true_peak = -30.0, 0.5
    assert ["LUFS" in remark or "dBTP" in remark for remark in recording.loudness_remarks()] == [True, True]


def test_without_ffmpeg_or_without_an_answer_nothing_fails(monkeypatch):
    recording = Recording(title="Les", file=ContentFile(MP3, name="les.mp3"))
    recording.save()
    monkeypatch.setenv("PATH", "/nergens")
    measure_recording_loudness(recording=recording)
    assert recording.loudness is None
    monkeypatch.undo()
    assert measure_loudness(io.BytesIO(b"geen geluid")) is None

    def too_slow(*args, **kwargs):
        raise subprocess.TimeoutExpired("ffmpeg", 1)

    monkeypatch.setattr(subprocess, "run", too_slow)
    assert measure_loudness(io.BytesIO(MP3)) is None


def test_a_player_first_asks_how_large_it_is(client, url):
    answer = client.head(url)
    assert answer.status_code == 200
    assert answer.headers["Content-Length"] == str(len(MP3))
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert url.endswith(".mp3")


def test_the_whole_file_arrives_as_it_is_also_for_a_browser_that_likes_gzip(client, url):
    answer = client.get(url, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert "Content-Encoding" not in answer.headers
    assert body(answer) == MP3


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, len(MP3) - 1),
        ("bytes=-50", len(MP3) - 50, len(MP3) - 1),
        ("bytes=7-7", 7, 7),
        (f"bytes=5-{len(MP3) * 2}", 5, len(MP3) - 1),
        (f"bytes=-{len(MP3) * 2}", 0, len(MP3) - 1),
    ],
)
def test_a_player_gets_exactly_the_part_it_asks_for(client, url, asked, first, last):
    answer = client.get(url, headers={"Range": asked, "Accept-Encoding": "gzip"})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(MP3)}"
    assert answer.headers["Content-Length"] == str(last - first + 1)
    assert "Content-Encoding" not in answer.headers
    assert body(answer) == MP3[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={len(MP3)}-", "bytes=-0", "bytes=99999999-"])
def test_a_part_after_the_end_cannot_be_had(client, url, asked):
    answer = client.get(url, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(MP3)}"


@pytest.mark.parametrize("asked", ["items=0-5", "bytes=5-2", "bytes=0-1,4-5", "bytes=-", "bytes=a-b"])
def test_what_is_no_single_range_gets_everything(client, url, asked):
    answer = client.get(url, headers={"Range": asked})
    assert (answer.status_code, len(body(answer))) == (200, len(MP3))


def test_a_range_of_an_older_version_gets_the_new_file_whole(client, url):
    first = client.get(url)
    etag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    for condition, status in [(etag, 206), (changed, 206), ('"oud"', 200), (f"W/{etag}", 200), ("gisteren", 200)]:
        answer = client.get(url, headers={"Range": "bytes=0-9", "If-Range": condition})
        assert answer.status_code == status, condition
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304


def test_a_file_of_nothing_has_no_ranges():
    with pytest.raises(RangeCannotBeSatisfied):
        requested_range("bytes=-5", 0)
    assert requested_range("bytes=0-0", 1) == ByteRange(first=0, last=0)


def test_another_extension_or_key_finds_nothing(client, url):
    assert client.get(url.replace(".mp3", ".m4a")).status_code == 404
    assert client.get(url.replace(".mp3", ".exe")).status_code == 404
    assert client.post(url).status_code == 405


def test_a_recording_goes_where_a_page_that_offers_it_may_be_seen(client, episode, url, django_user_model):
    episode.audience = Audience.NETWORK
    episode.save_revision().publish()
    assert client.get(url).status_code == 404
    client.force_login(django_user_model.objects.get(email="lid@example.nl"))
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    episode.unpublish()
    assert client.get(url).status_code == 404
    client.force_login(django_user_model.objects.get(email="redactie@example.nl"))
    assert client.get(url).status_code == 200


def test_the_recording_of_a_talk_show_waits_until_it_is_there_to_watch(client):
    show = TalkShowPage.objects.get(slug="talkshow-juni-samen-verder")
    assert client.head(show.recording.url).status_code == 200
    show.chosen_state = "processing"
    show.save_revision().publish()
    assert client.head(show.recording.url).status_code == 404
    assert client.get(show.text_url("nl", "vtt")).status_code == 404


def test_behind_a_web_server_that_server_sends_the_bytes(client, url, episode, settings):
    settings.ACCEL_PREFIX = "/intern/"
    answer = client.get(url)
    assert answer.headers["X-Accel-Redirect"] == f"/intern/recordings/{episode.recording.file.name}"
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert answer.content == b""


def test_a_new_file_keeps_the_address_and_gets_a_new_version(client, episode, url):
    before = client.head(url).headers["ETag"]
    recording = episode.recording
    recording.file = SimpleUploadedFile("nieuw.mp3", (DEMO / "aflevering-2.mp3").read_bytes())
    recording.save()
    after = client.head(url)
    assert after.headers["ETag"] != before
    assert after.headers["Content-Length"] == str((DEMO / "aflevering-2.mp3").stat().st_size)
    assert str(recording) == recording.title
