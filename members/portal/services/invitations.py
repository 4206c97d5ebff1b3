"""From the coordinator's "come and join us" to an account."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from members.portal.models import Invitation
from members.portal.policies import may_be_given
from thuisbasis.accounts.models import AuditAction, User
from thuisbasis.accounts.services import create_account, record
from thuisbasis.base.texts import Sentence
from thuisbasis.mail.services import Letter, write_letter
from thuisbasis.network.models import Practice, Role
from thuisbasis.network.policies import Visitor, may_coordinate
from thuisbasis.network.services import NotYours, join_practice, lock_practice

VALID_FOR = timedelta(days=14)
CODE_VALID_FOR = timedelta(minutes=10)
MOST_GUESSES = 5
KEPT_FOR = timedelta(days=30)


class CodeIsWrong(Exception):
    """The code does not fit, is too old, or was guessed at too often."""


class InvitationIsOver(Exception):
    """Somebody was quicker: the invitation was accepted or revoked meanwhile."""


class InvitationIsForSomebodyElse(Exception):
    """Whoever is logged in is not the one who was invited."""


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *, practice: Practice, email: str, role: str, actor: User, visitor: Visitor, language: str, now: datetime
) -> Invitation:
    """Invite an address for a practice and mail the link; inviting again makes a new link and kills the old one.

    Nothing that happens here depends on whether the address has an account. Raises NotYours for
    anyone but a coordinator of the practice, and for a role that coordinators do not give.
    """
    if not may_coordinate(visitor, practice_id=practice.pk) or not may_be_given(role):
        raise NotYours
    lock_practice(practice)
    token = secrets.token_urlsafe(32)
    invitation, _is_new = Invitation.objects.open().update_or_create(
        practice=practice,
        email=email.strip().lower(),
        defaults={
            "token_hash": _hash(token),
            "role": role,
            "invited_by": actor,
            "created_at": now,
            "expires_at": now + VALID_FOR,
            "code_hash": "",
        },
    )
    record(action=AuditAction.INVITED, actor=actor, practice=practice, detail=role, now=now)
    with translation.override(language):
        url = settings.SITE_URL + reverse("portal:invitation", args=[token])
    write_letter(letter=_letter(invitation, actor, url), to=invitation.email, language=language)
    return invitation


def _letter(invitation: Invitation, actor: User, url: str) -> Letter:
    names = {"practice": invitation.practice.name, "person": str(actor), "role": Role(invitation.role).label}
    return Letter(
        subject=Sentence(_("Uitnodiging voor %(practice)s op Thuisbasis"), names),
        paragraphs=(
            Sentence(_("%(person)s nodigt je uit voor Thuisbasis, als %(role)s van %(practice)s."), names),
            _("Op Thuisbasis helpen de Housing First-praktijken elkaar: met kennis, vragen en documenten."),
            _("De uitnodiging is alleen voor jou en geldt veertien dagen. Doorsturen heeft geen zin."),
        ),
        action_label=_("Bekijk de uitnodiging"),
        action_url=url,
        closing=_("Ken je deze praktijk niet? Dan mag je deze mail weggooien."),
    )


def usable_invitation(*, token: str, now: datetime) -> Invitation | None:
    """Return the invitation that this link opens, or None when it never did or no longer does."""
    invitations = Invitation.objects.usable(now).select_related("practice", "invited_by")
    return invitations.filter(token_hash=_hash(token)).first()


@transaction.atomic
def send_code(*, invitation: Invitation, language: str, now: datetime) -> None:
    """Mail a code of six digits to the invited address; asked again within half a minute, nothing happens."""
    recently = now + CODE_VALID_FOR - timedelta(seconds=30)
    if invitation.code_hash and invitation.code_expires_at and invitation.code_expires_at > recently:
        return
    code = f"{secrets.randbelow(1_000_000):06d}"
    invitation.code_hash = make_password(code)
    invitation.code_expires_at = now + CODE_VALID_FOR
    invitation.code_attempts = 0
    invitation.save(update_fields=["code_hash", "code_expires_at", "code_attempts"])
    letter = Letter(
        subject=_("Je code voor Thuisbasis"),
        paragraphs=(
            _("Vul deze code in op de pagina van de uitnodiging:"),
            code,
            _("De code werkt tien minuten. Geef hem aan niemand."),
        ),
    )
    write_letter(letter=letter, to=invitation.email, language=language)


def check_code(*, invitation: Invitation, code: str, now: datetime) -> None:
    """Return when the code proves that this is the invited person; raises CodeIsWrong.

    The guess is counted before it is checked, so that guessing in parallel gains nothing.
    """
    guesses = Invitation.objects.filter(pk=invitation.pk, code_attempts__lt=MOST_GUESSES, code_expires_at__gt=now)
    if not guesses.update(code_attempts=F("code_attempts") + 1):
        raise CodeIsWrong
    if not check_password("".join(code.split()), invitation.code_hash):
        raise CodeIsWrong


@transaction.atomic
def accept_as_newcomer(
    *, invitation: Invitation, password: str, first_name: str, last_name: str, language: str, now: datetime
) -> User:
    """Create the account of the invited person, who belongs to the practice from today on; raises InvitationIsOver."""
    _claim(invitation, now)
    user = create_account(
        email=invitation.email, password=password, first_name=first_name, last_name=last_name, language=language
    )
    _accept(invitation, user, now)
    return user


@transaction.atomic
def accept_as_member(*, invitation: Invitation, user: User, now: datetime) -> None:
    """Let somebody who has an account already join; raises InvitationIsForSomebodyElse or InvitationIsOver."""
    if user.email.lower() != invitation.email:
        raise InvitationIsForSomebodyElse
    _claim(invitation, now)
    _accept(invitation, user, now)


def _claim(invitation: Invitation, now: datetime) -> None:
    """Use the invitation up, before anything is made of it, so that a double click accepts once."""
    if not Invitation.objects.usable(now).filter(pk=invitation.pk).update(accepted_at=now, code_hash=""):
        raise InvitationIsOver


def _accept(invitation: Invitation, user: User, now: datetime) -> None:
    join_practice(user=user, practice=invitation.practice, role=invitation.role, now=now)
    record(
        action=AuditAction.INVITATION_ACCEPTED,
        actor=user,
        subject=user,
        practice=invitation.practice,
        detail=invitation.role,
        now=now,
    )


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, actor: User, visitor: Visitor, now: datetime) -> None:
    """Make the link worthless; raises NotYours for anyone but a coordinator of the practice."""
    if not may_coordinate(visitor, practice_id=invitation.practice_id):
        raise NotYours
    Invitation.objects.open().filter(pk=invitation.pk).update(revoked_at=now)
    record(action=AuditAction.INVITATION_REVOKED, actor=actor, practice=invitation.practice, now=now)


@task()
def forget_old_invitations() -> int:
    """Remove invitations that have been over for a month, and return how many."""
    return Invitation.objects.long_over(timezone.now() - KEPT_FOR).delete()[0]
