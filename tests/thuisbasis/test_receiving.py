"""Large files, part by part (tus 1.0.0): whatever goes wrong on the way, what arrived stays and nothing lingers."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from upload_corpus import EXE, docx

from members.library.models import Document
from thuisbasis.accounts.models import User
from thuisbasis.base.storages import names_in
from thuisbasis.files.models import PartialUpload, private_storage
from thuisbasis.files.services import (
    OffsetIsWrong,
    TooManyUploads,
    UploadIsTooLarge,
    forget_old_uploads,
    open_upload,
    receive_part,
    start_upload,
    stop_upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PARTS = "/leden/documenten/delen/delen-van-een-bestand/"
PART = "application/offset+octet-stream"


@pytest.fixture
def person():
    return User.objects.get(email="lid@example.nl")


@pytest.fixture
def member(client, person):
    client.force_login(person)
    return client


def begin(member, size, name="YnJpZWYuZG9jeA=="):
    return member.post(PARTS, headers={"Upload-Length": str(size), "Upload-Metadata": f"filename {name},x,y ?"})


def send(member, url, data, offset, content_type=PART):
    headers = {"Upload-Offset": str(offset)}
    # Django's client says no type of a body without bytes; a browser does.
    return member.patch(url, data, content_type=content_type, headers=headers, CONTENT_TYPE=content_type)


def test_a_file_in_three_parts_becomes_a_draft(member):
    data = docx("In drie delen")
    begun = begin(member, len(data))
    assert begun.status_code == 201
    url, third = begun.headers["Location"], len(data) // 3
    for start, end in [(0, third), (third, 2 * third), (2 * third, len(data))]:
        assert member.head(url).headers["Upload-Offset"] == str(start)
        answer = send(member, url, data[start:end], start)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(end))
    assert Document.objects.get(title="brief").versions.get().file.size == len(data)
    assert not PartialUpload.objects.exists()


def test_a_refused_file_says_why_with_its_last_part(member):
    url = begin(member, len(EXE)).headers["Location"]
    answer = send(member, url, EXE, 0)
    assert "beschadigd" in unquote(answer.headers["Upload-Refused"])
    assert not Document.objects.filter(title="brief").exists()


@pytest.mark.parametrize(
    ("size", "status"), [("0", 400), ("-1", 400), ("x", 400), ("9" * 20, 400), (str(101 * 1024 * 1024), 413)]
)
def test_a_length_that_cannot_be_is_refused(member, size, status):
    assert begin(member, size).status_code == status


def test_parts_in_the_wrong_place_or_of_the_wrong_kind_are_refused(member):
    url = begin(member, 100).headers["Location"]
    assert send(member, url, b"x" * 10, 5).status_code == 409
    assert send(member, url, b"x" * 10, 0, "text/plain").status_code == 415
    assert send(member, url, b"x" * 10, "x").status_code == 400
    assert send(member, url, b"x" * 101, 0).status_code == 413
    assert send(member, f"{PARTS}{'0' * 8}-0000-0000-0000-{'0' * 12}/", b"x", 0).status_code == 404
    assert member.options(PARTS).headers["Tus-Version"] == "1.0.0"
    assert member.delete(url).status_code == 204
    assert member.delete(url).status_code == 404
    assert member.head(url).status_code == 404


def test_an_upload_is_its_senders_own(member):
    url = begin(member, 100).headers["Location"]
    other = Client()
    other.force_login(User.objects.get(email="fatima@example.nl"))
    assert [other.head(url).status_code, send(other, url, b"x", 0).status_code, other.delete(url).status_code] == [
        404
    ] * 3


def test_what_arrived_before_the_line_broke_is_kept(person):
    upload = start_upload(user=person, name="x", size=100, now=timezone.now())

    def broken():
        yield b"a" * 30
        raise ConnectionError

    with pytest.raises(ConnectionError):
        receive_part(upload=upload, offset=0, chunks=broken(), now=timezone.now())
    assert upload.received == 30
    with pytest.raises(OffsetIsWrong):
        receive_part(upload=upload, offset=0, chunks=[b"b"], now=timezone.now())
    receive_part(upload=upload, offset=30, chunks=[b"b" * 70], now=timezone.now())
    assert upload.is_complete()
    with open_upload(upload=upload) as file:
        assert file.read() == b"a" * 30 + b"b" * 70
    stop_upload(upload=upload)


def test_two_parts_at_once_do_not_mix(person):
    upload = start_upload(user=person, name="x", size=100, now=timezone.now())

    def meanwhile():
        yield b"a" * 20
        receive_part(upload=PartialUpload.objects.get(pk=upload.pk), offset=0, chunks=[b"z" * 40], now=timezone.now())
        yield b"a" * 20

    with pytest.raises(OffsetIsWrong):
        receive_part(upload=upload, offset=0, chunks=meanwhile(), now=timezone.now())
    upload.refresh_from_db()
    receive_part(upload=upload, offset=40, chunks=[b"b" * 60], now=timezone.now())
    with open_upload(upload=upload) as file:
        assert file.read() == b"z" * 40 + b"b" * 60


def test_a_part_that_was_stored_and_never_counted_is_written_anew(person):
    upload = start_upload(user=person, name="x", size=3, now=timezone.now())
    private_storage().save(f"{upload.folder}/{0:015d}", ContentFile(b"oud"))
    receive_part(upload=upload, offset=0, chunks=[b"abc"], now=timezone.now())
    with open_upload(upload=upload) as file:
        assert file.read() == b"abc"


def test_a_full_disk_is_said_and_loses_nothing(person, monkeypatch, member):
    upload = start_upload(user=person, name="x", size=100, now=timezone.now())

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(private_storage()), "_save", full)
    assert send(member, f"{PARTS}{upload.key}/", b"x", 0).status_code == 507
    upload.refresh_from_db()
    assert upload.received == 0


def test_a_file_that_was_whole_when_the_server_was_lost_is_kept_after_all(member, person):
    data = docx("Tot het einde")
    upload = start_upload(user=person, name="brief.docx", size=len(data), now=timezone.now())
    receive_part(upload=upload, offset=0, chunks=[data], now=timezone.now())
    url = f"{PARTS}{upload.key}/"
    assert member.head(url).headers["Upload-Offset"] == str(len(data))
    assert send(member, url, b"", len(data)).status_code == 204
    assert Document.objects.get(title="brief").versions.get().file.size == len(data)


def test_a_storage_that_cannot_be_read_at_the_end_is_asked_again(member, person, monkeypatch):
    data = docx("Nog eens")
    url = begin(member, len(data)).headers["Location"]

    def away(*_arguments):
        raise OSError("away")

    with monkeypatch.context() as trouble:
        trouble.setattr(type(private_storage()), "_open", away)
        assert send(member, url, data, 0).status_code == 507
    assert send(member, url, b"", len(data)).status_code == 204
    assert Document.objects.get(title="brief").versions.get().file.size == len(data)


def test_one_person_cannot_fill_the_disk_with_beginnings(person, monkeypatch, member):
    monkeypatch.setattr("thuisbasis.files.services.receiving.MOST_OPEN", 2)
    for _time in range(2):
        start_upload(user=person, name="x", size=1, now=timezone.now())
    with pytest.raises(TooManyUploads):
        start_upload(user=person, name="x", size=1, now=timezone.now())
    assert begin(member, 5).status_code == 429
    with pytest.raises(UploadIsTooLarge):
        start_upload(user=person, name="x", size=10**12, now=timezone.now())


def test_what_nobody_finishes_is_gone_after_a_day(person, django_capture_on_commit_callbacks):
    yesterday = timezone.now() - timedelta(hours=25)
    upload = start_upload(user=person, name="x", size=10, now=yesterday)
    receive_part(upload=upload, offset=0, chunks=[b"x" * 5], now=yesterday)
    young = start_upload(user=person, name="x", size=10, now=timezone.now() - timedelta(hours=23))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old_uploads.func() == 1
    assert list(PartialUpload.objects.filter(user=person)) == [young]
    assert list(names_in(private_storage(), f"{upload.folder}/")) == []
