"""How the site says no without telling what there is."""

from django.http import Http404


class NotForYou(Http404):
    """What is not for this visitor answers as what does not exist, and the refusal is written down."""
