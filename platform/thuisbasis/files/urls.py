"""Addresses of files that are not pages."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from thuisbasis.files.views import serve_file


class ExtensionConverter(StringConverter):
    """The end of a recording's name."""

    regex = "mp3|m4a|mp4"


register_converter(ExtensionConverter, "extension")

urlpatterns = [
    path(
        "bestanden/<uuid:key>/<slug:name>.<extension:extension>",
        serve_file,
        {"kind": "recording"},
        name="recording_file",
    ),
    # Wagtail's name, so that its own links to documents come here.
    path("documenten/<int:document_id>/<str:filename>", serve_file, {"kind": "document"}, name="wagtaildocs_serve"),
    path("media/images/<path:path>", serve_file, {"kind": "rendition"}, name="rendition"),
]
