"""What every template may count on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from thuisbasis.base.components import SearchForm

HEADER_SEARCH = SearchForm()


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the search form of the header and the site's own address."""
    return {
        "header_search": HEADER_SEARCH,
        "site_url": settings.SITE_URL,
        "has_gallery": settings.COMPONENT_GALLERY,
    }
