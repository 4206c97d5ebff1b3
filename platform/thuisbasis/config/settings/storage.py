"""Where files are kept: in folders of this machine, or in a bucket that every machine reaches."""

from pathlib import Path
from typing import Any

DISK = "thuisbasis.base.storages.WholeFileStorage"
BUCKET = "thuisbasis.base.buckets.BucketStorage"
# Documents, recordings and what members share never stand in the folder that a web server publishes; who was erased is
# known outside the database, so that what is put back from a backup forgets them again.
OWN_FOLDERS = ("documents", "recordings", "private", "erased")


def storages_in(data_dir: Path, bucket: dict[str, Any], media_url: str) -> dict[str, dict[str, Any]]:
    """Return Django's STORAGES; `bucket` has the options of the bucket, or is empty."""
    if bucket:
        default: dict[str, Any] = {"BACKEND": BUCKET, "OPTIONS": {**bucket, "location": "media", "base_url": media_url}}
        own = {name: {"BACKEND": BUCKET, "OPTIONS": {**bucket, "location": name}} for name in OWN_FOLDERS}
    else:
        default = {"BACKEND": DISK}
        own = {
            name: {"BACKEND": DISK, "OPTIONS": {"location": data_dir / name, "base_url": None}} for name in OWN_FOLDERS
        }
    return {
        "default": default,
        **own,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
