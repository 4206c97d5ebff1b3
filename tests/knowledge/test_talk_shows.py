"""Talk shows: one page from announcement to recording, and every state says the right thing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from icalendar import Calendar

from knowledge.models import TalkShowPage, TalkShowSeriesPage, Transcript
from knowledge.policies import TalkShowState, may_move, state_at
from thuisbasis.network.models import Audience

pytestmark = [pytest.mark.django_db, pytest.mark.once]
VIDEO = "https://vimeo.com/123456789"


@pytest.fixture
def show():
    return TalkShowPage.objects.get(slug="talkshow-maart-zorg-die-past")


@pytest.fixture
def without_recording(show):
    """The show as it was announced: no recording yet."""
    show.recording = None
    show.save_revision().publish()
    return show


def text_of(client, page):
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("minutes", "chosen", "has_recording", "state"),
    [
        (-1, "", False, "planned"),
        (0, "", False, "live"),
        (59, "", False, "live"),
        (60, "", False, "processing"),
        (60, "", True, "recorded"),
        (-1, "live", False, "live"),
        (75, "live", False, "live"),
        (0, "cancelled", False, "cancelled"),
        (75, "processing", True, "processing"),
    ],
)
def test_the_clock_moves_a_show_on_and_an_editor_wins(minutes, chosen, has_recording, state):
    start = datetime(2021, 3, 25, 15, tzinfo=UTC)
    now = start + timedelta(minutes=minutes)
    end = start + timedelta(hours=1)
    assert state_at(now, chosen=chosen, starts_at=start, ends_at=end, has_recording=has_recording) == state


MOVES = {
    ("planned", "live"), ("planned", "cancelled"), ("live", "processing"), ("live", "cancelled"),
    ("processing", "recorded"), ("processing", "cancelled"), ("recorded", "processing"), ("cancelled", "planned"),
}  # fmt: skip


@pytest.mark.parametrize("before", TalkShowState.values)
@pytest.mark.parametrize("after", TalkShowState.values)
def test_a_show_goes_step_by_step(before, after):
    assert may_move(before, after) is (before == after or (before, after) in MOVES)


def test_an_illegal_jump_is_refused_with_both_names(without_recording, time_machine):
    show = without_recording
    time_machine.move_to(show.starts_at - timedelta(days=1))
    show.chosen_state, show.recording_url = "recorded", VIDEO
    with pytest.raises(ValidationError) as refused:
        show.full_clean()
    assert "“gepland”" in refused.value.message_dict["chosen_state"][0]
    assert "“terugkijken”" in refused.value.message_dict["chosen_state"][0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"chosen_state": "cancelled"}, "cancellation_reason"),
        ({"chosen_state": "recorded"}, "chosen_state"),
        ({"live_url": "https://example.nl/video"}, "live_url"),
        ({"ends_at": datetime(2021, 3, 25, 15, tzinfo=UTC)}, "ends_at"),
    ],
)
def test_a_state_without_what_it_needs_is_refused(without_recording, time_machine, changes, field):
    time_machine.move_to(without_recording.starts_at + timedelta(hours=2))
    for name, value in changes.items():
        setattr(without_recording, name, value)
    with pytest.raises(ValidationError) as refused:
        without_recording.full_clean()
    assert field in refused.value.message_dict


def test_an_unfinished_draft_without_times_is_no_fault():
    page = TalkShowPage(title="Concept", slug="concept")
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "starts_at" in refused.value.message_dict


STATES = [
    ("planned", timedelta(days=-2), {}, ["Binnenkort", "donderdag 25 maart 2021, 16.00 uur", "Zet in je agenda"], ["Nu live"]),
    ("live", timedelta(minutes=5), {"live_url": VIDEO}, ["Nu live", "Tot 17.00 uur", "player.vimeo.com"], ["Binnenkort"]),
    ("live", timedelta(minutes=5), {}, ["Nu live", "Vernieuw de pagina"], ["player.vimeo.com"]),
    ("processing", timedelta(hours=2), {}, ["De uitzending is voorbij", "met ondertiteling"], ["Nu live", "agenda"]),
    (
        "cancelled",
        timedelta(days=-2),
        {"chosen_state": "cancelled", "cancellation_reason": "De gast is ziek."},
        ["Deze talkshow gaat niet door", "De gast is ziek.", "Haal hem uit je agenda"],
        ["Binnenkort", "Zet in je agenda"],
    ),
    ("recorded", timedelta(hours=2), {"recording_url": VIDEO}, ["Terugkijken", "player.vimeo.com"], ["<video"]),
]  # fmt: skip


@pytest.mark.parametrize("expected", STATES)
def test_each_state_says_what_a_visitor_needs_to_know(client, without_recording, time_machine, read_graph, expected):
    state, moment, changes, shown, hidden = expected
    show = without_recording
    for name, value in changes.items():
        setattr(show, name, value)
    show.save_revision().publish()
    time_machine.move_to(show.starts_at + moment)
    html = text_of(client, show)
    main = html[html.index("<main") : html.index("</main>")]
    assert [words for words in shown if words not in main] == []
    assert [words for words in hidden if words in main] == []
    data = read_graph(client.get(show.url))[0]
    assert data["@type"] == "VideoObject"
    assert {"name", "description", "uploadDate", "thumbnailUrl", "url", "publication"} <= set(data)
    event = data["publication"]
    assert event["@type"] == "BroadcastEvent"
    assert datetime.fromisoformat(event["startDate"]) == show.starts_at
    assert datetime.fromisoformat(event["endDate"]) == show.ends_at
    assert event.get("isLiveBroadcast") is (True if state == "live" else None)
    assert ("eventStatus" in event) is (state == "cancelled")
    assert ("embedUrl" in data) is bool(changes.get("live_url") or changes.get("recording_url"))


def test_a_recording_of_our_own_has_video_captions_chapters_and_clips(client, show, read_graph):
    html = text_of(client, show)
    assert f'src="{show.recording.url}"' in html
    assert f'<track kind="captions" srclang="nl" label="Nederlands" src="{show.text_url("nl", "vtt")}" default>' in html
    data = read_graph(client.get(show.url))[0]
    assert data["contentUrl"].endswith(show.recording.url)
    assert data["duration"] == "PT13M51S"
    assert (data["hasPart"][0]["name"], data["hasPart"][0]["startOffset"]) == ("Opening", 0)
    assert data["hasPart"][0]["endOffset"] == data["hasPart"][1]["startOffset"]


def test_an_address_with_a_moment_starts_there_also_without_javascript(client, show):
    html = client.get(f"{show.url}?t=754").content.decode()
    assert f'{show.recording.url}#t=754"' in html
    for wrong in ("abc", "-1", "99999999", ""):
        assert f'{show.recording.url}"' in client.get(f"{show.url}?t={wrong}").content.decode()


def test_every_language_has_its_own_track_with_the_page_s_own_first(client, show):
    english = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ruud>Good afternoon.\n"
    show.transcripts = [Transcript(language="en", source=english), *show.transcripts.all()]
    show.save_revision().publish()
    html = text_of(client, show)
    assert html.index('srclang="nl"') < html.index('srclang="en"')
    assert html.count(" default>") == 1
    assert "<v Ruud>Good afternoon." in client.get(show.text_url("en", "vtt")).content.decode()
    assert client.get(show.text_url("fr", "vtt")).status_code == 404


def test_a_recording_without_captions_needs_a_written_reason_which_readers_see(client, show):
    show.transcripts = []
    with pytest.raises(ValidationError, match="ondertiteling"):
        show.save_revision().publish()
    show.captions_excuse = "De gast praat in gebarentaal."
    show.save_revision().publish()
    assert "De gast praat in gebarentaal." in text_of(client, show)


def calendar_of(client, show):
    answer = client.get(f"/opnamen/{show.translation_key}/agenda.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    return event


def test_a_calendar_takes_over_moves_and_cancellations(client, without_recording, time_machine):
    show = without_recording
    time_machine.move_to(show.starts_at - timedelta(days=7))
    first = calendar_of(client, show)
    assert first["DTSTART"].dt == show.starts_at
    assert (first["SEQUENCE"], first["STATUS"], first["LOCATION"]) == (0, "CONFIRMED", "Online")
    show.summary = "Een andere samenvatting verandert niets aan de agenda."
    show.save_revision().publish()
    assert calendar_of(client, show)["SEQUENCE"] == 0
    show.starts_at += timedelta(days=1)
    show.ends_at += timedelta(days=1)
    show.save_revision().publish()
    moved = calendar_of(client, show)
    assert (moved["SEQUENCE"], moved["DTSTART"].dt) == (1, show.starts_at)
    show.chosen_state, show.cancellation_reason, show.location = "cancelled", "Ziek.", ""
    show.save_revision().publish()
    cancelled = calendar_of(client, show)
    assert (cancelled["SEQUENCE"], cancelled["STATUS"], cancelled["UID"]) == (2, "CANCELLED", first["UID"])
    assert "LOCATION" not in cancelled


def test_names_in_a_title_cannot_break_a_calendar(client, show):
    show.title = "Zorg\r\nATTENDEE:mailto:x@example.nl"
    show.save()
    assert "ATTENDEE" not in calendar_of(client, show)


def test_the_list_and_the_overview_lead_with_the_next_show(client, without_recording, time_machine):
    show = without_recording
    time_machine.move_to(show.starts_at - timedelta(days=1))
    for url in ("/kijk-en-luister/", TalkShowSeriesPage.objects.get().url):
        html = client.get(url).content.decode()
        assert html.index("Binnenkort") < html.index("Verzonnen voorbeeld")
    show.chosen_state, show.cancellation_reason = "cancelled", "Ziek."
    show.save_revision().publish()
    assert "Talkshow, afgelast" in client.get("/kijk-en-luister/talkshow/").content.decode()


def test_what_is_said_is_found_only_once_it_can_be_watched(client, show):
    def is_found():
        return show.title in client.get("/zoeken/?q=lantaarnpaal").content.decode()

    assert is_found()
    show.chosen_state = "processing"
    show.save_revision().publish()
    assert not is_found()


def test_a_hidden_show_is_not_announced(client, without_recording, time_machine):
    show = without_recording
    time_machine.move_to(show.starts_at - timedelta(days=1))
    show.audience = Audience.STEERING_GROUP
    show.save_revision().publish()
    for url in ("/kijk-en-luister/", "/kijk-en-luister/talkshow/", "/feeds/podcast/thuis-gesproken.xml"):
        assert show.title not in client.get(url).content.decode()


def test_an_overview_without_anything_says_what_to_do(client):
    for page in TalkShowPage.objects.all():
        page.unpublish()
    assert "Hier komt binnenkort iets" in client.get("/kijk-en-luister/").content.decode()
