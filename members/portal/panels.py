"""The portal's own panels on the dashboard; other apps declare theirs in the same way."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from knowledge.models import KnowledgePage
from members.portal.models import Profile
from members.portal.services.still_here import unconfirmed_counts
from thuisbasis.base.texts import Sentence
from thuisbasis.network.models import Audience, Practice
from thuisbasis.network.policies import may_enter_portal
from thuisbasis.network.registry import Area, Panel, PanelAsk, PanelItem, declare_panel
from thuisbasis.page_store.memory import remembered

MOST_NEW = 5


def declare() -> None:
    """Put the panels on the dashboard."""
    nothing = Panel(title=_("Dit vraagt je aandacht"), empty=_("Niets. Je bent helemaal bij."))
    declare_panel("to do", area=Area.ATTENTION, order=10, build=to_do, waits=_to_do_rows, at_rest=nothing)
    declare_panel("new knowledge", area=Area.NEW, order=10, build=new_knowledge)
    declare_panel("where is what", area=Area.FIND, order=10, build=where_is_what)


def _to_do_rows(ask: PanelAsk) -> list[QuerySet[Any]]:
    return [_untold(ask), Practice.objects.filter(pk__in=ask.visitor.coordinated_ids)]


def _untold(ask: PanelAsk) -> QuerySet[Profile]:
    """Return this person's own profile as long as nothing stands in it."""
    profiles = Profile.objects.filter(user=ask.user, job_title="", about="")
    return profiles if may_enter_portal(ask.visitor) else profiles.none()


def to_do(ask: PanelAsk) -> Panel | None:
    """Return what only this person can do now."""
    items = [*_own_profile(ask), *_coordination(ask)]
    return Panel(title=_("Dit vraagt je aandacht"), items=items, empty=_("Niets. Je bent helemaal bij."))


def _own_profile(ask: PanelAsk) -> list[PanelItem]:
    if not _untold(ask).exists():
        return []
    remark = _("Zo weten collega's van andere praktijken waarvoor ze bij je terechtkunnen.")
    return [PanelItem(label=_("Vertel kort wie je bent"), url=reverse("portal:edit_profile"), remark=remark)]


def _coordination(ask: PanelAsk) -> list[PanelItem]:
    if not ask.visitor.coordinated_ids:
        return []
    counts = unconfirmed_counts(practice_ids=ask.visitor.coordinated_ids, today=ask.today)
    items = []
    for practice in Practice.objects.filter(pk__in=ask.visitor.coordinated_ids).order_by("name"):
        names = {"practice": practice.name, "count": counts.get(practice.pk, 0)}
        if names["count"]:
            items.append(
                PanelItem(
                    label=Sentence(_("Wie werkt er nog bij %(practice)s?"), names),
                    url=reverse("portal:still_here", args=[practice.slug]),
                    remark=Sentence(_("%(count)s collega's nakijken, een keer per kwartaal"), names),
                )
            )
        if practice.workflow_in_progress or _needs_changes(practice):
            items.append(_proposal(practice))
        elif not practice.is_fresh(ask.today):
            label = Sentence(_("Kloppen de gegevens van %(practice)s nog?"), names)
            url = reverse("portal:edit_practice", args=[practice.slug])
            items.append(PanelItem(label=label, url=url, remark=_("De openbare pagina is lang niet nagekeken.")))
    return items


def _needs_changes(practice: Practice) -> bool:
    state = practice.current_workflow_state
    return state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES


def _proposal(practice: Practice) -> PanelItem:
    back = _needs_changes(practice)
    return PanelItem(
        label=Sentence(_("Je voorstel voor de pagina van %(practice)s"), {"practice": practice.name}),
        url=reverse("portal:edit_practice", args=[practice.slug]),
        remark=_("De redactie vraagt om een aanpassing.") if back else _("Ligt bij de redactie."),
    )


def new_knowledge(ask: PanelAsk) -> Panel | None:
    """Return the newest pages that this person may see, and says which are for members only."""
    pages = KnowledgePage.originals().visible_to(ask.visitor).to_read().newest_first()[:MOST_NEW]
    items = [
        PanelItem(
            label=page.title,
            url=page.url,
            remark=page.get_audience_display() if page.audience != Audience.PUBLIC else "",
        )
        for page in pages
    ]
    return Panel(title=_("Nieuw voor jouw praktijk"), items=items, empty=_("Er is nog niets nieuws."))


def _names_of_practices() -> dict[int, tuple[str, str]]:
    """Return name and slug of every practice by its key."""
    rows = Practice.objects.values_list("pk", "name", "slug")
    return remembered("names of practices", lambda: {key: (name, slug) for key, name, slug in rows})


def _rooms() -> list[PanelItem]:
    return [
        PanelItem(label=_("Voor jou"), url=reverse("inbox"), remark=_("Antwoorden en verzoeken")),
        PanelItem(
            label=_("Mijn voorstellen"), url=reverse("exchange:proposals"), remark=_("Van jouw praktijk naar de site")
        ),
        PanelItem(label=_("Berichten van de stuurgroep"), url=reverse("exchange:announcements")),
    ]


def where_is_what(ask: PanelAsk) -> Panel | None:
    """Return the rooms of the portal that are open to this person, and that the menu does not show."""
    items = []
    names = _names_of_practices()
    # One that was made this very moment may not be known yet.
    for name, slug in sorted(names[key] for key in ask.visitor.practice_ids if key in names):
        url = reverse("portal:practice", args=[slug])
        items.append(PanelItem(label=name, url=url, remark=_("Je praktijk: collega's en de openbare pagina")))
    if may_enter_portal(ask.visitor):
        items += _rooms()
    remark = _("Taal, mail, inloggen en privacy")
    items.append(PanelItem(label=_("Instellingen"), url=reverse("portal:settings"), remark=remark))
    return Panel(title=_("Hier vind je het"), items=items)
