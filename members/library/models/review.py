"""What others say about a document: comments, and answers to a request to look at it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.exchange.models import PostModel
from members.library.models.document import Document
from members.library.querysets import CommentQuerySet, ReviewQuerySet


class Comment(PostModel):
    """A remark under a document; whoever sees the document sees it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="comments")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("opmerking")
        verbose_name_plural = _("opmerkingen")

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """Return where the comment stands."""
        return f"{self.document.get_absolute_url()}#opmerking-{self.pk}"


class ReviewAnswer(models.TextChoices):
    """What somebody thinks of a document."""

    APPROVED = "approved", _("akkoord")
    REMARKS = "remarks", _("nog niet: zie mijn opmerking")


class ReviewRequest(models.Model):
    """Somebody is asked to look at a version before a day."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="reviews")
    version_number = models.PositiveIntegerField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("wie"), on_delete=models.CASCADE, related_name="+"
    )
    due_date = models.DateField(_("voor"))
    created_at = models.DateTimeField()
    answer = models.CharField(_("antwoord"), max_length=10, choices=ReviewAnswer.choices, blank=True)
    remark = models.CharField(_("opmerking"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["document", "version_number", "reviewer"], name="asked_once_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.reviewer}"
