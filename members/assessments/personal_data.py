"""What the self-assessment holds about people, for the register of personal data."""

from django.utils.translation import gettext_lazy as _

from thuisbasis.accounts.registry import Erasure, PersonalData, declare_personal

TO_LEARN = _("Om als team te zien hoe het gaat en wat beter kan.")
STAYS = _("Het werk van je praktijk blijft staan, zonder je naam.")


def declare() -> None:
    """Put forms, what people agreed and did, and the log in the register."""
    declare_personal(
        [
            _work("assessments.RaterResponse", "user", ("role", "is_on_paper", "asked_at", "submitted_at")),
            _work("assessments.Answer", "response__user", ("item_code", "choice", "reason", "saved_at")),
            _work("assessments.Consensus", "saved_by", ("item_code", "choice", "reason", "note", "saved_at")),
            _work("assessments.Assessment", "started_by", ("started_at",)),
            _work("assessments.Evidence", "added_by", ("title", "added_at")),
            _work("assessments.SharingConsent", "given_by", ("given_at", "withdrawn_at")),
            _work("assessments.PeerReview", "reviewer", ("visit_date", "summary", "asked_at", "submitted_at")),
            _work("assessments.PeerReview", "asked_by", ("asked_at", "remark")),
            _work("assessments.ExternalRating", "review__reviewer", ("item_code", "choice", "note", "saved_at")),
            _work("assessments.Report", "finalised_by", ("finalised_at", "reason")),
            _work("assessments.BuddyOffer", "offered_by", ("item_code", "offered_at")),
            _work(
                "assessments.ImprovementAction",
                "owner",
                ("title", "due_date", "state", "plan", "do", "check_text", "act", "created_at"),
            ),
            PersonalData(
                model="assessments.LogEntry",
                owner="",
                fields=(),
                purpose=_("Om te kunnen nagaan wie wat veranderde."),
                term=_("Zolang de zelfevaluatie bestaat; na wissen blijft alleen een nummer over."),
                erasure=Erasure.KEEP,
            ),
        ]
    )


def _work(model: str, owner: str, fields: tuple[str, ...]) -> PersonalData:
    return PersonalData(model=model, owner=owner, fields=fields, purpose=TO_LEARN, term=STAYS, erasure=Erasure.KEEP)
