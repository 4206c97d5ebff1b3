"""Questions, announcements and proposals: on the dashboard, in the inbox and in digests."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledge.models import KnowledgePage
from members.exchange.models import Announcement, Answer, Proposal, ProposalMessage, Question, Report
from members.exchange.registry import PostKind, declare_post, declare_prefill, post_kind
from members.exchange.services.proposing import from_answer
from thuisbasis.network.policies import Visitor, may_enter_portal
from thuisbasis.network.registry import Area, Panel, PanelAsk, PanelItem, declare_panel
from thuisbasis.notices.registry import (
    PERSONAL,
    DigestAsk,
    DigestItem,
    NoticeText,
    Topic,
    declare_notice,
    declare_topic,
)

MOST_SHOWN = 5
MOST_IN_DIGEST = 12


def declare() -> None:
    """Put everything where it belongs."""
    declare_panel("announcements", area=Area.ATTENTION, order=5, build=announcements, waits=_current)
    declare_panel("questions", area=Area.NEW, order=5, build=open_questions)
    _declare_posts()
    _declare_notices()
    _declare_topics()
    declare_prefill("antwoord", from_answer)


def _declare_posts() -> None:
    declare_post(PostKind(name="question", label=_("Vraag"), model=Question))
    declare_post(PostKind(name="answer", label=_("Antwoord"), model=Answer, audience_prefix="question__"))
    declare_post(PostKind(name="announcement", label=_("Bericht van de stuurgroep"), model=Announcement))


def _declare_notices() -> None:
    declare_notice("answer", _answers(_("%(person)s antwoordde op “%(title)s”")))
    declare_notice("accepted", _answers(_("Je antwoord op “%(title)s” hielp")))
    declare_notice("expert", _expert_questions)
    declare_notice("report", _reported)
    declare_notice("proposal_message", _editor_messages)
    declare_notice("proposal_published", _proposals(_("Je voorstel “%(title)s” staat op de site")))
    declare_notice("proposal_put_aside", _proposals(_("De redactie legde je voorstel “%(title)s” opzij")))


def _declare_topics() -> None:
    personal = _("Antwoorden op je vragen, verzoeken om mee te kijken, je voorstellen.")
    declare_topic(
        Topic(name=PERSONAL, label=_("Mail als iemand jou iets vraagt of antwoordt"), help_text=personal, items=None)
    )
    declare_topic(Topic(name="questions", label=_("Nieuwe vragen van leden"), help_text="", items=_new_questions))
    label = _("Berichten van de stuurgroep")
    declare_topic(Topic(name="announcements", label=label, help_text="", items=_new_announcements))
    declare_topic(Topic(name="knowledge", label=_("Nieuw op de kennissite"), help_text="", items=_new_knowledge))


def _current(ask: PanelAsk) -> tuple[Any]:
    return (Announcement.objects.visible_to(ask.visitor).current(ask.today),)


def announcements(ask: PanelAsk) -> Panel | None:
    """Return what the steering group tells now; no panel when that is nothing."""
    (rows,) = _current(ask)
    items = [PanelItem(label=row.title, url=row.get_absolute_url()) for row in rows[:MOST_SHOWN]]
    return Panel(title=_("Bericht van de stuurgroep"), items=items) if items else None


def open_questions(ask: PanelAsk) -> Panel | None:
    """Return the newest questions, and says which still wait for an answer."""
    if not may_enter_portal(ask.visitor):
        return None
    rows: Any = Question.objects.visible_to(ask.visitor).for_list()[:MOST_SHOWN]
    items = [
        PanelItem(
            label=row.title,
            url=row.get_absolute_url(),
            remark="" if row.answer_count else _("nog geen antwoord"),
        )
        for row in rows
    ]
    return Panel(
        title=_("Vragen van collega's"),
        items=items,
        empty=_("Er zijn nog geen vragen. Stel de eerste: iemand heeft het vast al eens opgelost."),
        more=PanelItem(label=_("Alle vragen, of stel er zelf een"), url=reverse("exchange:questions")),
    )


def _answers(sentence: Any) -> Any:
    def found(keys: Sequence[int], visitor: Visitor) -> dict[int, NoticeText]:
        rows = Answer.objects.visible_to(visitor).filter(pk__in=keys).select_related("author", "question")
        return {row.pk: NoticeText.about(row, sentence, person=row.author, title=row.question.title) for row in rows}

    return found


def _expert_questions(keys: Sequence[int], visitor: Visitor) -> dict[int, NoticeText]:
    sentence = _("Kun jij helpen? Op “%(title)s” kwam nog geen antwoord")
    rows = Question.objects.visible_to(visitor).filter(pk__in=keys)
    return {row.pk: NoticeText.about(row, sentence) for row in rows}


def _reported(keys: Sequence[int], visitor: Visitor) -> dict[int, NoticeText]:
    """Return the reports that wait, of texts that this visitor may see."""
    found = {}
    for report in Report.objects.filter(pk__in=keys, handled_at=None).select_related("content_type"):
        kind = post_kind(report.content_type.model)
        if kind and kind.find(report.source_pk, visitor, False) is not None:
            text = _("Iemand meldde een tekst die te veel zegt")
            found[report.pk] = NoticeText(text=text, url=reverse("exchange:reports"))
    return found


def _editor_messages(keys: Sequence[int], visitor: Visitor) -> dict[int, NoticeText]:
    sentence = _("De redactie schreef over je voorstel “%(title)s”")
    rows = ProposalMessage.objects.filter(pk__in=keys, proposal__author=visitor.user_id).select_related("proposal")
    return {row.pk: NoticeText.about(row.proposal, sentence) for row in rows}


def _proposals(sentence: Any) -> Any:
    def found(keys: Sequence[int], visitor: Visitor) -> dict[int, NoticeText]:
        rows = Proposal.objects.filter(pk__in=keys, author=visitor.user_id)
        return {row.pk: NoticeText.about(row, sentence) for row in rows}

    return found


def _new_questions(ask: DigestAsk) -> list[DigestItem]:
    rows = Question.objects.visible_to(ask.visitor).between(ask.since, ask.until).exclude(author=ask.user)
    return [DigestItem.of(row) for row in rows.select_related("practice")[:MOST_IN_DIGEST]]


def _new_announcements(ask: DigestAsk) -> list[DigestItem]:
    rows = Announcement.objects.visible_to(ask.visitor).between(ask.since, ask.until).exclude(author=ask.user)
    return [DigestItem.of(row) for row in rows[:MOST_IN_DIGEST]]


def _new_knowledge(ask: DigestAsk) -> list[DigestItem]:
    rows = KnowledgePage.originals().visible_to(ask.visitor).to_read().newest_first()
    new = rows.filter(first_published_at__gt=ask.since, first_published_at__lte=ask.until)
    return [DigestItem(title=row.title, url=row.get_url() or "/") for row in new[:MOST_IN_DIGEST]]
