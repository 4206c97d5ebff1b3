"""Nobody's question stays without an answer: after a week, who knows the theme is asked."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from members.exchange.models import Question, ThemeExpert
from members.exchange.querysets import working_days_before
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Theme
from thuisbasis.network.services import people_reached
from thuisbasis.notices.services import notify

PATIENCE_DAYS = 5


@transaction.atomic
def choose_expertise(*, user: Any, themes: Iterable[Theme]) -> None:
    """Note on which themes somebody wants to help."""
    chosen = list(themes)
    ThemeExpert.objects.filter(user=user).exclude(theme__in=chosen).delete()
    for theme in chosen:
        ThemeExpert.objects.get_or_create(user=user, theme=theme)


@task()
def ask_theme_experts() -> int:
    """Ask those who know the theme about every question that waits for five working days; return how many questions."""
    return ask_experts_at(now=timezone.now())


def ask_experts_at(*, now: datetime) -> int:
    """Ask about each question once; only people who may see it."""
    limit = working_days_before(now, PATIENCE_DAYS)
    waiting = Question.objects.shown().unanswered().filter(created_at__lte=limit, experts_asked_at__isnull=True)
    questions = list(waiting)
    for question in questions:
        _ask(question, now)
    return len(questions)


@transaction.atomic
def _ask(question: Question, now: datetime) -> None:
    reached = people_reached(
        audience=question.audience,
        practice_id=question.practice_id,
        working_group_id=question.working_group_id,
        today=timezone.localdate(now),
    )
    experts = ThemeExpert.objects.filter(theme__in=question.themes.all()).exclude(user=question.author_id)
    users = User.objects.filter(pk__in=reached.values("pk")).filter(pk__in=experts.values("user")).order_by("pk")
    notify(users=users, kind="expert", source_pk=question.pk, now=now)
    Question.objects.filter(pk=question.pk).update(experts_asked_at=now)
