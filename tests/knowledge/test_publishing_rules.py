"""What may be published of recordings: each border, as podcast apps draw it."""

from datetime import UTC, datetime, timedelta

import pytest

from knowledge.policies import (
    Artwork,
    TalkShowState,
    address_remarks,
    artwork_remarks,
    channel_remarks,
    chapter_remarks,
    consent_remarks,
    description_remarks,
    may_move,
    podcast_guid,
    state_at,
    transcript_remarks,
    voice_remarks,
    warnings,
)

pytestmark = pytest.mark.once
START = datetime(2026, 11, 26, 15, tzinfo=UTC)
END = START + timedelta(hours=1)
SECOND = timedelta(seconds=1)


def fields(remarks):
    return [(remark.level, remark.field) for remark in remarks]


@pytest.mark.parametrize(
    ("now", "chosen", "has_recording", "state"),
    [
        (START - SECOND, "", False, "planned"),
        (START, "", False, "live"),
        (END - SECOND, "", True, "live"),
        (END, "", False, "processing"),
        (END, "", True, "recorded"),
        (START - SECOND, "cancelled", True, "cancelled"),
        (END, "live", True, "live"),
    ],
)
def test_the_clock_says_the_state_unless_an_editor_did(now, chosen, has_recording, state):
    found = state_at(now, chosen=chosen, starts_at=START, ends_at=END, has_recording=has_recording)
    assert found == TalkShowState(state)


def test_exactly_these_moves_are_possible():
    moves = {
        (before, after) for before in TalkShowState.values for after in TalkShowState.values if may_move(before, after)
    }
    stays = {(state, state) for state in TalkShowState.values}
    assert moves - stays == {
        ("planned", "live"),
        ("planned", "cancelled"),
        ("live", "processing"),
        ("live", "cancelled"),
        ("processing", "recorded"),
        ("processing", "cancelled"),
        ("recorded", "processing"),
        ("cancelled", "planned"),
    }
    assert stays <= moves


def test_the_guid_forgets_the_scheme_and_slashes_at_the_end():
    known = "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert {
        podcast_guid(url) for url in ("podnews.net/rss", "https://podnews.net/rss", "http://podnews.net/rss//")
    } == {known}
    assert podcast_guid("https://podnews.net/rss2") != known


@pytest.mark.parametrize(
    ("size", "kind", "mode", "count"),
    [
        ((1400, 1400), "JPEG", "RGB", 0),
        ((3000, 3000), "PNG", "RGB", 0),
        ((1399, 1399), "JPEG", "RGB", 1),
        ((3001, 3001), "JPEG", "RGB", 1),
        ((1400, 1401), "JPEG", "RGB", 1),
        ((1400, 1400), "WEBP", "RGB", 1),
        ((1400, 1400), "JPEG", "CMYK", 1),
        ((10, 20), "GIF", "P", 3),
    ],
)
def test_a_cover_is_square_of_a_size_and_kind(size, kind, mode, count):
    found = artwork_remarks(Artwork(width=size[0], height=size[1], format=kind, mode=mode), "cover")
    assert fields(found) == [("error", "cover")] * count
    assert all(remark.is_error for remark in found)


def test_without_a_cover_there_is_one_remark():
    assert fields(artwork_remarks(None, "cover")) == [("error", "cover")]


def test_a_channel_in_order_has_no_remarks_and_each_fault_has_its_own():
    good = {"owner_email": "x@example.nl", "description": "Over thuis.", "seasons": [1, 2], "addresses": []}
    assert channel_remarks(**good) == []
    for change, place in (
        ({"owner_email": ""}, "owner_email"),
        ({"description": " \n"}, "intro"),
        ({"description": "é" * 2001}, "intro"),
        ({"seasons": [1, 1]}, ""),
        ({"addresses": [("link", "http://x.nl"), ("other", "https://x.nl"), ("none", "")]}, "link"),
    ):
        assert fields(channel_remarks(**{**good, **change})) == [("error", place)], change


def test_four_thousand_bytes_is_the_most_whatever_the_letters():
    assert description_remarks("é" * 2000) == []
    [remark] = description_remarks("é" * 2000 + "a")
    assert (remark.level, remark.field, "4001" in remark.text) == ("error", "summary", True)


def test_an_address_is_safe_or_empty():
    assert address_remarks([("a", "https://x.nl"), ("b", "")]) == []
    [remark] = address_remarks([("a", "http://x.nl")])
    assert "http://x.nl" in remark.text


@pytest.mark.parametrize(
    ("languages", "excuse", "is_video", "found"),
    [
        (["nl"], None, True, []),
        (["en"], None, True, [("error", "")]),
        (["en"], "", True, [("error", "captions_excuse")]),
        (["en"], "Er wordt niet gesproken.", True, []),
        ([], None, False, [("error", "")]),
        (["nl", "nl"], None, True, [("error", "")]),
        (["en", "en"], None, True, [("error", ""), ("error", "")]),
    ],
)
def test_captions_are_there_once_in_the_pages_language_or_a_reason_is(languages, excuse, is_video, found):
    assert fields(transcript_remarks(languages, page_language="nl", excuse=excuse, is_video=is_video)) == found


def test_video_lacks_captions_and_sound_lacks_text():
    [video] = transcript_remarks([], page_language="nl", excuse=None, is_video=True)
    [sound] = transcript_remarks([], page_language="nl", excuse=None, is_video=False)
    assert ("ondertiteling" in video.text, "uitgeschreven" in sound.text) == (True, True)


@pytest.mark.parametrize(
    ("starts", "duration", "levels"),
    [
        ([0, 10], 60, []),
        ([], 60, []),
        ([0, 0], 60, ["error"]),
        ([0, 60], 60, ["error"]),
        ([0, 59.9], 60, []),
        ([0, 90], 0, []),
        ([1, 10], 60, ["warning"]),
        ([0.5, 0.5, 61], 60, ["error", "error", "warning"]),
    ],
)
def test_chapters_begin_at_nought_at_moments_of_their_own_and_before_the_end(starts, duration, levels):
    assert [remark.level for remark in chapter_remarks(starts, duration)] == levels


def test_names_without_consent_and_voices_of_nobody_are_warnings():
    assert [remark.level for remark in consent_remarks(["Wim", "Noor"])] == ["warning", "warning"]
    found = voice_remarks(["wim", "Ruud", "Ruud", ""], known=["Wim"])
    assert ["Ruud" in remark.text for remark in found] == [True]
    assert not found[0].is_error
    assert fields(warnings(["a"], "x")) == [("warning", "x")]
