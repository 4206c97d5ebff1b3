"""What the exchange holds about people, for the register of personal data."""

from django.utils.translation import gettext_lazy as _

from thuisbasis.accounts.registry import Erasure, PersonalData, declare_personal

TO_ASK = _("Om elkaar te vragen en te antwoorden.")
STAYS = _("De tekst blijft staan zonder je naam, ook als je weg bent.")


def declare() -> None:
    """Put questions, answers, announcements and proposals in the register."""
    declare_personal(
        [
            _text("exchange.Question", ("title", "text", "created_at")),
            _text("exchange.Answer", ("text", "created_at")),
            _text("exchange.Announcement", ("title", "text", "created_at")),
            _text("exchange.Proposal", ("title", "created_at", "practice_agreed_at", "credits_author")),
            _text("exchange.ProposalMessage", ("text", "created_at")),
            PersonalData(
                model="exchange.Report",
                owner="reporter",
                fields=("reason", "created_at", "handled_at"),
                purpose=_("Om teksten weg te halen die te veel zeggen."),
                term=_("Zolang je account bestaat."),
                erasure=Erasure.DELETE,
            ),
            PersonalData(
                model="exchange.ThemeExpert",
                owner="user",
                fields=("theme__name",),
                purpose=_("Om je te vragen als een vraag blijft liggen."),
                term=_("Zolang je account bestaat."),
                erasure=Erasure.DELETE,
            ),
        ]
    )


def _text(model: str, fields: tuple[str, ...]) -> PersonalData:
    return PersonalData(model=model, owner="author", fields=fields, purpose=TO_ASK, term=STAYS, erasure=Erasure.KEEP)
