"""Keeps documents in step with what the worker found, and with who comes and goes."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from members.library.models import ReviewRequest
from members.library.services import release_documents, settle_version
from thuisbasis.accounts.models import User
from thuisbasis.accounts.signals import person_erased
from thuisbasis.files.models import StoredFile
from thuisbasis.files.signals import file_examined
from thuisbasis.network.models import Practice
from thuisbasis.network.signals import membership_ended


def connect() -> None:
    """Listen to the files, the network and the accounts."""
    file_examined.connect(_file_examined, dispatch_uid="library-examined")
    membership_ended.connect(_membership_ended, dispatch_uid="library-left")
    person_erased.connect(_person_erased, dispatch_uid="library-erased")


def _file_examined(stored_file: StoredFile, **kwargs: Any) -> None:
    for version in stored_file.versions.select_related("document", "created_by"):
        version.file = stored_file
        settle_version(version=version, now=timezone.now())


def _membership_ended(user: User, practice: Practice, now: datetime, **kwargs: Any) -> None:
    """Give back what somebody looked after; nobody waits any longer for his or her opinion."""
    release_documents(user=user, practice=practice)
    ReviewRequest.objects.waiting().filter(reviewer=user, document__practice=practice).delete()


def _person_erased(user: User, **kwargs: Any) -> None:
    ReviewRequest.objects.waiting().filter(reviewer=user).delete()
