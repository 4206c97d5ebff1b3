"""What the library holds about people, for the register of personal data."""

from django.utils.translation import gettext_lazy as _

from thuisbasis.accounts.registry import Erasure, PersonalData, declare_personal

TO_SHARE = _("Om te weten wie een document deelde en ernaar omkijkt.")
STAYS = _("Het document blijft van de praktijk, zonder je naam, ook als je weg bent.")
TO_REVIEW = _("Om samen naar een document te kijken.")


def declare() -> None:
    """Put documents, versions, comments and reviews in the register."""
    fields = ("title", "description", "created_at", "shared_at")
    review = ("document__title", "due_date", "answer", "remark", "answered_at")
    declare_personal(
        [
            _kept("library.Document", "author", fields, TO_SHARE),
            _kept("library.Document", "owner", fields, TO_SHARE),
            _kept("library.DocumentVersion", "created_by", ("number", "note", "created_at"), TO_SHARE),
            _kept("library.Comment", "author", ("text", "created_at"), TO_REVIEW),
            _kept("library.ReviewRequest", "asked_by", review, TO_REVIEW),
            _kept("library.ReviewRequest", "reviewer", review, TO_REVIEW),
        ]
    )


def _kept(model: str, owner: str, fields: tuple[str, ...], purpose: object) -> PersonalData:
    return PersonalData(model=model, owner=owner, fields=fields, purpose=purpose, term=STAYS, erasure=Erasure.KEEP)
