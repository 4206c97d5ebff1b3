"""Addresses of files that are not pages."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from thuisbasis.files.views import serve_recording


class ExtensionConverter(StringConverter):
    """The end of a file's name."""

    regex = "mp3|m4a|mp4"


register_converter(ExtensionConverter, "extension")

urlpatterns = [
    path("bestanden/<uuid:key>/<slug:name>.<extension:extension>", serve_recording, name="recording_file"),
]
