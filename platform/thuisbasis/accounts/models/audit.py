"""The audit log: who did what to whom, kept for thirteen months and never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditAction(models.TextChoices):
    """What is worth remembering."""

    LOGGED_IN = "logged_in", _("ingelogd")
    LOGGED_OUT = "logged_out", _("uitgelogd")
    LOGIN_REFUSED = "login_refused", _("inloggen geweigerd")
    ACCESS_REFUSED = "access_refused", _("toegang geweigerd")
    PASSWORD_CHANGED = "password_changed", _("wachtwoord gewijzigd")
    FACTOR_ADDED = "factor_added", _("tweede stap toegevoegd")
    FACTOR_REMOVED = "factor_removed", _("tweede stap weggehaald")
    INVITED = "invited", _("uitgenodigd")
    INVITATION_ACCEPTED = "invitation_accepted", _("uitnodiging aangenomen")
    INVITATION_REVOKED = "invitation_revoked", _("uitnodiging ingetrokken")
    ROLE_CHANGED = "role_changed", _("rol gewijzigd")
    HANDED_OVER = "handed_over", _("coördinatie overgedragen")
    OFF_BOARDED = "off_boarded", _("uit dienst gemeld")
    STILL_HERE = "still_here", _("bevestigd: werkt hier nog")
    EXPORTED = "exported", _("gegevens opgehaald")
    ERASED = "erased", _("gegevens gewist")
    PRACTICE_PROPOSED = "practice_proposed", _("wijziging van de praktijk voorgesteld")
    DOCUMENT_SHARED = "document_shared", _("document gedeeld")
    DOCUMENT_WITHDRAWN = "document_withdrawn", _("document weggehaald")
    AUDIENCE_WIDENED = "audience_widened", _("door meer mensen te zien")
    AUDIENCE_CHANGED = "audience_changed", _("andere zichtbaarheid")
    DOWNLOADED = "downloaded", _("document gedownload")
    PRIVACY_OVERRIDDEN = "privacy_overridden", _("privacywaarschuwing weggeklikt")
    POST_REPORTED = "post_reported", _("bericht gemeld")
    POST_HIDDEN = "post_hidden", _("bericht verborgen")
    POST_SHOWN = "post_shown", _("bericht weer getoond")
    QUEUE_CHANGED = "queue_changed", _("volgorde van een wachtlijst veranderd")
    PARTICIPANTS_EXPORTED = "participants_exported", _("deelnemerslijst opgehaald")
    PARTICIPANTS_MAILED = "participants_mailed", _("deelnemers gemaild")
    SSO_CONNECTED = "sso_connected", _("organisatie-account gekoppeld")


class AuditEntry(models.Model):
    """One line of the log.

    It knows people by number only, so that it can outlive an erased person without naming
    anyone, and it holds no addresses, codes or secrets. Triggers in the database refuse to
    change a line, or to remove one before its term.
    """

    at = models.DateTimeField(_("wanneer"), db_index=True)
    action = models.CharField(_("wat"), max_length=30, choices=AuditAction.choices)
    actor_key = models.BigIntegerField(_("wie"), null=True, db_index=True)
    subject_key = models.BigIntegerField(_("over wie"), null=True, db_index=True)
    practice_key = models.BigIntegerField(_("praktijk"), null=True)
    detail = models.CharField(_("bijzonderheden"), max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("regel van het logboek")
        verbose_name_plural = _("logboek")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_action_display()}"
