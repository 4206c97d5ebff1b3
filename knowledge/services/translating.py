"""Keeps account of what translations were made from, and makes and publishes those of a campaign together."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from knowledge.models import CampaignPage, KnowledgePage, PageTranslation
from thuisbasis.base.models import is_original


class TranslationsAreNotReady(Exception):
    """Nothing was changed; `problems` says per page what is in the way."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class TranslationState:
    """How far the translation of one page into one language is: "missing", "draft", "live" or "behind"."""

    locale: Locale
    page: Page | None
    state: str


@dataclass(frozen=True, kw_only=True)
class TranslatedPage:
    """A page with the state of each of its translations."""

    page: Page
    states: list[TranslationState]


def source_of_translation(page: Page) -> Page | None:
    """Return the page in the default language that this one translates; None for that page itself and for aliases."""
    if page.alias_of_id or is_original(page):
        return None
    sources = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return sources.filter(translation_key=page.translation_key).first()


def _kept_in_step(page: Page) -> Translation | None:
    """Return how wagtail-localize keeps this translation in step; None when it is edited as a page of its own."""
    return Translation.objects.filter(
        source__object=page.translation_key, target_locale=page.locale_id, enabled=True
    ).first()


@transaction.atomic
def record_translation(*, page: Page) -> None:
    """Note, when a translation is published, which revision of its source it says and whether a person read it.

    wagtail-localize froze a revision when it last took over the source's text. A translation that is edited as a page
    of its own says what was published when it was published first; later an editor says so with `confirm_translation`.
    """
    source = source_of_translation(page)
    if source is None:
        return
    kept = _kept_in_step(page)
    found, _created = PageTranslation.objects.get_or_create(
        page_id=page.pk, defaults={"source_revision_id": source.live_revision_id}
    )
    if kept is not None:
        found.source_revision_id = json.loads(kept.source.content_json).get("live_revision")
        found.is_unreviewed = _by_machine(kept).exists()
        found.save()


def _by_machine(kept: Translation) -> Any:
    strings = kept.source.stringsegment_set.get_translations(kept.target_locale)
    return strings.filter(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)


@transaction.atomic
def confirm_translation(*, translation: PageTranslation) -> None:
    """Note that a person read the translation and that it says what the source says now."""
    source = source_of_translation(translation.page)
    kept = _kept_in_step(translation.page)
    if kept is not None:
        _by_machine(kept).update(translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL)
    translation.source_revision_id = source.live_revision_id if source else None
    translation.is_unreviewed = False
    translation.save()


def translations_of(*, campaign: CampaignPage) -> list[TranslatedPage]:
    """Return the campaign, what belongs to it and the pages above, each with its translations (three queries)."""
    belonging = campaign.pages_of(KnowledgePage.objects.live()).values("path")
    paths = {campaign.path, *(row["path"] for row in belonging)}
    steps = {path[:end] for path in paths for end in range(2 * Page.steplen, len(path) + 1, Page.steplen)}
    pages = list(Page.objects.filter(path__in=steps).order_by("depth", "path"))
    found = Page.objects.filter(translation_key__in=[page.translation_key for page in pages], alias_of=None)
    others = {(page.translation_key, page.locale_id): page for page in found}
    behind = set(PageTranslation.objects.behind().values_list("page", flat=True))
    locales = Locale.objects.exclude(language_code=settings.LANGUAGE_CODE).order_by("pk")
    return [
        TranslatedPage(
            page=page, states=[_state(others.get((page.translation_key, each.pk)), each, behind) for each in locales]
        )
        for page in pages
    ]


def _state(page: Page | None, locale: Locale, behind: set[int]) -> TranslationState:
    if page is None:
        state = "missing"
    elif not page.live or page.has_unpublished_changes:
        state = "draft"
    else:
        state = "behind" if page.pk in behind else "live"
    return TranslationState(locale=locale, page=page, state=state)


@transaction.atomic
def bring_translations(*, campaign: CampaignPage, locale: Locale, user: Any) -> int:
    """Make drafts of what is missing in a language and take over what changed; return how many pages changed.

    Nothing is published. Translations that are edited as pages of their own are left alone.
    Raises TranslationsAreNotReady when this user may not translate, or not edit one of the translations.
    """
    if not user.has_perm("wagtail_localize.submit_translation"):
        raise TranslationsAreNotReady([_("Je mag geen vertalingen maken.")])
    chosen = [(row.page, state) for row, state in _in_language(campaign, locale) if state.state != "live"]
    kept = [state.page for _page, state in chosen if state.page]
    _refuse([page for page in kept if not _may(page, user).can_edit()], _("mag je niet bewerken"))
    changed = 0
    for page, state in chosen:
        if state.page is not None and _kept_in_step(state.page) is None:
            continue
        source, _created = TranslationSource.update_or_create_from_instance(page.specific)
        Translation.objects.update_or_create(source=source, target_locale=locale, defaults={"enabled": True})
        # What is not translated yet stays in the source's language, in a draft that nobody else sees.
        source.create_or_update_translation(locale, user=user, publish=False, fallback=True)
        changed += 1
    return changed


@transaction.atomic
def publish_translations(*, campaign: CampaignPage, locale: Locale, user: Any) -> int:
    """Publish every draft translation of a campaign in one language, all or none; return how many.

    Raises TranslationsAreNotReady when this user may not publish one of them, or one is not translated wholly or lacks
    what its kind needs, such as the text of a recording.
    """
    drafts = [state.page for _row, state in _in_language(campaign, locale) if state.page and state.state == "draft"]
    _refuse([page for page in drafts if not _may(page, user).can_publish()], _("mag je niet publiceren"))
    _refuse([page for page in drafts if not _is_whole(page)], _("is nog niet helemaal vertaald"))
    problems = []
    for page in drafts:
        try:
            page.get_latest_revision().publish(user=user)
        except ValidationError as error:
            problems += [f"“{page.get_admin_display_title()}”: {text}" for text in error.messages]
    if problems:
        raise TranslationsAreNotReady(problems)
    return len(drafts)


def _in_language(campaign: CampaignPage, locale: Locale) -> Iterator[tuple[TranslatedPage, TranslationState]]:
    for row in translations_of(campaign=campaign):
        for state in row.states:
            if state.locale == locale:
                yield row, state


def _may(page: Page, user: Any) -> Any:
    return page.permissions_for_user(user)


def _is_whole(page: Page) -> bool:
    kept = _kept_in_step(page)
    if kept is None:
        return True
    wanted, done = kept.get_progress()
    return bool(wanted == done)


def _refuse(pages: Iterable[Page], reason: str) -> None:
    problems = [f"“{page.get_admin_display_title()}” {reason}" for page in pages]
    if problems:
        raise TranslationsAreNotReady(problems)


def keep_parents_real(*, page: Page) -> None:
    """Make of an alias that only holds the place of an untranslated page a draft: readers never see Dutch as French."""
    if page.alias_of_id and page.alias_of.locale_id != page.locale_id:
        Page.objects.filter(pk=page.pk).update(alias_of=None, live=False, has_unpublished_changes=True)
        page.refresh_from_db()
        page.specific.save_revision()
