"""Makes a page that everybody read one for fewer people."""

from thuisbasis.network.models import Practice


def hide(article, audience):
    """Publish an article for this audience only."""
    article.audience, article.practice = audience, Practice.objects.get(name="Thuis in Twente")
    article.save_revision().publish()
