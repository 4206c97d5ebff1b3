"""Storage on a disk, where a file is there as a whole or not at all."""

import uuid
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage


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
