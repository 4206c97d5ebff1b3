"""What the door holds about people, for the register of personal data."""

from django.utils.translation import gettext_lazy as _

from thuisbasis.accounts.registry import Erasure, PersonalData, declare_personal

WHILE_ACCOUNT = _("Zolang je account bestaat.")
TO_LOG_IN = _("Om je te laten inloggen en je account te beschermen.")


ENTRIES = [
    PersonalData(
        model="accounts.User",
        owner="pk",
        fields=(
            "email",
            "first_name",
            "last_name",
            "language",
            "date_joined",
            "last_login",
            "sessions_ended_at",
            "erased_at",
        ),
        purpose=_("Om te weten wie je bent en je te mailen."),
        term=WHILE_ACCOUNT,
        erasure=Erasure.SPECIAL,
    ),
    PersonalData(
        model="account.EmailAddress",
        owner="user",
        fields=("email", "verified", "primary"),
        purpose=TO_LOG_IN,
        term=WHILE_ACCOUNT,
        erasure=Erasure.DELETE,
    ),
    PersonalData(
        model="mfa.Authenticator",
        owner="user",
        fields=("type", "created_at", "last_used_at"),
        purpose=TO_LOG_IN,
        term=WHILE_ACCOUNT,
        erasure=Erasure.DELETE,
    ),
    PersonalData(
        model="socialaccount.SocialAccount",
        owner="user",
        fields=("provider", "uid", "date_joined", "last_login"),
        purpose=TO_LOG_IN,
        term=WHILE_ACCOUNT,
        erasure=Erasure.DELETE,
    ),
    PersonalData(
        model="usersessions.UserSession",
        owner="user",
        fields=("created_at", "last_seen_at", "ip", "user_agent"),
        purpose=_("Om je te laten zien waar je bent ingelogd."),
        term=_("Tot je uitlogt, hooguit zeven dagen."),
        erasure=Erasure.DELETE,
    ),
    PersonalData(
        model="accounts.AuditEntry",
        owner="actor_key",
        fields=("at", "action", "detail"),
        purpose=_("Om misbruik te kunnen vinden. In het logboek staat een nummer, geen naam."),
        term=_("Dertien maanden."),
        erasure=Erasure.KEEP,
    ),
    PersonalData(
        model="mail.OutgoingMail",
        owner="",
        fields=("recipients", "subject", "content"),
        purpose=_("Om mail te bezorgen."),
        term=_("De inhoud tot de mail is bezorgd, het adres dertig dagen."),
        erasure=Erasure.SPECIAL,
    ),
]


def declare() -> None:
    """Put accounts, second steps, sessions, the log and the outbox in the register."""
    declare_personal(ENTRIES)
