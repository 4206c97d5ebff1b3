"""Storage that is full: whoever shares something hears so, and neither a row nor a file stays of what did not fit.

The limit is real: the system lets this process write no file beyond some size, as a disk that runs full would.
"""

import io
import resource
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.utils import timezone
from PIL import Image
from psycopg.errors import DiskFull

from members.library.models import Document
from thuisbasis.accounts.models import User
from thuisbasis.base.models import SiteImage
from thuisbasis.files.models import PartialUpload, SiteDocument, StoredFile, private_storage
from thuisbasis.files.services import StorageIsFull, open_upload, receive_part, start_upload, store_file

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# The database of the tests fits; what people send does not.
ROOM, LARGE = 24 * 1024 * 1024, 32 * 1024 * 1024


@contextmanager
def full_disk():
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    """Keep private files apart from those of the tests beside this one."""
    for name, folder in (("base_location", tmp_path), ("location", str(tmp_path))):
        monkeypatch.setitem(private_storage().__dict__, name, folder)


def kept():
    """Return every row and every file of what people share."""
    rows = [source.objects.count() for source in (StoredFile, Document, SiteDocument, SiteImage)]
    return rows, sorted(path for path in Path(private_storage().path("")).rglob("*") if path.is_file())


def letter(size=LARGE):
    return SimpleUploadedFile("brief.txt", b"Een regel van een lange brief.\n" * (size // 31), "text/plain")


@pytest.fixture
def member(client):
    client.force_login(User.objects.get(email="lid@example.nl"))
    return client


def test_half_a_file_does_not_stay_behind():
    before = kept()
    with full_disk(), pytest.raises(StorageIsFull):
        store_file(name="brief.txt", file=io.BytesIO(letter().read()), now=timezone.now())
    assert kept() == before


def test_whoever_shares_a_document_hears_that_there_is_no_room(member):
    before = kept()
    with full_disk():
        answer = member.post("/leden/documenten/delen/", {"files": [letter()]})
    assert "geen ruimte" in answer.content.decode()
    assert kept() == before


def test_an_upload_in_parts_goes_on_where_it_was_when_there_is_room_again(member):
    person = User.objects.get(email="lid@example.nl")
    data = letter().read()
    upload = start_upload(user=person, name="brief.txt", size=len(data), now=timezone.now())
    receive_part(upload=upload, offset=0, chunks=[data[:1000]], now=timezone.now())
    with full_disk(), pytest.raises(StorageIsFull):
        receive_part(upload=upload, offset=1000, chunks=[data[1000:2000], data[2000:]], now=timezone.now())
    upload = PartialUpload.objects.get(pk=upload.pk)
    assert 1000 <= upload.received <= 1000 + ROOM
    receive_part(upload=upload, offset=upload.received, chunks=[data[upload.received :]], now=timezone.now())
    with open_upload(upload=upload) as gathered:
        assert gathered.read() == data


def test_a_form_that_does_not_fit_is_answered_in_plain_words(logged_in):
    editor = logged_in(User.objects.get(email="redactie@example.nl"))
    before, large = kept(), io.BytesIO()
    Image.effect_noise((3000, 3000), 90).convert("RGB").save(large, "BMP")
    for address, name, data in (
        ("/cms/documents/add/", "verslag.pdf", b"%PDF-1.4\n" + b"x" * LARGE),
        ("/cms/images/add/", "straat.bmp", large.getvalue()),
    ):
        with full_disk():
            answer = editor.post(address, {"title": "x", "file": SimpleUploadedFile(name, data)})
        assert (answer.status_code, "geen ruimte" in answer.content.decode()) == (507, True), address
    assert kept() == before


def test_a_database_without_room_is_no_riddle_either(member, monkeypatch):
    def full(*_arguments, **_values):
        raise OperationalError from DiskFull("could not extend file")

    monkeypatch.setattr("members.library.views.sharing.add_draft", full)
    answer = member.post("/leden/documenten/delen/", {"files": [letter(1000)]})
    assert (answer.status_code, "niet bewaard" in answer.content.decode()) == (507, True)
