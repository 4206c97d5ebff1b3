"""Asking, answering, and saying what helped."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from members.exchange.models import Answer, Question
from members.exchange.policies import may_accept, may_ask
from thuisbasis.accounts.models import AuditAction
from thuisbasis.accounts.services import record
from thuisbasis.base.slugs import first_free_slug, slug_base
from thuisbasis.network.models import Audience, Practice, Theme
from thuisbasis.network.policies import Visitor, may_see
from thuisbasis.network.refusals import NotForYou
from thuisbasis.notices.services import notify
from thuisbasis.search.services import Hit, index, resembling

MOST_SIMILAR = 5
# Shorter words say nothing about the subject.


@transaction.atomic
def ask_question(
    *,
    author: Any,
    visitor: Visitor,
    practice: Practice,
    content: dict[str, Any],
    overridden: Iterable[str],
    now: datetime,
) -> Question:
    """Put a question to the network or to a working group.

    `content` has title, text, audience, working_group and themes; `overridden` are the kinds of
    traces that the author found harmless. Raises NotForYou for whoever may not write there.
    """
    group = content["working_group"] if content["audience"] == Audience.WORKING_GROUP else None
    group_id = group.pk if group else None
    allowed = content["audience"] in (Audience.NETWORK, Audience.WORKING_GROUP) and may_see(
        visitor, audience=content["audience"], practice_id=practice.pk, working_group_id=group_id
    )
    if not may_ask(visitor) or practice.pk not in visitor.network_practice_ids or not allowed:
        raise NotForYou
    base = slug_base(content["title"], "vraag")
    question = Question.objects.create(
        author=author,
        practice=practice,
        title=content["title"],
        slug=first_free_slug(base, set(Question.objects.filter(slug__startswith=base).values_list("slug", flat=True))),
        text=content["text"],
        audience=content["audience"],
        working_group=group,
        created_at=now,
    )
    themes: Iterable[Theme] = content["themes"]
    question.themes.set(themes)
    note_overridden(author, overridden, question.get_absolute_url(), now)
    index(instance=question)
    return question


def note_overridden(author: Any, kinds: Iterable[str], where: str, now: datetime) -> None:
    """Write down that somebody said that what looked like a resident's data is none."""
    if found := sorted(set(kinds)):
        detail = f"{', '.join(found)} {where}"
        record(action=AuditAction.PRIVACY_OVERRIDDEN, actor=author, detail=detail, now=now)


@transaction.atomic
def answer_question(
    *, question: Question, author: Any, visitor: Visitor, text: str, overridden: Iterable[str], now: datetime
) -> Answer:
    """Answer, and tell whoever asked or answered before; raises NotForYou for who may not see the question."""
    if not may_ask(visitor) or not Question.objects.visible_to(visitor).filter(pk=question.pk).exists():
        raise NotForYou
    answer = Answer.objects.create(question=question, author=author, text=text, created_at=now)
    involved = {question.author, *(other.author for other in question.answers.shown().select_related("author"))}
    notify(users=sorted(involved - {author}, key=lambda user: user.pk), kind="answer", source_pk=answer.pk, now=now)
    note_overridden(author, overridden, answer.get_absolute_url(), now)
    index(instance=question)
    return answer


@transaction.atomic
def accept_answer(*, answer: Answer, visitor: Visitor, now: datetime) -> None:
    """Say that this answer helped; saying it again takes it back. Raises NotForYou for anyone but who asked."""
    question = Question.objects.select_for_update().get(pk=answer.question_id)
    if not may_accept(visitor, question) or answer.hidden_at:
        raise NotForYou
    is_new = question.accepted_answer_id != answer.pk
    question.accepted_answer = answer if is_new else None
    question.save(update_fields=["accepted_answer"])
    if is_new and answer.author_id != question.author_id:
        notify(users=[answer.author], kind="accepted", source_pk=answer.pk, now=now)


def similar_to(*, text: str, visitor: Visitor) -> list[Hit]:
    """Return what this visitor may see and what looks like this question: questions first, by words in common.

    A question is a sentence, not a search: no single word of it needs to occur.
    """
    found = resembling(text=text, visitor=visitor, kind="question", most=MOST_SIMILAR)
    known = {hit.entry.pk for hit in found}
    rest = resembling(text=text, visitor=visitor, most=MOST_SIMILAR)
    return [*found, *(hit for hit in rest if hit.entry.pk not in known)][:MOST_SIMILAR]
