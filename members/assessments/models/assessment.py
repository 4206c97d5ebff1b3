"""Rounds, and in each the assessment of a practice."""

import uuid
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.assessments.models.instrument import InstrumentVersion
from members.assessments.policies import State
from members.assessments.querysets import AssessmentQuerySet, PracticesOwnQuerySet, RoundQuerySet


class AssessmentRound(models.Model):
    """A time in which practices assess themselves with the same version; its end freezes the benchmark."""

    title = models.CharField(_("naam"), max_length=120)
    version = models.ForeignKey(
        InstrumentVersion,
        verbose_name=_("instrument"),
        on_delete=models.PROTECT,
        related_name="rounds",
        limit_choices_to={"status": "published"},
    )
    opens_date = models.DateField(_("van"))
    closes_date = models.DateField(_("tot en met"))
    peer_question = models.CharField(
        _("ook vergelijken met dezelfde praktijken"),
        max_length=20,
        blank=True,
        help_text=_("De code van een vraag over de praktijk: wie daar hetzelfde antwoordt, is een groep."),
    )
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_date", "-pk"]
        verbose_name = _("ronde")
        verbose_name_plural = _("rondes")
        constraints = [
            models.CheckConstraint(condition=Q(closes_date__gte=F("opens_date")), name="round_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Raise ValidationError for another version once practices have begun: they keep what they began with."""
        super().clean()
        before = AssessmentRound.objects.filter(pk=self.pk, assessments__isnull=False).first()
        if before is not None and before.version_id != self.version_id:
            raise ValidationError({"version": _("Praktijken zijn al begonnen met deze versie. Maak een nieuwe ronde.")})

    def is_open(self, today: date) -> bool:
        """Say whether practices may begin today."""
        return self.closed_at is None and self.opens_date <= today <= self.closes_date


class Assessment(models.Model):
    """What one practice finds of itself in one round."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(AssessmentRound, on_delete=models.PROTECT, related_name="assessments")
    practice = models.ForeignKey("network.Practice", on_delete=models.PROTECT, related_name="+")
    profile = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    reopened_reason = models.CharField(max_length=500, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-round__opens_date", "practice__name"]
        verbose_name = _("zelfevaluatie")
        verbose_name_plural = _("zelfevaluaties")
        constraints = [models.UniqueConstraint(fields=["round", "practice"], name="one_assessment_per_round")]

    def __str__(self) -> str:
        return f"{self.practice}, {self.round}"

    def get_absolute_url(self) -> str:
        """Return the page of the team."""
        return reverse("assessments:assessment", args=[self.key])

    @property
    def title(self) -> str:
        """Return the name of the round, for sentences."""
        return self.round.title

    @property
    def report_url(self) -> str:
        """Return the page of its report."""
        return reverse("assessments:report", args=[self.key])

    @property
    def version(self) -> InstrumentVersion:
        """Return the version that its round asks."""
        return self.round.version


class Evidence(models.Model):
    """What a team points to: a document of the exchange, or a file of its own; never about residents."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="evidence")
    item_code = models.CharField(max_length=20)
    title = models.CharField(max_length=160)
    document = models.ForeignKey("library.Document", null=True, on_delete=models.SET_NULL, related_name="+")
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = PracticesOwnQuerySet.as_manager()

    class Meta:
        ordering = ["item_code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=True) | Q(file__isnull=True), name="evidence_is_a_document_or_a_file"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SharingConsent(models.Model):
    """A practice lets its outcome count in what others are compared with; withdrawn, the next round goes without."""

    practice = models.ForeignKey("network.Practice", on_delete=models.CASCADE, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice"], condition=Q(withdrawn_at__isnull=True), name="one_sharing_consent_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice}, {self.given_at:%Y-%m-%d}"


class LogEntry(models.Model):
    """Who changed what, from what into what; the database refuses to change or remove a line.

    It knows people by number only, so that it outlives an erased account without naming anybody.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="log")
    at = models.DateTimeField()
    actor_key = models.BigIntegerField(null=True)
    what = models.CharField(max_length=30)
    item_code = models.CharField(max_length=20, blank=True)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    # A rater's own answers, and when somebody handed in, stay the rater's own, in the log too.
    is_blind = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} {self.item_code}".strip()
