"""What several tests of the knowledge site need."""

import io
import json

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile


@pytest.fixture
def make_image():
    """Store an image of a size, colour mode and format."""
    from PIL import Image

    from thuisbasis.base.models import SiteImage

    def make(width, height, mode, kind):
        file = io.BytesIO()
        Image.new(mode, (width, height), "#1f4d43").save(file, kind)
        return SiteImage.objects.create(title="Proef", file=ContentFile(file.getvalue(), name=f"proef.{kind.lower()}"))

    return make


@pytest.fixture
def read_graph():
    """Read the schema.org graph of an answer."""

    def read(answer):
        [script] = BeautifulSoup(answer.content, "html.parser").find_all("script", type="application/ld+json")
        data = json.loads(script.string)
        assert data["@context"] == "https://schema.org"
        return data["@graph"]

    return read
