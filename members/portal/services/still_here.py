"""Four times a year each practice looks at its list of people."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from thuisbasis.base.texts import Sentence
from thuisbasis.mail.services import Letter, write_letter
from thuisbasis.network.models import Membership, Practice

CONFIRMED_FOR = timedelta(days=91)


def unconfirmed(*, practice: Practice, today: date) -> Any:
    """Return the memberships that nobody looked at for a quarter."""
    rows = Membership.objects.filter(practice=practice).valid_on(today).select_related("user", "user__profile")
    return rows.not_confirmed_since(today - CONFIRMED_FOR)


def unconfirmed_counts(*, practice_ids: Iterable[int], today: date) -> dict[int, int]:
    """Return, for each of these practices with people to confirm, how many there are (one query)."""
    limit = today - CONFIRMED_FOR
    rows = Membership.objects.filter(practice__in=practice_ids).valid_on(today).not_confirmed_since(limit)
    return dict(rows.values_list("practice").annotate(people=Count("user", distinct=True)).order_by())


@task()
def ask_who_still_works_here() -> int:
    """Mail the coordinators of each practice with people to confirm, once a quarter; return how many mails."""
    today = timezone.localdate()
    quarter = f"{today.year}-{(today.month - 1) // 3 + 1}"
    asked = 0
    for practice in Practice.objects.in_network().filter(memberships__isnull=False).distinct():
        if not unconfirmed(practice=practice, today=today).exists():
            continue
        coordinators = Membership.objects.filter(practice=practice).valid_on(today).coordinating()
        for membership in coordinators.select_related("user"):
            _ask(practice, membership.user, quarter)
            asked += 1
    return asked


def _ask(practice: Practice, user: Any, quarter: str) -> None:
    with translation.override(user.language):
        url = settings.SITE_URL + reverse("portal:still_here", args=[practice.slug])
    names = {"practice": practice.name}
    letter = Letter(
        subject=Sentence(_("Wie werkt er nog bij %(practice)s?"), names),
        paragraphs=(
            _("Elk kwartaal vragen we je om naar de lijst van je collega's te kijken."),
            _("Zo komt niemand meer bij jullie gegevens die er niet meer werkt. Het kost een minuut."),
        ),
        action_label=_("Bekijk de lijst"),
        action_url=url,
    )
    write_letter(
        letter=letter, to=user.email, language=user.language, key=f"still-here:{quarter}:{practice.pk}:{user.pk}"
    )
