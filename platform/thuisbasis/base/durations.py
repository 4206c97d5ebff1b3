"""How long something takes, for people and for machines."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def spoken_duration(seconds: float) -> str:
    """Return a duration as people say it: "45 sec.", "12 min." or "1 uur 5 min."."""
    whole = round(seconds)
    if whole < 60:
        return _("%(count)d sec.") % {"count": whole}
    hours, minutes = divmod(round(whole / 60), 60)
    said = [ngettext("%(count)d uur", "%(count)d uur", hours) % {"count": hours}] if hours else []
    if minutes:
        said.append(_("%(count)d min.") % {"count": minutes})
    return " ".join(said)


def iso_duration(seconds: float) -> str:
    """Return a duration as ISO 8601 writes it, in whole seconds: "PT1H2M3S"."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    parts = [(hours, "H"), (minutes, "M"), (rest, "S")]
    return "PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")
