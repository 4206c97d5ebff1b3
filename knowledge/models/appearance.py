"""Who is named on a page, as far as they agreed to it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page

from knowledge.querysets import AppearanceQuerySet
from thuisbasis.network.models import Consent, ConsentUse, Person


class Role(models.TextChoices):
    """In which role someone is named; each role asks for the consent of the same name."""

    AUTHOR = ConsentUse.AUTHOR.value, _("auteur")
    HOST = ConsentUse.HOST.value, _("presentatie")
    GUEST = ConsentUse.GUEST.value, _("gast")
    CONTACT = ConsentUse.CONTACT.value, _("contactpersoon")


class Appearance(Orderable):
    """One person in one role on one page; read it through `cast_of`, which asks for consent.

    Who is on a page cannot be deleted: without the name nobody would know what to leave out.
    """

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="appearances")
    person = models.ForeignKey(
        "network.Person", verbose_name=_("persoon"), on_delete=models.PROTECT, related_name="appearances"
    )
    role = models.CharField(_("rol"), max_length=10, choices=Role.choices, default=Role.GUEST)

    objects = AppearanceQuerySet.as_manager()

    panels = [FieldPanel("person"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        verbose_name = _("persoon op deze pagina")
        verbose_name_plural = _("mensen op deze pagina")


@dataclass(frozen=True, kw_only=True)
class Credit:
    """A person as a page names him or her; `email` and `photo` only when agreed."""

    name: str
    description: str
    role: str
    email: str = ""
    photo: Any = None

    @property
    def role_label(self) -> str:
        """Return the role as people say it."""
        return str(Role(self.role).label)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Everyone on a page: whom to name, and whose names must not be found anywhere."""

    credits: list[Credit] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)

    def in_role(self, *roles: str) -> list[Credit]:
        """Return those in these roles."""
        return [credit for credit in self.credits if credit.role in roles]

    @property
    def speakers(self) -> list[Credit]:
        """Return the hosts and then the guests."""
        return [*self.in_role(Role.HOST), *self.in_role(Role.GUEST)]

    @property
    def names(self) -> list[str]:
        """Return every name once."""
        return list(dict.fromkeys(credit.name for credit in self.credits))


def cast_of(page: Any, today: date) -> Cast:
    """Return who may be named on this page today; also for a page in a form (three queries at most)."""
    appearances = list(page.appearances.all()) if page.pk or hasattr(page, "_cluster_related_objects") else []
    keys = {appearance.person_id for appearance in appearances if appearance.person_id}
    if not keys:
        return Cast()
    people = Person.objects.select_related("photo").in_bulk(list(keys))
    agreed = set(Consent.objects.filter(person__in=keys).valid_on(today).values_list("person_id", "use"))
    shown = [row for row in appearances if (row.person_id, row.role) in agreed]
    named = {row.person_id for row in shown}
    return Cast(
        credits=[_credit(people[row.person_id], row.role, agreed) for row in shown],
        withheld=[people[key].name for key in sorted(keys - named)],
    )


def _credit(person: Person, role: str, agreed: set[tuple[int, str]]) -> Credit:
    has_photo = (person.pk, ConsentUse.PHOTO) in agreed
    return Credit(
        name=person.name,
        description=person.description,
        role=role,
        email=person.email if role == Role.CONTACT else "",
        photo=person.photo if has_photo else None,
    )
