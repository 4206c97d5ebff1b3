"""A moment in a recording, typed as editors read it on a player."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from thuisbasis.files.captions import clock

TIMECODE = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,5})(?:[.,](\d{1,3}))?")


class TimecodeFormField(forms.Field):
    """Reads "12:34", "1:02:34.5" or seconds as seconds."""

    default_error_messages = {"timecode": _("Schrijf de tijd als 12:34 of 1:02:34.")}

    def to_python(self, value: Any) -> Any:
        """Return the seconds; raises ValidationError for anything else."""
        if isinstance(value, int | float):
            return float(value)
        text = str(value or "").strip()
        if not text:
            return None
        match = TIMECODE.fullmatch(text)
        if match is None:
            raise ValidationError(self.error_messages["timecode"], code="timecode")
        hours, minutes, seconds, fraction = match.groups()
        if (minutes and int(seconds) > 59) or (hours and int(minutes) > 59):
            raise ValidationError(self.error_messages["timecode"], code="timecode")
        whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
        return whole + int((fraction or "0").ljust(3, "0")) / 1000

    def prepare_value(self, value: Any) -> Any:
        """Return seconds as a player shows them, with a fraction when there is one."""
        if not isinstance(value, int | float):
            return value
        whole, milli = divmod(round(value * 1000), 1000)
        return f"{clock(whole)}.{milli:03}".rstrip("0") if milli else clock(whole)


class TimecodeField(models.FloatField):
    """Seconds from the start of a recording."""

    def formfield(self, **kwargs: Any) -> Any:
        """Return a field in which editors type hours, minutes and seconds."""
        defaults = {"form_class": TimecodeFormField}
        return models.Field.formfield(self, **{**defaults, **kwargs})
