"""Files on a disk and files in a bucket: whoever keeps or reads them cannot tell which it is."""

import io
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from buckets import folder_of_its_own
from django.core.files.base import ContentFile
from django.utils import timezone

from thuisbasis.base.buckets import BucketStorage
from thuisbasis.base.storages import WholeFileStorage, names_in, on_disk
from thuisbasis.config.env import bucket_at

pytestmark = pytest.mark.once
LARGE = bytes(range(256)) * 50_000


@pytest.fixture
def bucket(bucket_options):
    storage = BucketStorage(**bucket_options, location=folder_of_its_own())
    yield storage
    for name in names_in(storage):
        storage.delete(name)


@pytest.fixture(params=["on a disk", "in a bucket"])
def storage(request, tmp_path):
    if request.param == "on a disk":
        return WholeFileStorage(location=tmp_path, base_url=None)
    return request.getfixturevalue("bucket")


def test_what_is_kept_is_found_as_it_was_and_gone_once_removed(storage):
    name = storage.save("ab/brief", ContentFile(b"lief dagboek"))
    with storage.open(name) as file:
        assert (name, file.read()) == ("ab/brief", b"lief dagboek")
    assert (storage.exists(name), storage.size(name)) == (True, 12)
    assert abs(storage.get_modified_time(name) - timezone.now()) < timedelta(minutes=1)
    storage.delete(name)
    assert not storage.exists(name)


def test_a_large_file_is_read_in_pieces_from_any_place(storage):
    name = storage.save("groot", ContentFile(LARGE))
    with storage.open(name, "rb") as file:
        file.seek(len(LARGE) - 300)
        assert (file.read(4), file.read()) == (LARGE[-300:-296], LARGE[-296:])
    assert storage.size(name) == len(LARGE)


def test_a_second_file_of_the_same_name_gets_a_name_of_its_own(storage):
    first, second = (storage.save("brief.txt", ContentFile(text)) for text in (b"een", b"twee"))
    assert first != second
    with storage.open(first) as one, storage.open(second) as two:
        assert (one.read(), two.read()) == (b"een", b"twee")


def test_what_is_not_there_is_said_in_the_same_way(storage):
    for ask in (storage.open, storage.size, storage.get_modified_time):
        with pytest.raises(FileNotFoundError):
            ask("nergens")
    storage.delete("nergens")
    assert (storage.exists("nergens"), list(names_in(storage, "nergens/"))) == (False, [])


def test_every_file_in_every_folder_is_named(storage):
    kept = {storage.save(name, ContentFile(b"x")) for name in ("een", "a/twee", "a/b/drie", "c/vier")}
    assert set(names_in(storage)) == kept == {"een", "a/twee", "a/b/drie", "c/vier"}
    assert set(names_in(storage, "a/")) == {"a/twee", "a/b/drie"}


def test_nobody_gets_out_of_the_folder(storage):
    from django.core.exceptions import SuspiciousOperation

    for name in ("../elders", "a/../../elders"):
        with pytest.raises(SuspiciousOperation):
            storage.save(name, ContentFile(b"x"))


def test_a_program_that_reads_from_a_disk_reads_the_file(storage):
    class Field:
        def __init__(self, name):
            self.storage, self.name, self.path = storage, name, None

    field = Field(storage.save("brief", ContentFile(b"woorden")))
    field.path = storage.path(field.name) if isinstance(storage, WholeFileStorage) else None
    with on_disk(field) as path:
        assert path.read_bytes() == b"woorden"


def test_pictures_in_a_bucket_have_an_address_of_our_own_site_and_other_files_none(bucket, bucket_options):
    with pytest.raises(ValueError, match="no address"):
        bucket.url("brief")
    assert BucketStorage(**bucket_options, base_url="/media/").url("images/straat.jpg") == "/media/images/straat.jpg"


def test_the_address_of_a_bucket_is_read_from_one_variable():
    assert bucket_at("s3+https://key:a%2Fb%2Bc@s3.example.eu:9000/kennis?region=eu-west-1") == {
        "access_key": "key",
        "secret_key": "a/b+c",
        "endpoint_url": "https://s3.example.eu:9000",
        "bucket_name": "kennis",
        "region_name": "eu-west-1",
    }
    assert bucket_at("") == {}


@pytest.mark.parametrize(
    "wrong", ["https://key:x@host/b", "s3+ftp://key:x@host/b", "s3+https://host/b", "s3+https://key:x@host/"]
)
def test_an_address_that_names_no_bucket_is_refused(wrong):
    with pytest.raises(ValueError, match="STORAGE_URL looks like"):
        bucket_at(wrong)


def read(address, method="GET"):
    with urllib.request.urlopen(urllib.request.Request(address, method=method), timeout=10) as answer:
        return answer.read()


def refusal(address, method="GET"):
    with pytest.raises(urllib.error.HTTPError) as refused:
        read(address, method)
    return refused.value.code


def test_the_bucket_gives_a_file_only_for_a_signature_of_this_minute_and_this_method(
    bucket, bucket_options, monkeypatch
):
    name, other = (bucket.save(name, ContentFile(b"van leden")) for name in ("een", "twee"))
    signed = f"{bucket_options['endpoint_url']}/{bucket.signed_address(name, method='GET')}"
    assert read(signed) == b"van leden"
    assert refusal(signed.partition("?")[0]) == 403
    assert refusal(signed.replace(f"/{name}?", f"/{other}?")) == 403
    assert refusal(signed, "DELETE") == 403
    assert bucket.exists(name)
    assert read(f"{bucket_options['endpoint_url']}/{bucket.signed_address(name, method='HEAD')}", "HEAD") == b""
    monkeypatch.setattr("thuisbasis.base.buckets.SIGNED_FOR", 1)
    short = f"{bucket_options['endpoint_url']}/{bucket.signed_address(name, method='GET')}"
    assert "X-Amz-Expires=1&" in short


@pytest.mark.parametrize("trouble", ["nobody listens", "the secret is wrong", "the bucket is gone"])
def test_trouble_with_the_bucket_is_told_as_trouble_with_a_disk(bucket_options, trouble):
    changes = {
        "nobody listens": {"endpoint_url": "http://127.0.0.1:9"},
        "the secret is wrong": {"secret_key": "anders"},
        "the bucket is gone": {"bucket_name": "weg"},
    }[trouble]
    away = BucketStorage(**{**bucket_options, **changes}, location=folder_of_its_own())
    with pytest.raises(OSError, match=r".+"):
        away.save("brief", io.BytesIO(b"x"))
    with pytest.raises(OSError, match=r".+"):
        away.open("brief")
