"""Subtitles and chapters: what is read, what is refused and on which line, and what is written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuisbasis.files.captions import (
    Cue,
    Mark,
    TimedTextIsWrong,
    chapters_json,
    clock,
    hide_unknown_voices,
    read_captions,
    read_chapters,
    write_captions,
)

pytestmark = pytest.mark.once
VTT = "WEBVTT\n\nNOTE gemaakt met de hand\n\n1\n00:01.000 --> 00:02.500 align:start\n<v Noor>Hallo <b>daar</b> &amp; welkom\n"


def test_a_cue_keeps_its_times_its_voice_and_its_words_without_markup():
    assert read_captions(VTT) == [Cue(start=1.0, end=2.5, voice="Noor", text="Hallo daar & welkom")]


def test_two_people_in_one_cue_are_two():
    cues = read_captions("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Noor>Ja?</v>\n<v Wim Verzonnen>Nee.</v>\n")
    assert [(cue.voice, cue.text) for cue in cues] == [("Noor", "Ja?"), ("Wim Verzonnen", "Nee.")]


def test_srt_is_read_too_with_any_line_ends():
    cues = read_captions(
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nEen\r\n\r\n2\r\n01:00:00,000 --> 01:00:01,500\r\nTwee\r\n"
    )
    assert [(cue.start, cue.text) for cue in cues] == [(1.0, "Een"), (3600.0, "Twee")]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Geachte redactie,\n\nhierbij", 1, "WEBVTT"),
        ("WEBVTT\n\n00:05.000 --> 00:03.000\nhallo", 3, "niet na het begin"),
        ("WEBVTT\n\n00:05.000 --> 00:06.000\na\n\n00:01.000 --> 00:02.000\nb", 6, "voor de vorige"),
        ("WEBVTT\n\n00:01.000 --> fout\nhallo", 3, "de tijden kloppen niet"),
        ("WEBVTT\n\n00:61.000 --> 00:62.000\nhallo", 3, "de tijden kloppen niet"),
        ("WEBVTT\n\nlosse tekst", 3, "zonder tijden"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n", 3, "geen tekst"),
        ("WEBVTT\n", 1, "geen enkele tekst"),
        ("1\n00:00:03,000 --> 00:00:01,000\nhallo", 2, "niet na het begin"),
    ],
)
def test_what_a_player_would_drop_is_refused_with_its_line(text, line, words):
    with pytest.raises(TimedTextIsWrong) as refused:
        read_captions(text)
    [(found, problem)] = refused.value.problems
    assert found == line
    assert words in problem
    assert refused.value.sentences()[0].startswith(f"Regel {line}: ")


def test_every_wrong_line_is_named_but_no_more_than_ten():
    wrong = "WEBVTT\n\n" + "\n\n".join(f"00:0{number % 9}.000 --> fout\nx" for number in range(30))
    with pytest.raises(TimedTextIsWrong) as refused:
        read_captions(wrong)
    assert [line for line, _ in refused.value.problems] == list(range(3, 33, 3))


names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
words = names.map(lambda text: f"woord {text}")


@given(st.lists(st.tuples(st.integers(0, 5_000), st.integers(1, 9_000), names, words), min_size=1, max_size=20))
def test_what_is_written_as_vtt_is_read_back_the_same(rows):
    cues, now = [], 0
    for pause, length, voice, text in rows:
        now += pause
        cues.append(Cue(start=now / 1000, end=(now + length) / 1000, voice=voice, text=text))
    assert read_captions(write_captions(cues, "vtt")[1]) == cues


def test_the_other_formats_say_the_same():
    cues = [Cue(start=0.5, end=3661.25, voice="Noor", text="<Ja> & nee"), Cue(start=4000, end=4001, voice="", text="x")]
    media_type, srt = write_captions(cues, "srt")
    assert media_type == "application/x-subrip"
    assert srt.startswith("1\n00:00:00,500 --> 01:01:01,250\nNoor: <Ja> & nee\n\n2\n")
    segments = json.loads(write_captions(cues, "json")[1])["segments"]
    assert segments[0] == {"speaker": "Noor", "startTime": 0.5, "endTime": 3661.25, "body": "<Ja> & nee"}
    assert segments[1] == {"startTime": 4000, "endTime": 4001, "body": "x"}
    assert (
        "<cite>Noor:</cite>\n<time>00:00:00.500</time>\n<p>&lt;Ja&gt; &amp; nee</p>" in write_captions(cues, "html")[1]
    )


def test_who_did_not_agree_becomes_a_speaker_with_a_number():
    cues = [Cue(start=0, end=1, voice=voice, text="Dag Bo, kom boven") for voice in ("Noor", "Bo", "Cas", "bo", "Bo")]
    hidden = hide_unknown_voices(cues, known=["noor"], withheld=["Bo"])
    assert [cue.voice for cue in hidden] == ["Noor", "Spreker 1", "Spreker 2", "Spreker 3", "Spreker 1"]
    assert {cue.text for cue in hidden} == {"Dag [naam weggelaten], kom boven"}


def test_chapters_are_read_in_order_of_time_with_safe_links_only():
    text = json.dumps(
        {"version": "1.2.0", "chapters": [
            {"startTime": 168.25, "title": " Twee\n", "url": "javascript:alert(1)", "img": "https://example.nl/a.jpg"},
            {"startTime": 0, "title": "Een", "url": "https://example.nl/"},
        ]}
    )  # fmt: skip
    assert read_chapters(text) == [
        Mark(start=0.0, title="Een", url="https://example.nl/"),
        Mark(start=168.25, title="Twee", image_url="https://example.nl/a.jpg"),
    ]
    assert read_chapters(chapters_json(read_chapters(text))) == read_chapters(text)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{"chapters": [\n{"startTime": 0 "title": "x"}]}', 2, "geen geldige JSON"),
        ("[]", 1, "geen lijst"),
        ('{"chapters": 3}', 1, "geen lijst"),
        ('{"chapters": [\n{"startTime": 0, "title": "x"},\n{"title": "y"}]}', 3, "startTime"),
        ('{"chapters": [\n{"startTime": -1, "title": "x"}]}', 2, "startTime"),
        ('{"chapters": [\n\n{"startTime": 5, "title": " "}]}', 3, "title"),
        ('{"chapters": [true]}', 1, "startTime"),
    ],
)
def test_chapters_that_no_player_could_use_are_refused_with_their_line(text, line, words):
    with pytest.raises(TimedTextIsWrong) as refused:
        read_chapters(text)
    [(found, problem)] = refused.value.problems
    assert (found, words in problem) == (line, True)


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59.9, "0:59"), (754, "12:34"), (3725, "1:02:05")])
def test_a_time_is_shown_as_on_a_player(seconds, shown):
    assert clock(seconds) == shown
