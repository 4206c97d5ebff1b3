"""What editors of recordings meet: refusals beside the field, with the line, and nothing typed is lost."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from knowledge.models import EpisodePage, PodcastPage, TalkShowPage
from knowledge.models.timecode import TimecodeFormField

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def editor(client, django_user_model):
    client.force_login(django_user_model.objects.get(email="redactie@example.nl"))
    return client


def form_of(client, page):
    """Return what the edit form of a page would send back as it stands."""
    soup = BeautifulSoup(client.get(f"/cms/pages/{page.pk}/edit/").content, "html.parser")
    # Blocks of text are drawn by JavaScript; without any there are none.
    data = {"body-count": "0"}
    for field in soup.select("form[data-edit-form] [name], #page-edit-form [name]"):
        kind = field.get("type")
        if field.name == "select":
            data[field["name"]] = [option["value"] for option in field.select("option[selected]")]
        elif field.name == "textarea":
            # Browsers leave out the first line break of a text box.
            data[field["name"]] = field.get_text().removeprefix("\n")
        elif kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(field["name"], []).append(field.get("value", "on"))
        elif field.name == "input" and kind not in ("file", "submit", "button"):
            data[field["name"]] = field.get("value", "")
    return data


def publish(client, page, **changes):
    data = {**form_of(client, page), **changes, "action-publish": "action-publish"}
    answer = client.post(f"/cms/pages/{page.pk}/edit/", data, follow=True)
    soup = BeautifulSoup(answer.content, "html.parser")
    return soup, [error.get_text(" ", strip=True) for error in soup.select(".error-message")]


@pytest.fixture
def episode():
    return EpisodePage.objects.get(slug="weten-hoe-het-is")


def test_an_episode_that_is_in_order_is_published_as_it_stands(editor, episode):
    _soup, errors = publish(editor, episode, title="Weten hoe het echt is")
    assert errors == []
    again = EpisodePage.objects.get(pk=episode.pk)
    assert (again.title, again.chapters.count(), again.transcripts.count()) == ("Weten hoe het echt is", 3, 1)


def test_broken_subtitles_are_refused_with_their_line_and_stay_in_the_box(editor, episode):
    broken = "WEBVTT\n\n00:05.000 --> 00:03.000\nhallo\n\nlos"
    soup, errors = publish(editor, episode, **{"transcripts-0-source": broken, "title": "Nieuwe titel"})
    [error] = errors
    assert error.startswith("Regel 3: het einde (0:03) ligt niet na het begin (0:05).")
    assert error.endswith("Regel 6: hier staat tekst zonder tijden. Zet er een regel met begin --> einde boven.")
    assert soup.find(id="id_transcripts-0-source").get_text().replace("\r", "").removeprefix("\n") == broken
    assert soup.find(id="id_title")["value"] == "Nieuwe titel"


def test_chapters_come_from_a_file_in_place_of_the_list(editor, episode):
    text = '{"chapters": [{"startTime": 30.5, "title": "Twee"}, {"startTime": 0, "title": "Een"}]}'
    _soup, errors = publish(editor, episode, chapters_file=text)
    assert errors == []
    page = EpisodePage.objects.get(pk=episode.pk)
    assert [(row.start, row.title) for row in page.chapter_list()] == [(0.0, "Een"), (30.5, "Twee")]


def test_broken_chapters_are_refused_with_their_line_and_change_nothing(editor, episode):
    soup, errors = publish(editor, episode, chapters_file='{"chapters": [\n{"title": "Zonder tijd"}]}')
    assert any("Regel 2: dit hoofdstuk heeft geen begintijd" in error for error in errors)
    assert "Zonder tijd" in soup.find(id="id_chapters_file").get_text()
    assert EpisodePage.objects.get(pk=episode.pk).chapters.count() == 3


def test_a_new_time_gives_a_chapter_another_place(editor, episode):
    _soup, errors = publish(editor, episode, **{"chapters-0-start": "0:50"})
    assert errors == []
    titles = [row.title for row in EpisodePage.objects.get(pk=episode.pk).chapter_list()]
    assert titles == ["De huurder vertelt", "Wat vertrouwen is", "Van de straat naar het team"]


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("12:34", 754.0),
        ("1:02:34.5", 3754.5),
        ("754", 754.0),
        ("0:00", 0.0),
        ("", None),
        ("1:99", "fout"),
        ("1:70:00", "fout"),
        ("straks", "fout"),
    ],
)
def test_a_time_is_typed_as_on_a_player(typed, seconds):
    from django.core.exceptions import ValidationError

    field = TimecodeFormField(required=False)
    if seconds == "fout":
        with pytest.raises(ValidationError, match="12:34"):
            field.clean(typed)
    else:
        assert field.clean(typed) == seconds
        assert field.clean(field.prepare_value(seconds)) == seconds or typed == ""


def test_without_a_recording_or_a_text_publishing_is_refused_at_the_field_but_a_draft_is_kept(editor, episode):
    changes = {"recording": "", "transcripts-0-DELETE": "on", "title": "Nog niet af"}
    soup, errors = publish(editor, episode, **changes)
    assert any("Er is nog geen opname" in error for error in errors)
    assert "wie doof is" in soup.get_text()
    data = {**form_of(editor, episode), **changes}
    assert editor.post(f"/cms/pages/{episode.pk}/edit/", data).status_code == 302
    assert EpisodePage.objects.get(pk=episode.pk).get_latest_revision_as_object().title == "Nog niet af"
    assert EpisodePage.objects.get(pk=episode.pk).title == "Weten hoe het is"


def test_a_video_without_captions_asks_for_a_reason_beside_its_field(editor):
    show = TalkShowPage.objects.get(slug__contains="april")
    soup, errors = publish(editor, show, **{"transcripts-0-DELETE": "on"})
    assert any("De video heeft geen ondertiteling" in error for error in errors)
    assert soup.find(id=re.compile("captions_excuse-errors"))
    _soup, errors = publish(
        editor, show, **{"transcripts-0-DELETE": "on", "captions_excuse": "Er wordt niet gesproken."}
    )
    assert errors == []


def test_a_cover_of_the_wrong_size_is_refused_at_its_field(editor, make_image):
    podcast = PodcastPage.objects.get(slug="thuis-gesproken")
    image = make_image(800, 600, "RGB", "JPEG")
    _soup, errors = publish(editor, podcast, cover=str(image.pk))
    assert any("De hoes is 800 bij 600 pixels." in error for error in errors)


def test_the_panel_says_what_is_missing_before_anyone_tries(editor, episode):
    html = editor.get(f"/cms/pages/{episode.pk}/edit/").content.decode()
    assert "Klaar om te publiceren?" in html
    assert "“Bewoner” gaf geen toestemming voor deze rol." in html
    podcast = PodcastPage.objects.get(slug="thuis-gesproken")
    assert "Alles is in orde." in editor.get(f"/cms/pages/{podcast.pk}/edit/").content.decode()
    new = editor.get(f"/cms/pages/add/knowledge/episodepage/{podcast.pk}/").content.decode()
    assert "Daarna zie je hier wat er nog mist." in new


def test_an_editor_sees_the_episode_as_an_app_shows_it(editor, episode):
    request_url = f"/cms/pages/{episode.pk}/edit/preview/?mode=app"
    editor.post(request_url, form_of(editor, episode))
    html = editor.get(request_url).content.decode()
    assert "Zo ziet het eruit in een podcast-app" in html
    assert "Thuis gesproken" in html
    assert "De huurder vertelt" in html
    assert "Uitgeschreven tekst" in editor.get(request_url.replace("mode=app", "mode=")).content.decode()


def test_what_is_no_recording_is_refused_beside_the_field_and_the_title_stays(editor):
    file = SimpleUploadedFile("les.mp3", b"MZ\x90\x00" + b"\0" * 900)
    answer = editor.post("/cms/snippets/files/recording/add/", {"title": "Mijn les", "file": file})
    html = answer.content.decode()
    assert "van binnen is het een programma" in html
    assert 'value="Mijn les"' in html


def test_a_recording_is_measured_on_upload_and_can_be_heard_in_the_admin(editor, episode):
    with episode.recording.file.open("rb") as source:
        file = SimpleUploadedFile("les.mp3", source.read())
    assert editor.post("/cms/snippets/files/recording/add/", {"title": "Mijn les", "file": file}).status_code == 302
    listing = editor.get("/cms/snippets/files/recording/").content.decode()
    assert "Mijn les" in listing
    assert "0:56" in listing
    html = editor.get(f"/cms/snippets/files/recording/edit/{episode.recording.pk}/").content.decode()
    assert "<audio" in html
    assert "24 kbit/s" in html
