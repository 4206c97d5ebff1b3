"""Keeps search in step with what is published, moved and removed."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from knowledge.models import (
    Appearance,
    ElementWording,
    EpisodePage,
    FrameworkElement,
    FrameworkPage,
    KnowledgePage,
    PracticeIndexPage,
    TalkShowPage,
)
from knowledge.services.audiences import follow_source, share_audience, withdraw_translations, writes_audience
from knowledge.services.searchable import declare
from knowledge.services.translating import keep_parents_real, record_translation
from thuisbasis.base.models import SiteImage, is_original
from thuisbasis.files.models import Recording, SiteDocument
from thuisbasis.files.registry import declare_offer
from thuisbasis.network.models import Consent, Person, Practice
from thuisbasis.network.policies import Visitor
from thuisbasis.network.signals import consent_changed
from thuisbasis.search.services import forget, index


def connect() -> None:
    """Declare what is searchable and listen for changes."""
    declare()
    page_published.connect(_page_changed, dispatch_uid="knowledge-published")
    page_published.connect(_translation_published, dispatch_uid="knowledge-translation-published")
    copy_for_translation_done.connect(_page_copied, dispatch_uid="knowledge-translation-copied")
    page_unpublished.connect(_page_unpublished, dispatch_uid="knowledge-unpublished")
    page_slug_changed.connect(_branch_moved, dispatch_uid="knowledge-slug")
    post_page_move.connect(_branch_moved, dispatch_uid="knowledge-moved")
    for model in (Practice, FrameworkElement, ElementWording):
        post_save.connect(_row_changed, sender=model, dispatch_uid=f"knowledge-saved-{model.__name__}")
    pre_save.connect(_page_before_save, dispatch_uid="knowledge-audience-before")
    post_save.connect(_page_saved, dispatch_uid="knowledge-audience-after")
    pre_delete.connect(_row_deleted, dispatch_uid="knowledge-deleted")
    declare_offer(Recording, offers_recording)
    declare_offer(SiteDocument, offers_document)
    declare_offer(SiteImage, shows_image)
    consent_changed.connect(_consent_changed, dispatch_uid="knowledge-consent")
    post_save.connect(_person_saved, sender=Person, dispatch_uid="knowledge-person-saved")
    for signal in (post_save, post_delete):
        signal.connect(_consent_row_changed, sender=Consent, dispatch_uid=f"knowledge-consent-{id(signal)}")
    post_delete.connect(_appearance_deleted, sender=Appearance, dispatch_uid="knowledge-appearance")


def _page_changed(instance: Page, **kwargs: Any) -> None:
    page = instance.specific
    index(instance=page)
    for row in _rows_shown_on(page):
        index(instance=row)


def _translation_published(instance: Page, **kwargs: Any) -> None:
    record_translation(page=instance)


def _page_copied(target_obj: Any, **kwargs: Any) -> None:
    if isinstance(target_obj, Page):
        keep_parents_real(page=target_obj)


def _page_before_save(sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, KnowledgePage) and not raw and writes_audience(update_fields):
        follow_source(page=instance)


def _page_saved(sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    # Django sends one signal for each table of a page; the outermost comes last.
    if isinstance(instance, KnowledgePage) and sender is type(instance) and not raw and writes_audience(update_fields):
        share_audience(page=instance)


def _page_unpublished(instance: Page, **kwargs: Any) -> None:
    # Also sent while a page is deleted, when its row still says that it is live.
    page = instance.specific
    withdraw_translations(page=page)
    forget(instance=page)
    for row in _rows_shown_on(page):
        forget(instance=row)


def _rows_shown_on(page: Any) -> Any:
    """Return what is found at an address on this page, and so shares its audience and its fate."""
    if isinstance(page, FrameworkPage):
        elements = page.framework.elements.all()
        wordings = ElementWording.objects.filter(element__in=elements, language=page.locale.language_code)
        return elements if is_original(page) else wordings.select_related("element")
    return Practice.objects.all() if isinstance(page, PracticeIndexPage) else []


def _branch_moved(instance: Page, **kwargs: Any) -> None:
    """Give everything under a moved page its new address."""
    for page in instance.get_descendants(inclusive=True).live().specific().iterator():
        _page_changed(page)


def _row_changed(instance: Any, **kwargs: Any) -> None:
    index(instance=instance)


def _row_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if issubclass(sender, KnowledgePage | Practice | FrameworkElement | ElementWording):
        forget(instance=instance)


def offers_recording(recording: Recording, visitor: Visitor) -> bool:
    """Say whether a page that this visitor may see lets readers play the recording now."""
    if EpisodePage.objects.visible_to(visitor).filter(recording=recording).exists():
        return True
    now = timezone.now()
    return any(show.is_playable(now) for show in TalkShowPage.objects.visible_to(visitor).filter(recording=recording))


def offers_document(document: SiteDocument, visitor: Visitor) -> bool:
    """Say whether a page that this visitor may see offers the document."""
    return KnowledgePage.objects.visible_to(visitor).that_offer(document).exists()


def shows_image(image: SiteImage, visitor: Visitor) -> bool:
    """Say whether the picture stands elsewhere than only on pages that are hidden from this visitor."""
    holders = KnowledgePage.objects.that_offer(image)
    return not holders.exists() or holders.visible_to(visitor).exists()


def _consent_changed(person: Person, **kwargs: Any) -> None:
    """Let search follow at once; pages and feeds ask for consent each time they are read."""
    for page in Page.objects.filter(appearances__person=person).live().distinct().specific():
        index(instance=page)


def _person_saved(instance: Person, **kwargs: Any) -> None:
    _consent_changed(person=instance)


def _consent_row_changed(instance: Consent, **kwargs: Any) -> None:
    _consent_changed(person=instance.person)


def _appearance_deleted(instance: Appearance, **kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id, live=True).first()
    if page is not None:
        index(instance=page.specific)
