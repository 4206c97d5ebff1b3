"""Where files are: on a disk as a whole or not at all, and how whoever needs them reaches them in any storage."""

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages


class _Written(File):
    """A file that is on the disk already, as Django knows those that were uploaded: it is moved and not copied."""

    def temporary_file_path(self) -> str:
        """Return where it is."""
        return str(self.name)


class WholeFileStorage(FileSystemStorage):
    """Writes beside the place where a file belongs, and lets it in once every byte is there.

    So nobody reads half a file, and what does not fit on a disk that is full leaves nothing behind. Raises OSError as
    Django's own storage does.
    """

    def _save(self, name: str, content: File) -> Any:
        folder = Path(self.path(name)).parent
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{uuid.uuid4().hex}.part"
        try:
            with part.open("wb") as file:
                for chunk in content.chunks():
                    file.write(chunk if isinstance(chunk, bytes) else chunk.encode())
            with part.open("rb") as file:
                return super()._save(name, _Written(file))  # type: ignore[misc] # the method that storages are to have
        finally:
            part.unlink(missing_ok=True)


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """Yield the name of each file in a storage, or in one folder of it."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in files)
    for name in folders:
        yield from names_in(storage, f"{folder}{name}/")


@contextmanager
def on_disk(file: Any) -> Iterator[Path]:
    """Give a stored file to a program that reads from a disk: where it is, or a copy for as long as that takes."""
    if isinstance(file.storage, FileSystemStorage):
        yield Path(file.path)
        return
    with tempfile.NamedTemporaryFile() as copy, file.storage.open(file.name, "rb") as source:
        shutil.copyfileobj(source, copy)
        copy.flush()
        yield Path(copy.name)


def internal_address(alias: str, name: str, *, method: str) -> str:
    """Return where the web server in front finds a file, for a request with this method; see nginx-files.conf."""
    signed_address = getattr(storages[alias], "signed_address", None)
    return f"bucket/{signed_address(name, method=method)}" if signed_address else f"{alias}/{quote(name)}"
