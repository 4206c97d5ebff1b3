"""Storage in a bucket of a service that speaks S3, for a site on more than one machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

# In seconds: how long an address that we sign can be used; nginx uses it at once.
SIGNED_FOR = 60
MISSING = {"404", "NoSuchKey", "NotFound"}
CLIENT = Config(
    signature_version="s3v4",
    connect_timeout=3,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 2},
    # Not every service that speaks S3 knows Amazon's own names of hosts and newest checksums.
    s3={"addressing_style": "path"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class BucketStorage(S3Storage):
    """Keeps files in one folder of a bucket, as WholeFileStorage does on a disk.

    A file is there as a whole or not at all. What goes wrong is an OSError, for a file that is not there a
    FileNotFoundError. Addresses are those of our own site (`base_url`): nobody hears where the bucket is.
    """

    def __init__(self, *, base_url: str | None = None, **options: Any) -> None:
        self.base_url = base_url
        fixed = {"file_overwrite": False, "default_acl": None, "max_memory_size": 1024 * 1024, "client_config": CLIENT}
        super().__init__(**fixed, **options)

    def url(self, name: str, **_options: Any) -> str:
        """Return where our site sends the file; raises ValueError for files that have no address of their own."""
        if self.base_url is None:
            raise ValueError("These files have no address.")
        return urljoin(self.base_url, filepath_to_uri(name).lstrip("/"))

    def signed_address(self, name: str, *, method: str) -> str:
        """Return path and question with which the bucket gives this one file, for a minute and this method."""
        parts = urlsplit(super().url(name, expire=SIGNED_FOR, http_method=method))
        return f"{parts.path.lstrip('/')}?{parts.query}"

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _as_os_errors():
            file = super()._open(name, mode)
            # Fetched now, so that it is here that trouble is heard of.
            file.open()
            return file

    def _save(self, name: str, content: File) -> Any:
        with _as_os_errors():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        """Remove a file; one that is not there is no trouble."""
        with _as_os_errors():
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Say whether the file is there."""
        with _as_os_errors():
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Return the folders and the files in a folder; none when there is no such folder."""
        with _as_os_errors():
            folders, files = super().listdir(path)
            return folders, files

    def size(self, name: str) -> int:
        """Return the number of bytes."""
        with _as_os_errors():
            return int(super().size(name))

    def get_modified_time(self, name: str) -> datetime:
        """Return when it was written."""
        with _as_os_errors():
            moment: datetime = super().get_modified_time(name)
            return moment


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """Let whoever uses a storage hear of trouble in the words of a disk."""
    try:
        yield
    except ClientError as error:
        kind = FileNotFoundError if error.response.get("Error", {}).get("Code") in MISSING else OSError
        raise kind(str(error)) from error
    except BotoCoreError as error:
        raise OSError(str(error)) from error
