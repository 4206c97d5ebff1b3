"""What a team is going to do about it: plan, do, check, act."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.assessments.models.assessment import Assessment
from members.assessments.querysets import ActionQuerySet


class ActionState(models.TextChoices):
    """Where an action is."""

    TO_DO = "todo", _("te doen")
    DOING = "doing", _("bezig")
    CHECKING = "checking", _("nakijken")
    DONE = "done", _("klaar")


class ImprovementAction(models.Model):
    """One action, for one or more items of an assessment."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="actions")
    title = models.CharField(_("wat gaan jullie doen?"), max_length=160)
    item_codes = models.JSONField(default=list)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("wie zorgt ervoor?"), on_delete=models.PROTECT, related_name="+"
    )
    due_date = models.DateField(_("klaar op"))
    state = models.CharField(max_length=10, choices=ActionState.choices, default=ActionState.TO_DO)
    plan = models.TextField(_("plan: zo pakken we het aan"), blank=True)
    do = models.TextField(_("doen: dit is er gebeurd"), blank=True)
    check_text = models.TextField(_("nakijken: hielp het?"), blank=True)
    act = models.TextField(_("bijstellen: zo gaan we verder"), blank=True)
    documents = models.ManyToManyField("library.Document", blank=True, related_name="+")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["state", "due_date", "pk"]
        verbose_name = _("verbeteractie")
        verbose_name_plural = _("verbeteracties")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | (~Q(check_text="") & Q(closed_at__isnull=False)),
                name="closed_actions_say_whether_it_helped",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return its page."""
        return reverse("assessments:action", args=[self.key])

    def is_late(self, today: date) -> bool:
        """Say whether it should have been done by now."""
        return self.state != ActionState.DONE and self.due_date < today


class ActionReminder(models.Model):
    """That the owner was reminded, so that nobody is reminded twice; a new day reminds anew."""

    action = models.ForeignKey(ImprovementAction, on_delete=models.CASCADE, related_name="reminders")
    due_date = models.DateField()
    offset = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "due_date", "offset"], name="action_reminded_once")]

    def __str__(self) -> str:
        return f"{self.due_date:%Y-%m-%d} {self.offset:+d}"
