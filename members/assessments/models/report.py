"""What an assessment came to: a report that stays as it was, its scores, and what others are compared with."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.assessments.models.assessment import Assessment, AssessmentRound
from members.assessments.models.instrument import Instrument
from members.assessments.querysets import BenchmarkQuerySet, BuddyOfferQuerySet, PracticesOwnQuerySet


class Report(models.Model):
    """The outcome as it was when somebody made it final; a later change makes a new one beside it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="reports")
    revision = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    engine_version = models.CharField(max_length=10)
    checksum = models.CharField(max_length=64)
    is_comparable = models.BooleanField(default=False)
    finalised_at = models.DateTimeField()
    finalised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    objects = PracticesOwnQuerySet.as_manager()

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["assessment", "revision"], name="one_report_per_revision")]

    def __str__(self) -> str:
        return f"{self.assessment_id}.{self.revision}"


class Score(models.Model):
    """One score as a fraction; `section_code` is empty for the whole. No numerator is no score."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="scores")
    section_code = models.CharField(max_length=20, blank=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    answered_weight = models.CharField(max_length=40, blank=True)
    applicable_weight = models.CharField(max_length=40, blank=True)
    is_flagged = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "section_code"], name="one_score_per_section")]

    def __str__(self) -> str:
        return f"{self.section_code}: {self.numerator}/{self.denominator}"


class Benchmark(models.Model):
    """What a practice is compared with in a round, computed once at its close; without a practice: the network's.

    `content` maps codes of sections and items, and "" for the whole, to counts, reasons and fractions.
    """

    round = models.ForeignKey(AssessmentRound, on_delete=models.PROTECT, related_name="benchmarks")
    practice = models.ForeignKey("network.Practice", null=True, on_delete=models.CASCADE, related_name="+")
    peer_group = models.CharField(max_length=20, default="network")
    count = models.PositiveIntegerField()
    content = models.JSONField()
    policy = models.CharField(max_length=120)
    checksum = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    objects = BenchmarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "practice", "peer_group"], name="one_benchmark_per_practice"),
            models.UniqueConstraint(
                fields=["round", "peer_group"], condition=Q(practice__isnull=True), name="one_benchmark_of_the_network"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.practice_id or ''} {self.peer_group}"


class BuddyOffer(models.Model):
    """A practice where this goes well, and that is willing to be asked about it."""

    practice = models.ForeignKey("network.Practice", on_delete=models.CASCADE, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="+")
    item_code = models.CharField(max_length=20)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()

    objects = BuddyOfferQuerySet.as_manager()

    class Meta:
        ordering = ["practice__name"]
        verbose_name = _("aanbod om mee te denken")
        constraints = [
            models.UniqueConstraint(fields=["practice", "instrument", "item_code"], name="one_offer_per_item"),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.item_code}"
