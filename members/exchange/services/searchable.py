"""Declares what of the exchange is found by searching."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from members.exchange.models import Announcement, Question
from thuisbasis.search.registry import Declaration, Findable, declare_searchable


def declare() -> None:
    """Tell search about questions with their answers, and announcements."""
    declare_searchable(
        Declaration(model=Question, rows=_questions, describe=describe_question),
        kinds={"question": _("Vragen van leden")},
    )
    declare_searchable(
        Declaration(model=Announcement, rows=_announcements, describe=describe_announcement),
        kinds={"announcement": _("Berichten van de stuurgroep")},
    )


def describe_question(question: Question) -> Findable | None:
    """Return what is findable of a question: its own text and the answers that are shown; None when it is hidden."""
    if question.hidden_at:
        return None
    answers = question.answers.shown().values_list("text", flat=True)
    themes = question.themes.all().shared_slugs()
    return _findable("question", question, "\n".join([question.text, *answers]), themes)


def describe_announcement(announcement: Announcement) -> Findable | None:
    """Return what is findable of an announcement; None when it is hidden."""
    return None if announcement.hidden_at else _findable("announcement", announcement, announcement.text)


def _findable(kind: str, post: Any, text: str, themes: Iterable[str] = ()) -> Findable:
    return Findable(
        kind=kind,
        language="nl",
        name=post.title,
        summary=Truncator(post.text).chars(200),
        text=text,
        url=post.get_absolute_url(),
        audience=post.audience,
        practice_id=post.practice_id,
        working_group_id=post.working_group_id,
        published_at=post.created_at,
        facets=tuple(("theme", slug) for slug in themes),
    )


def _questions() -> Iterable[Question]:
    return Question.objects.shown().iterator()


def _announcements() -> Iterable[Announcement]:
    return Announcement.objects.shown().iterator()
