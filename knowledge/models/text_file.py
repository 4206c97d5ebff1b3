"""A text box that can be filled from a file, so that nothing is lost when the file is wrong."""

from django import forms


class TextFileInput(forms.Textarea):
    """A text box; JavaScript adds a button that reads a file into it."""

    class Media:
        js = ["knowledge/text-file.js"]

    def __init__(self, *, accept: str) -> None:
        super().__init__(attrs={"rows": 8, "spellcheck": "false", "data-text-file": accept})


CAPTION_FILES = TextFileInput(accept=".vtt,.srt,text/vtt")
CHAPTER_FILES = TextFileInput(accept=".json,application/json")
