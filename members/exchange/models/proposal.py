"""A member's proposal for an article of the site."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Proposal(models.Model):
    """Ties a draft article to the member who proposed it; what becomes of it is the article's own workflow."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    page = models.OneToOneField(
        "knowledge.PracticeArticlePage", null=True, on_delete=models.SET_NULL, related_name="proposal"
    )
    title = models.CharField(_("titel"), max_length=120)
    # Somebody of the practice said on this moment that the practice agrees to be named.
    practice_agreed_at = models.DateTimeField()
    credits_author = models.BooleanField(_("mijn naam mag erbij"), default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("voorstel")
        verbose_name_plural = _("voorstellen")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the proposal's page in the portal."""
        return reverse("exchange:proposal", args=[self.key])


class ProposalMessage(models.Model):
    """What editors and the member wrote to each other about a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("tekst"), max_length=2000)
    is_from_editors = models.BooleanField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
