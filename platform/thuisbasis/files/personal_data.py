"""What the files hold about people, for the register of personal data."""

from django.utils.translation import gettext_lazy as _

from thuisbasis.accounts.registry import Erasure, PersonalData, declare_personal


def declare() -> None:
    """Put unfinished uploads in the register."""
    declare_personal(
        [
            PersonalData(
                model="files.PartialUpload",
                owner="user",
                fields=("name", "size", "changed_at"),
                purpose=_("Om een groot bestand na een onderbreking verder te kunnen versturen."),
                term=_("Een dag."),
                erasure=Erasure.DELETE,
            )
        ]
    )
