"""What waits for somebody in the self-assessment: on the dashboard and in the inbox."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.assessments.models import ActionReminder, Assessment, ImprovementAction, PeerReview, RaterResponse
from members.assessments.policies import State
from thuisbasis.network.policies import Visitor
from thuisbasis.network.registry import Area, Panel, PanelAsk, PanelItem, declare_panel
from thuisbasis.notices.registry import NoticeText, declare_notice

MOST_SHOWN = 5
# Days before an action is due from which it stands on the dashboard.
SOON = 14


def declare() -> None:
    """Put everything where it belongs."""
    declare_panel("assessments", area=Area.ATTENTION, order=15, build=waiting, waits=_rows)
    for kind in ("assessment_asked", "assessment_reminder", "assessment_reminder_7", "assessment_reminder_1"):
        declare_notice(kind, _forms(kind))
    declare_notice("review_asked", _reviews(_("%(title)s vraagt of jij van buiten wilt meekijken")))
    declare_notice("review_in", _reviews(_("De blik van buiten op %(title)s is binnen")))
    declare_notice("review_remarked", _reviews(_("%(title)s schreef wat er volgens hen niet klopt")))
    declare_notice("action_yours", _actions)
    declare_notice("action_due", _reminders)


def _rows(ask: PanelAsk) -> tuple[Any, Any]:
    running: Any = Assessment.objects.visible_to(ask.visitor).waiting_for(ask.visitor).select_related("round")
    mine = ImprovementAction.objects.visible_to(ask.visitor).filter(owner=ask.user)
    return running, mine.due_within(ask.today, SOON)


def waiting(ask: PanelAsk) -> Panel | None:
    """Return forms that wait, conversations that began and actions that are nearly due; no panel for nothing."""
    if not ask.visitor.practice_ids:
        return None
    running, due = _rows(ask)
    items = [
        PanelItem(
            label=row.title, url=reverse("assessments:response", args=[row.own_form]), remark=_("vul je formulier in")
        )
        if row.state == State.OPEN
        else PanelItem(label=row.title, url=row.get_absolute_url(), remark=_("samen afspreken"))
        for row in running[:MOST_SHOWN]
    ]
    items += [
        PanelItem(
            label=row.title,
            url=row.get_absolute_url(),
            remark=_("had al klaar moeten zijn") if row.is_late(ask.today) else _("bijna klaar?"),
        )
        for row in due[:MOST_SHOWN]
    ]
    if not items:
        return None
    more = PanelItem(label=_("Naar de zelfevaluatie"), url=reverse("assessments:overview"))
    return Panel(title=_("Zelfevaluatie"), items=items, more=more)


def _forms(kind: str) -> Any:
    asked = _("Vul jouw formulier in voor “%(title)s”")
    sentence = asked if kind == "assessment_asked" else _("Je formulier voor “%(title)s” is nog niet ingeleverd")

    def found(keys: Sequence[int], visitor: Visitor) -> dict[int, NoticeText]:
        rows = RaterResponse.objects.open_to(visitor).waiting().filter(pk__in=keys)
        rows = rows.select_related("assessment__round")
        return {row.pk: NoticeText.about(row, sentence, title=row.assessment.title) for row in rows}

    return found


def _reviews(sentence: Any) -> Any:
    def found(keys: Sequence[int], visitor: Visitor) -> dict[int, NoticeText]:
        rows = PeerReview.objects.visible_to(visitor).filter(pk__in=keys).select_related("assessment__practice")
        return {row.pk: NoticeText.about(row, sentence) for row in rows}

    return found


def _actions(keys: Sequence[int], visitor: Visitor) -> dict[int, NoticeText]:
    rows = ImprovementAction.objects.visible_to(visitor).filter(pk__in=keys, owner=visitor.user_id)
    return {row.pk: NoticeText.about(row, _("Jij zorgt voor de actie “%(title)s”")) for row in rows}


def _reminders(keys: Sequence[int], visitor: Visitor) -> dict[int, NoticeText]:
    """Return the actions that are due; nothing for what is done meanwhile, or has another day or owner."""
    actions = ImprovementAction.objects.visible_to(visitor).unfinished().filter(owner=visitor.user_id)
    rows = ActionReminder.objects.filter(pk__in=keys, action__in=actions).select_related("action")
    sentences = {
        -14: _("Over twee weken klaar: “%(title)s”"),
        0: _("Vandaag klaar: “%(title)s”"),
        14: _("Twee weken te laat: “%(title)s”"),
    }
    return {
        row.pk: NoticeText.about(row.action, sentences[row.offset])
        for row in rows
        if row.action.due_date == row.due_date
    }
