"""Use cases of the files."""

from .examining import examine_file, examine_waiting, scanner_state
from .receiving import (
    OffsetIsWrong,
    TooManyUploads,
    UploadIsTooLarge,
    forget_old_uploads,
    open_upload,
    receive_part,
    start_upload,
    stop_upload,
)
from .recordings import measure_recording_loudness
from .storing import StorageIsFull, forget_stray_files, remove_file, store_file, store_portrait, storing_file

__all__ = [
    "OffsetIsWrong",
    "StorageIsFull",
    "TooManyUploads",
    "UploadIsTooLarge",
    "examine_file",
    "examine_waiting",
    "forget_old_uploads",
    "forget_stray_files",
    "measure_recording_loudness",
    "open_upload",
    "receive_part",
    "remove_file",
    "scanner_state",
    "start_upload",
    "stop_upload",
    "store_file",
    "store_portrait",
    "storing_file",
]
