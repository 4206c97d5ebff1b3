"""Questions of practices to each other, and the answers."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.exchange.models.post import PostModel
from members.exchange.querysets import AnswerQuerySet, QuestionQuerySet
from thuisbasis.network.models import AudienceModel


class Question(PostModel, AudienceModel):
    """A question to the network or to a working group; `practice` is where whoever asks works."""

    title = models.CharField(_("vraag"), max_length=160)
    slug = models.SlugField(_("adresdeel"), max_length=180, unique=True)
    themes = models.ManyToManyField("network.Theme", verbose_name=_("thema's"), blank=True, related_name="questions")
    accepted_answer = models.ForeignKey(
        "exchange.Answer",
        verbose_name=_("dit hielp"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    experts_asked_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the question's page."""
        return reverse("exchange:question", args=[self.slug])


class Answer(PostModel):
    """An answer to a question; whoever sees the question sees its answers."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("antwoord")
        verbose_name_plural = _("antwoorden")

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """Return where the answer stands on its question's page."""
        return f"{self.question.get_absolute_url()}#antwoord-{self.pk}"


class ThemeExpert(models.Model):
    """Somebody who helps when nobody answers a question on this theme."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="expertises")
    theme = models.ForeignKey("network.Theme", on_delete=models.CASCADE, related_name="experts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "theme"], name="expert_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.theme}"
