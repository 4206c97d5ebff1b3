"""The view of a colleague from another care provider."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.assessments.models.assessment import Assessment
from members.assessments.querysets import PeerReviewQuerySet


class PeerReview(models.Model):
    """A practice asks somebody to look; what is found is the practice's own, to share or not."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    visit_date = models.DateField(_("dag van het bezoek"), null=True, blank=True)
    summary = models.TextField(_("wat viel je op?"), blank=True)
    submitted_at = models.DateTimeField(null=True)
    check_until_date = models.DateField(null=True)
    remark = models.TextField(_("wat klopt er niet?"), blank=True)
    remarked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)

    objects = PeerReviewQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("blik van buiten")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(closed_at__isnull=True), name="one_open_review_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    def get_absolute_url(self) -> str:
        """Return its page."""
        return reverse("assessments:review", args=[self.key])

    @property
    def title(self) -> str:
        """Return whom it is about, for sentences."""
        return str(self.assessment.practice)
