"""Reads of the knowledge site."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.query import PageQuerySet

from thuisbasis.base.components.content import rendition_specs
from thuisbasis.base.models import SiteImage
from thuisbasis.network.models import Consent
from thuisbasis.network.policies import ANONYMOUS, Visitor
from thuisbasis.network.querysets import VisibleQuerySetMixin, audience_filter


class KnowledgeQuerySet(VisibleQuerySetMixin, PageQuerySet):
    """Pages with knowledge."""

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep what is published and meant for this visitor."""
        return super().visible_to(visitor).live()

    def to_read(self) -> Self:
        """Keep what is there to be read; what is there to go to stands in the agenda, on its own day."""
        return self.not_exact_type(*(model for model in apps.get_models() if getattr(model, "is_in_agenda", False)))

    def newest_first(self) -> Self:
        """Order by first publication, newest on top; the key breaks ties."""
        return self.order_by(F("first_published_at").desc(nulls_last=True), "-pk")

    def newest_of_each_kind(self, number: int) -> Self:
        """Keep the newest `number` of each content type, in one query."""
        rank = Window(
            RowNumber(),
            partition_by=F("content_type_id"),
            order_by=[F("first_published_at").desc(nulls_last=True), F("pk").desc()],
        )
        return self.annotate(rank_in_kind=rank).filter(rank_in_kind__lte=number).newest_first()

    def for_cards(self) -> Self:
        """Fetch along what a card shows: its image with the renditions that cards use."""
        images = SiteImage.objects.prefetch_renditions(*rendition_specs("card"))
        pages = self.by_moment() if self.model._meta.model_name == "knowledgepage" else self
        return pages.prefetch_related(Prefetch("lead_image", queryset=images))

    def that_offer(self, file: Any) -> Self:
        """Keep the pages that offer this document or show this picture: in a field, a block or a link."""
        pages = ReferenceIndex.get_references_to(file).filter(base_content_type=ContentType.objects.get_for_model(Page))
        # The reference index keeps keys as text; there are few pages for one file.
        keys = [int(key) for key in pages.values_list("object_id", flat=True)]
        return self.filter(pk__in=keys)

    def by_moment(self) -> Self:
        """Add `happens_at`: when a talk show is held, and when anything else was or will be published."""
        return self.annotate(
            happens_at=Coalesce("talkshowpage__starts_at", "first_published_at", "go_live_at"),
        )

    def in_period(self, first: date, last: date) -> Self:
        """Keep what happens from the first day to the last, or was given a place in it by hand."""
        opens, closes = (
            timezone.make_aware(datetime.combine(day, time.min)) for day in (first, last + timedelta(days=1))
        )
        by_itself = Q(campaign_month=None, leave_out_of_campaign=False, happens_at__gte=opens, happens_at__lt=closes)
        by_hand = Q(campaign_month__gte=first.replace(day=1), campaign_month__lte=last)
        return self.by_moment().filter(by_itself | by_hand).order_by("happens_at", "pk")


class AppearanceQuerySet(QuerySet):
    """Who is on which page."""

    def agreed(self, today: date) -> Self:
        """Keep those who agree today to being named in this role."""
        consents = Consent.objects.valid_on(today).filter(person=OuterRef("person"), use=OuterRef("role"))
        return self.filter(Exists(consents))


class RecordedQuerySet(KnowledgeQuerySet):
    """Pages with a recording."""

    def for_cards(self) -> Self:
        """Fetch along what a card shows, with the recording for how long it takes."""
        return super().for_cards().select_related("recording")


class TalkShowQuerySet(RecordedQuerySet):
    """Talk shows."""

    def announced(self, now: datetime) -> Self:
        """Keep what is still to come or going on, soonest first; never what was cancelled."""
        return self.filter(ends_at__gt=now).exclude(chosen_state="cancelled").order_by("starts_at", "pk")

    def newest_first(self) -> Self:
        """Order by the day of the show, latest on top."""
        return self.order_by("-starts_at", "-pk")

    def spoken_of_in_feeds(self, now: datetime) -> Self:
        """Keep what a podcast app announces: to come, on, or over for less than a month without a recording."""
        return (
            self.filter(ends_at__gt=now - timedelta(days=30), recording=None, recording_url="")
            .exclude(chosen_state__in=["cancelled", "recorded"])
            .order_by("starts_at", "pk")
        )


class EpisodeQuerySet(RecordedQuerySet):
    """Episodes of podcasts."""

    def for_everyone(self) -> Self:
        """Keep what a feed may hold: public, published and with a recording; newest first."""
        return self.visible_to(ANONYMOUS).exclude(recording=None).newest_first()


class ArticleQuerySet(KnowledgeQuerySet):
    """Practice articles."""

    def with_evidence(self, level: str, today: date) -> Self:
        """Keep articles whose assessment at this level is still valid today."""
        return self.filter(evidence_level=level).filter(
            Q(evidence_expires_date__isnull=True) | Q(evidence_expires_date__gte=today)
        )


class CampaignQuerySet(KnowledgeQuerySet):
    """Campaigns."""

    def running_or_latest(self, today: date) -> Self:
        """Put the campaign that runs on this day first, then the one that started last."""
        running = Q(start_date__lte=today, end_date__gte=today)
        return self.annotate(is_running=Q(running)).order_by("-is_running", "-start_date")


class FrameworkElementQuerySet(QuerySet):
    """Elements of a framework."""

    def in_order(self) -> Self:
        """Order as the framework itself does."""
        return self.order_by("sort_order")

    def coverage(self, visitor: Visitor, locale: Locale) -> dict[tuple[int, str], int]:
        """Count the pages in one language that this visitor may see, per (condition's key, kind of element).

        A page that is tagged to two elements of one cell counts once. The condition itself
        stands in the cell of its own kind. One query, whatever the amount of content.
        """
        shown = Q(pages__live=True, pages__locale=locale) & audience_filter(visitor, prefix="pages__")
        rows = self.filter(shown).values("parent_id", "pk", "kind", "pages__pk")
        cells: dict[tuple[int, str], set[int]] = {}
        for row in rows:
            condition = row["pk"] if row["parent_id"] is None else row["parent_id"]
            cells.setdefault((condition, row["kind"]), set()).add(row["pages__pk"])
        return {cell: len(pages) for cell, pages in cells.items()}


def worded(elements: Iterable[Any], language: str) -> list[Any]:
    """Return elements named in a language, as far as somebody named them (one query, none in Dutch)."""
    elements = list(elements)
    if language != settings.LANGUAGE_CODE and elements:
        rows = apps.get_model("knowledge.ElementWording").objects.filter(language=language, element__in=elements)
        wordings = {row.element_id: row for row in rows}
        for element in elements:
            if wording := wordings.get(element.pk):
                element.label, element.description = wording.label, wording.description or element.description
    return elements


class PageTranslationQuerySet(QuerySet):
    """What translations were made from."""

    def with_source(self) -> Self:
        """Add `source_key`, `newest` and `changed_at`: the source page, its published revision and since when."""
        sources = Page.objects.filter(
            translation_key=OuterRef("page__translation_key"), locale__language_code=settings.LANGUAGE_CODE, live=True
        )
        return self.annotate(
            source_key=Subquery(sources.values("pk")[:1]),
            newest=Subquery(sources.values("live_revision")[:1]),
            changed_at=Subquery(sources.values("last_published_at")[:1]),
        )

    def behind(self) -> Self:
        """Keep published translations of something that was published again since."""
        older = Q(source_revision=None) | ~Q(source_revision=F("newest"))
        return self.with_source().filter(older, page__live=True, newest__isnull=False)

    def needing_attention(self) -> Self:
        """Keep what is behind and what nobody read, longest behind first."""
        behind = Q(pk__in=self.behind().values("pk"))
        chosen = self.with_source().filter(behind | Q(is_unreviewed=True), page__live=True)
        return chosen.select_related("page__locale").order_by("changed_at", "pk")


def page_number(raw: Any) -> int:
    """Return the page number in an address, from 1; 1 for anything that is not a small number."""
    text = str(raw or "")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def untranslated(slugs: list[str], visitor: Visitor) -> Page | None:
    """Return the page in the default language that an address in another language means, if this visitor may read it.

    Each slug of the address may be that of the page itself or of any translation of it: who leaves out or puts in
    a language by hand, or follows a link made before translating, is understood.
    """
    readable = Page.objects.live().filter(Q(knowledgepage=None) | audience_filter(visitor, prefix="knowledgepage__"))
    named = Page.objects.filter(slug=slugs[-1]) if slugs else Page.objects.none()
    pages = readable.filter(locale__language_code=settings.LANGUAGE_CODE, depth=len(slugs) + 2)
    for page in pages.filter(translation_key__in=named.values("translation_key")).order_by("path"):
        way = page.get_ancestors(inclusive=True).filter(depth__gt=2)
        known = Page.objects.filter(translation_key__in=way.values("translation_key")).values_list("depth", "slug")
        if {(depth, slug) for depth, slug in enumerate(slugs, start=3)} <= set(known):
            return page.specific
    return None
