"""The editor's form for a recording."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from thuisbasis.files.models import Recording
from thuisbasis.files.services import measure_recording_loudness


class RecordingForm(WagtailAdminModelForm):
    """Uploads a recording; a file that is no recording is refused beside the field."""

    class Media:
        js = ["files/upload.js"]
        css = {"all": ["files/upload.css"]}

    class Meta:
        model = Recording
        fields = ["title", "file"]

    def save(self, commit: bool = True) -> Any:
        """Save, and measure the loudness of a new file when ffmpeg is there."""
        recording = super().save(commit)
        if commit and "file" in self.changed_data:
            measure_recording_loudness(recording=recording)
        return recording
