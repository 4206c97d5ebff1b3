"""Documents on the dashboard, in the inbox and in digests."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.exchange.registry import PostKind, declare_post, declare_prefill
from members.library.models import Comment, Document, DocumentVersion, ReviewRequest
from thuisbasis.base.texts import Sentence
from thuisbasis.network.models import Practice
from thuisbasis.network.policies import Visitor, may_enter_portal
from thuisbasis.network.registry import Area, Panel, PanelAsk, PanelItem, declare_panel
from thuisbasis.notices.registry import DigestAsk, DigestItem, NoticeText, Topic, declare_notice, declare_topic

MOST_SHOWN = 5
MOST_IN_DIGEST = 12


def declare() -> None:
    """Put everything where it belongs."""
    declare_panel("documents to do", area=Area.ATTENTION, order=15, build=to_do, waits=_to_do_rows)
    declare_panel("documents", area=Area.NEW, order=7, build=newest)
    declare_post(PostKind(name="comment", label=_("Opmerking"), model=Comment, audience_prefix="document__"))
    declare_post(PostKind(name="document", label=_("Document"), model=Document))
    declare_prefill("document", from_document)
    declare_notice("comment", _comments)
    declare_notice("review", _reviews(_("%(person)s vraagt je mee te kijken naar “%(title)s”"), "reviewer"))
    declare_notice("review_answer", _reviews(_("Er is meegekeken naar “%(title)s”"), "asked_by"))
    declare_notice("review_due", _due)
    declare_notice("file_refused", _versions(_("“%(title)s” is geweigerd en wordt niet gedeeld")))
    declare_notice("file_needs_a_look", _versions(_("Staat er iets van een bewoner in “%(title)s”?")))
    declare_topic(Topic(name="documents", label=_("Nieuwe documenten van leden"), help_text="", items=_new_documents))


def _to_do_rows(ask: PanelAsk) -> tuple[Any, Any, Any]:
    visible = Document.objects.visible_to(ask.visitor)
    reviews = ReviewRequest.objects.waiting().filter(reviewer=ask.user, document__in=visible)
    orphaned = visible.of_practices(ask.visitor.coordinated_ids).orphaned()
    return Document.objects.drafts_of(ask.user), reviews, orphaned


def to_do(ask: PanelAsk) -> Panel | None:
    """Return what waits for this person: drafts, reviews, and for coordinators what nobody looks after."""
    items = []
    drafts_of, waiting, orphaned = _to_do_rows(ask)
    drafts = drafts_of.count()
    if drafts:
        text = Sentence(_("%(count)s bestanden wachten: wie mag ze zien?"), {"count": drafts})
        items.append(PanelItem(label=text, url=reverse("library:share")))
    items += [
        PanelItem(
            label=Sentence(_("Kijk mee naar “%(title)s”"), {"title": row.document.title}),
            url=row.document.get_absolute_url(),
        )
        for row in waiting.select_related("document")[:MOST_SHOWN]
    ]
    for practice in Practice.objects.filter(pk__in=orphaned.values("practice")).order_by("name"):
        label = Sentence(_("Documenten van %(practice)s zonder eigenaar"), {"practice": practice.name})
        items.append(PanelItem(label=label, url=reverse("library:care", args=[practice.slug])))
    return Panel(title=_("Documenten die op jou wachten"), items=items) if items else None


def newest(ask: PanelAsk) -> Panel | None:
    """Return what was shared last, as far as this person may see it."""
    if not may_enter_portal(ask.visitor):
        return None
    rows = Document.objects.visible_to(ask.visitor).select_related("practice")[:MOST_SHOWN]
    items = [
        PanelItem(label=row.title, url=row.get_absolute_url(), remark=row.practice.name if row.practice else "")
        for row in rows
    ]
    return Panel(
        title=_("Documenten van collega's"),
        items=items,
        empty=_("Er is nog niets gedeeld. Begin met het formulier dat iedereen jou steeds vraagt."),
        more=PanelItem(label=_("Alle documenten, of deel er zelf een"), url=reverse("library:documents")),
    )


def from_document(key: str, visitor: Visitor) -> dict[str, Any]:
    """Return a proposal's beginning, made of a document that this visitor may see."""
    rows = Document.objects.visible_to(visitor).select_related("current__file")
    document = next((row for row in rows.filter(key__in=_keys(key))), None)
    if document is None or document.current is None:
        return {}
    themes = [theme.pk for theme in document.themes.all()]
    text = document.current.file.text.strip()[:8000]
    return {"title": document.title[:120], "summary": document.description, "text": text, "themes": themes}


def _keys(raw: str) -> list[str]:
    try:
        return [str(UUID(raw))]
    except ValueError:
        return []


def _comments(keys: Sequence[int], visitor: Visitor) -> dict[int, NoticeText]:
    rows = Comment.objects.visible_to(visitor).filter(pk__in=keys).select_related("author", "document")
    sentence = _("%(person)s zei iets over “%(title)s”")
    return {row.pk: NoticeText.about(row, sentence, person=row.author, title=row.document.title) for row in rows}


def _reviews(sentence: Any, reader: str) -> Any:
    def found(keys: Sequence[int], visitor: Visitor) -> dict[int, NoticeText]:
        rows = ReviewRequest.objects.filter(
            pk__in=keys, document__in=Document.objects.visible_to(visitor), **{f"{reader}_id": visitor.user_id}
        )
        return {
            row.pk: NoticeText.about(row.document, sentence, person=row.asked_by)
            for row in rows.select_related("document", "asked_by")
        }

    return found


def _due(keys: Sequence[int], visitor: Visitor) -> dict[int, NoticeText]:
    sentence = _("Klopt “%(title)s” nog? Kijk het document na")
    rows = Document.objects.visible_to(visitor).filter(pk__in=keys, owner=visitor.user_id)
    return {row.pk: NoticeText.about(row, sentence) for row in rows}


def _versions(sentence: Any) -> Any:
    def found(keys: Sequence[int], visitor: Visitor) -> dict[int, NoticeText]:
        rows = DocumentVersion.objects.filter(
            pk__in=keys, created_by=visitor.user_id, document__in=Document.objects.open_to(visitor)
        )
        return {row.pk: NoticeText.about(row.document, sentence) for row in rows.select_related("document")}

    return found


def _new_documents(ask: DigestAsk) -> list[DigestItem]:
    rows = Document.objects.visible_to(ask.visitor).between(ask.since, ask.until).exclude(author=ask.user)
    return [DigestItem.of(row) for row in rows.select_related("practice")[:MOST_IN_DIGEST]]
