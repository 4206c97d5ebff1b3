"""What editors recommend for a text, above what is found."""

from django.contrib.contenttypes.models import ContentType
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page
from wagtail.search.utils import normalise_query_string

from thuisbasis.network.policies import Visitor
from thuisbasis.search.models import SearchEntry
from thuisbasis.search.registry import declarations


def recommended(*, text: str, visitor: Visitor) -> list[tuple[SearchEntry, str]]:
    """Return what is recommended for exactly this text and this visitor may see, with why, in the editors' order."""
    picks = SearchPromotion.objects.filter(query__query_string=normalise_query_string(text), page__isnull=False)
    reasons = dict(picks.values_list("page_id", "description"))
    if not reasons:
        return []
    pages = [declaration.model for declaration in declarations() if issubclass(declaration.model, Page)]
    types = ContentType.objects.get_for_models(*pages).values()
    entries = SearchEntry.objects.visible_to(visitor).filter(content_type__in=types, source_pk__in=reasons)
    known = {entry.source_pk: entry for entry in entries}
    return [(known[key], reason) for key, reason in reasons.items() if key in known]
