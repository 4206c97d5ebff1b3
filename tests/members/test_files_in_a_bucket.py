"""A site whose files are in a bucket: what members and editors do with files goes on, and nothing leaks beside us."""

import io
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from asking import wait_for
from buckets import folder_of_its_own, keep_everything_in
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from front_of_bucket import Front
from PIL import Image
from upload_corpus import docx, with_place

from members.library.models import Document
from members.library.services import add_draft, drop_draft
from thuisbasis.accounts.models import User
from thuisbasis.accounts.privacy import erase_again, erase_person
from thuisbasis.base.models import SiteImage
from thuisbasis.base.storages import names_in
from thuisbasis.files.models import PartialUpload, StoredFile, TextState
from thuisbasis.files.services import (
    forget_stray_files,
    open_upload,
    receive_part,
    start_upload,
    stop_upload,
    store_portrait,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORDS = "Sleutels en buren"
LETTER = docx(WORDS)


@pytest.fixture
def folder():
    return folder_of_its_own()


@pytest.fixture(autouse=True)
def everything_in_the_bucket(bucket_options, folder, settings, monkeypatch):
    keep_everything_in(bucket_options, folder, settings, monkeypatch)
    yield
    keep_everything_in(bucket_options, folder, settings, monkeypatch)
    for alias in ("default", "documents", "recordings", "private", "erased"):
        for name in names_in(storages[alias]):
            storages[alias].delete(name)


@pytest.fixture
def draft(user, visitor):
    person = user("lid")
    file = io.BytesIO(LETTER)
    return add_draft(author=person, visitor=visitor(person), name="brief.docx", file=file, now=timezone.now())


@pytest.fixture
def front(tmp_path, program, unused_ports, bucket_options):
    tmp_path.chmod(0o755)
    running = Front(program("nginx-light", "nginx"), tmp_path, unused_ports, bucket_options["endpoint_url"])
    wait_for(running.address)
    yield running
    running.stop()


def in_bucket(alias="private"):
    return set(names_in(storages[alias]))


def test_a_document_is_examined_read_sent_and_removed(client, user, draft, django_capture_on_commit_callbacks):
    stored = StoredFile.objects.latest("pk")
    assert (stored.is_clean, stored.text_state, WORDS in stored.text) == (True, TextState.READ, True)
    assert str(stored.file.name) in in_bucket()
    client.force_login(user("lid"))
    whole = b"".join(client.get(draft.file_url).streaming_content)
    part = client.get(draft.file_url, headers={"Range": "bytes=0-3"})
    assert (whole, part.status_code, b"".join(part.streaming_content)) == (LETTER, 206, whole[:4])
    with django_capture_on_commit_callbacks(execute=True):
        drop_draft(document=draft, actor=user("lid"))
    assert not Document.objects.filter(pk=draft.pk).exists()
    assert str(stored.file.name) not in in_bucket()


def test_the_web_server_sends_it_with_our_words_and_none_of_the_buckets(client, user, settings, draft, front):
    settings.ACCEL_PREFIX = "/intern/"
    client.force_login(user("lid"))
    whole, answer = LETTER, client.get(draft.file_url)
    status, headers, body = front.send(answer)
    assert (status, body) == (200, whole)
    assert headers["Content-Type"] == answer.headers["Content-Type"]
    assert headers["Content-Disposition"] == 'attachment; filename="brief.docx"'
    assert headers.get_all("Cache-Control") == ["private, no-store"]
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not [name for name in headers if name.lower().startswith("x-amz") or "accel" in name.lower()]
    status, headers, body = front.send(answer, Range="bytes=5-9")
    assert (status, body, headers["Content-Range"]) == (206, whole[5:10], f"bytes 5-9/{len(whole)}")
    assert front.send(answer, Range="bytes=5-9", If_Range='"oud"')[::2] == (200, whole)
    assert front.send(answer, Range="bytes=5-9", If_Range=headers["ETag"])[::2] == (206, whole[5:10])
    assert front.send(answer, If_None_Match=headers["ETag"])[0] == 304
    assert front.send(answer, Range=f"bytes={len(whole)}-")[0] == 416
    status, headers, body = front.send(client.head(draft.file_url), "HEAD")
    assert (status, body, headers["Content-Length"]) == (200, b"", str(len(whole)))


def test_nobody_reaches_the_bucket_through_the_web_server_alone(draft, front, folder):
    name = StoredFile.objects.latest("pk").file.name
    for path in (f"intern/bucket/thuisbasis/{folder}/private/{name}", "intern/bucket/", "intern/bucket/thuisbasis/"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(front.address + path, timeout=10)
        assert refused.value.code == 404


def test_a_bucket_that_refuses_is_told_in_our_own_words(client, user, settings, draft, front):
    settings.ACCEL_PREFIX = "/intern/"
    client.force_login(user("lid"))
    answer = client.get(draft.file_url)
    answer.headers["X-Accel-Redirect"] += "0"
    status, _headers, body = front.send(answer)
    assert (status, "Amz" in body.decode(), "Thuisbasis" in body.decode()) == (503, False, True)


def test_a_bucket_that_cannot_be_reached_keeps_nothing_and_says_so(
    client, user, bucket_options, folder, settings, monkeypatch
):
    away = {**bucket_options, "endpoint_url": "http://127.0.0.1:9"}
    keep_everything_in(away, folder, settings, monkeypatch)
    before = StoredFile.objects.count()
    client.force_login(user("lid"))
    file = io.BytesIO(LETTER)
    file.name = "brief.docx"
    answer = client.post("/leden/documenten/delen/", {"files": [file]})
    assert "geen ruimte" in answer.content.decode()
    assert StoredFile.objects.count() == before


def test_a_large_file_comes_in_parts_whichever_machine_takes_them(user, django_capture_on_commit_callbacks):
    upload = start_upload(user=user("lid"), name="x", size=100, now=timezone.now())
    for start in (0, 40, 80):
        part = b"%d" % (start // 40) * min(40, 100 - start)
        receive_part(upload=PartialUpload.objects.get(pk=upload.pk), offset=start, chunks=[part], now=timezone.now())
    upload.refresh_from_db()
    assert upload.is_complete()
    with open_upload(upload=upload) as file:
        assert file.read() == b"0" * 40 + b"1" * 40 + b"2" * 20
    with django_capture_on_commit_callbacks(execute=True):
        stop_upload(upload=upload)
    assert in_bucket() == set()


def test_bytes_without_a_row_are_removed_after_a_day_and_no_others(draft, monkeypatch):
    known = in_bucket()
    storages["private"].save("ab/zwerver", io.BytesIO(b"x"))
    assert forget_stray_files.func() == 0
    monkeypatch.setattr("thuisbasis.files.services.storing.STRAY_AFTER", timedelta(days=-1))
    assert forget_stray_files.func() == 1
    assert in_bucket() == known


def test_bytes_that_somebody_else_removes_at_the_same_moment_are_no_trouble(monkeypatch):
    monkeypatch.setattr("thuisbasis.files.services.storing.names_in", lambda _storage: ["ab/net-weg"])
    assert forget_stray_files.func() == 0


def test_pictures_are_made_in_the_sizes_that_pages_use(client):
    portrait = store_portrait(file=io.BytesIO(with_place()), now=timezone.now())
    with portrait.file.open() as file:
        assert Image.open(file).size == (480, 480)
    picture = SiteImage(title="Straat")
    picture.file.save("straat.jpg", ContentFile(with_place(), name="straat.jpg"))
    rendition = picture.get_rendition("width-100")
    assert rendition.url.startswith("/media/images/straat")
    with rendition.file.open() as file:
        assert Image.open(file).width == 100


def test_who_was_erased_is_known_outside_the_database(user, django_capture_on_commit_callbacks):
    person = user("fatima")
    joined, email = person.date_joined, person.email
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(user=person, now=timezone.now())
    [name] = in_bucket("erased")
    assert name.startswith(f"{person.pk}-")
    User.objects.filter(pk=person.pk).update(erased_at=None, email=email, date_joined=joined)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_again() == 1
    person.refresh_from_db()
    assert (person.erased_at is None, person.email == email) == (False, False)
    assert in_bucket("erased") == {name}
