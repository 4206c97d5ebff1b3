"""Pictures: those of hidden pages and of members are sent to who may see them, and none says where it was taken."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from upload_corpus import pdf, picture, with_place

from knowledge.models import PracticeArticlePage
from members.assessments.models import InstrumentVersion
from members.assessments.services import paper_form
from members.exchange.models import Proposal
from thuisbasis.base.models import SiteImage
from thuisbasis.base.models.images import without_metadata
from thuisbasis.files.inspection import FileIsRefused, inspect
from thuisbasis.files.models import StoredFile
from thuisbasis.network.models import Audience

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PROFILE = {"first_name": "Sanne", "last_name": "Verzonnen", "job_title": "Begeleider"}


@pytest.fixture
def user(django_user_model):
    return lambda name: django_user_model.objects.get(email=f"{name}@example.nl")


def body(answer):
    return b"".join(answer.streaming_content)


def test_a_picture_that_only_stands_on_a_hidden_page_is_hidden_with_it(client, user):
    page = PracticeArticlePage.objects.exclude(lead_image=None).first()
    image = SiteImage.objects.create(title="Alleen hier", file=SimpleUploadedFile("alleen-hier.jpg", picture()))
    page.lead_image = image
    page.save_revision().publish()
    url = image.get_rendition("width-200").url
    assert client.get(url).headers["Cache-Control"] == "public, max-age=60"
    for audience, name, status in [
        (Audience.NETWORK, None, 404),
        (Audience.NETWORK, "lid", 200),
        (Audience.STEERING_GROUP, "lid", 404),
        (Audience.STEERING_GROUP, "redactie", 200),
        (Audience.PUBLIC, None, 200),
    ]:
        page.audience = audience
        page.save_revision().publish()
        client.logout()
        if name:
            client.force_login(user(name))
        assert client.get(url).status_code == status, (audience, name)
    assert client.get("/media/images/bestaat-niet.jpg").status_code == 404
    assert client.get(f"/media/{image.file.name}").status_code == 404


@pytest.mark.parametrize("kind", ["jpeg", "webp", "avif", "png"])
def test_no_rendition_says_where_or_with_what_it_was_taken(kind):
    image = SiteImage.objects.create(title="Met plaats", file=SimpleUploadedFile("met-plaats.jpg", with_place()))
    rendition = image.get_rendition(f"width-300|format-{kind}")
    with rendition.file.open() as file:
        data = file.read()
    opened = Image.open(io.BytesIO(data))
    assert (opened.width, dict(opened.getexif()), opened.info.get("comment")) == (300, {}, None)
    assert b"Verzonnen camera" not in data


def test_taking_metadata_out_leaves_the_pixels_alone():
    png = io.BytesIO()
    with Image.open(io.BytesIO(with_place())) as photo:
        photo.save(png, "PNG", exif=photo.getexif())
    for data in (with_place(), png.getvalue()):
        clean = without_metadata(SimpleUploadedFile("x", data)).read()
        assert b"Verzonnen camera" in data
        assert b"Verzonnen camera" not in clean
        assert Image.open(io.BytesIO(clean)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_a_member_shows_a_picture_to_members_only_changes_it_and_takes_it_away(
    client, user, django_capture_on_commit_callbacks
):
    client.force_login(user("lid"))
    wrong = client.post("/leden/profiel/wijzigen/", {**PROFILE, "new_photo": SimpleUploadedFile("x.pdf", pdf())})
    assert "Dit is geen foto" in wrong.content.decode()
    assert "Begeleider" in wrong.content.decode()
    answer = client.post(
        "/leden/profiel/wijzigen/", {**PROFILE, "new_photo": SimpleUploadedFile("x.jpg", with_place())}
    )
    assert answer.status_code == 302
    url = "/leden/mensen/sanne-verzonnen/foto/"
    assert url in client.get("/leden/profiel/").content.decode()
    shown = Image.open(io.BytesIO(body(client.get(url))))
    assert (shown.size, dict(shown.getexif())) == ((480, 480), {})
    for name, status in [("daan", 200), ("redactie", 200), ("bruxelles", 404), (None, 404)]:
        client.logout()
        if name:
            client.force_login(user(name))
        found = client.get(url)
        assert found.status_code == status, name
        if status == 200:
            assert found.headers["Cache-Control"] == "private, no-store"
    client.force_login(user("lid"))
    first = user("lid").profile.photo_id
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/leden/profiel/wijzigen/", {**PROFILE, "new_photo": SimpleUploadedFile("y.png", picture("PNG"))})
    assert not StoredFile.objects.filter(pk=first).exists()
    client.post("/leden/profiel/wijzigen/", {**PROFILE, "remove_photo": "on"})
    assert client.get(url).status_code == 404
    assert user("lid").profile.photo is None


def test_the_picture_goes_with_whoever_is_erased(client, user):
    from django.utils import timezone

    from thuisbasis.accounts.privacy import erase_person

    client.force_login(user("lid"))
    client.post("/leden/profiel/wijzigen/", {**PROFILE, "new_photo": SimpleUploadedFile("x.jpg", picture())})
    key = user("lid").profile.photo_id
    assert key
    erase_person(user=user("lid"), now=timezone.now())
    assert not StoredFile.objects.filter(pk=key).exists()


def test_administrators_read_on_their_first_page_that_nothing_is_scanned(client, user, settings):
    def first_page(name):
        client.force_login(user(name))
        return client.get("/cms/").content.decode()

    assert "gaan ongescand naar anderen" in first_page("beheer")
    settings.SERVE_UNSCANNED = False
    assert "bereiken niemand" in first_page("beheer")
    settings.CLAMD_URL = "unix:///bestaat/niet.ctl"
    assert "antwoordt niet" in first_page("beheer")
    assert "antwoordt niet" not in first_page("redactie")


def test_editors_see_what_members_propose_and_members_do_not(client, user):
    client.force_login(user("redactie"))
    assert "Een sleutelkluis bij de voordeur" in client.get("/cms/voorstellen/").content.decode()
    Proposal.objects.all().delete()
    assert "Er zijn nog geen voorstellen" in client.get("/cms/voorstellen/").content.decode()
    assert "/cms/voorstellen/" in client.get("/cms/").content.decode()
    client.force_login(user("lid"))
    assert client.get("/cms/voorstellen/").status_code == 404


def test_a_picture_that_breaks_off_is_refused_after_somebody_made_a_pdf_too():
    assert paper_form(version=InstrumentVersion.objects.first()).startswith(b"%PDF")
    with pytest.raises(FileIsRefused):
        inspect("kapot.png", io.BytesIO(picture("PNG")[:60]))
