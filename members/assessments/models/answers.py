"""Answers of three kinds: of a rater, of the team together, and of a reviewer from elsewhere."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.assessments.models.assessment import Assessment
from members.assessments.models.review import PeerReview
from members.assessments.querysets import RaterResponseQuerySet


class RaterResponse(models.Model):
    """The form of one rater; `user` typed it in, also when somebody filled it in on paper."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="responses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("ik ben"), max_length=40, blank=True)
    is_on_paper = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    objects = RaterResponseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("formulier van een beoordelaar")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "user"], condition=Q(is_on_paper=False), name="one_form_per_rater"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    def get_absolute_url(self) -> str:
        """Return where the rater goes on."""
        return reverse("assessments:response", args=[self.key])


class EntryModel(models.Model):
    """One answer to one item; `row_version` counts its changes, so that nobody overwrites another unseen."""

    item_code = models.CharField(max_length=20)
    choice = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    row_version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.item_code}: {self.choice}"


class Answer(EntryModel):
    """What one rater answers."""

    response = models.ForeignKey(RaterResponse, on_delete=models.CASCADE, related_name="answers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "item_code"], name="one_answer_per_item")]


class Consensus(EntryModel):
    """What the team agrees on; the note says why where raters lay far apart."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="consensus")
    note = models.TextField(blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "item_code"], name="one_consensus_per_item")]


class ExternalRating(EntryModel):
    """What a reviewer from another care provider finds; it never enters a score or a benchmark."""

    review = models.ForeignKey(PeerReview, on_delete=models.CASCADE, related_name="ratings")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "item_code"], name="one_rating_per_item")]
