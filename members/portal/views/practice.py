"""My practice: its people, its public page, who comes and who goes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, UpdateView

from knowledge.models import PracticeIndexPage
from members.portal.forms import LeaveForm, PracticeForm, RoleForm
from members.portal.models import Invitation, Profile
from members.portal.services import unconfirmed
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Membership, Practice, Role
from thuisbasis.network.services import (
    LastCoordinator,
    NotAMember,
    change_role,
    confirm_still_here,
    end_membership,
    proposal_for,
    propose_change,
)
from thuisbasis.network.views import CoordinatorMixin, PracticeMixin


class PracticeView(PracticeMixin, TemplateView):
    """The people of my practice, and for coordinators what they can do."""

    template_name = "members/practice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List people by name, with their role, and the invitations that are open."""
        rows = Membership.objects.filter(practice=self.practice).valid_on(self.today)
        people = rows.filter(user__is_active=True).select_related("user__profile").order_by("user__first_name")
        directory = PracticeIndexPage.objects.live().first()
        return super().get_context_data(
            title=self.practice.name,
            people=people,
            invitations=Invitation.objects.open().filter(practice=self.practice).select_related("invited_by"),
            public_url=directory.practice_url(self.practice) if directory else "",
            now=self.now,
            roles=Role,
            **kwargs,
        )


class EditPracticeView(CoordinatorMixin, UpdateView):
    """Propose what the public page says; an editor looks at it before it shows."""

    template_name = "members/edit_practice.html"
    form_class = PracticeForm

    def get_object(self, queryset: Any = None) -> Practice:
        """Go on with what was proposed before, when it is not published yet."""
        return proposal_for(practice=self.practice)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say where an earlier proposal is, and what the editors answered."""
        state = self.practice.current_workflow_state
        task = state.current_task_state if state else None
        return super().get_context_data(
            title=_("De openbare pagina van %(practice)s") % {"practice": self.practice.name},
            state=state,
            answer=task.comment if task else "",
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the proposal to the editors."""
        proposal = form.save(commit=False)
        form.save_m2m()
        propose_change(practice=proposal, user=self.user, visitor=self.visitor)
        messages.success(self.request, _("Dank je. De redactie kijkt ernaar; daarna staat het op de site."))
        return HttpResponseRedirect(reverse("portal:practice", args=[self.practice.slug]))


class StillHereView(CoordinatorMixin, TemplateView):
    """The quarterly look at who still works here."""

    template_name = "members/still_here.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List who was not confirmed for a quarter."""
        return super().get_context_data(
            title=_("Wie werkt er nog bij %(practice)s?") % {"practice": self.practice.name},
            people=unconfirmed(practice=self.practice, today=self.today),
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm those who were ticked."""
        people = User.objects.filter(profile__slug__in=request.POST.getlist("person"))
        count = confirm_still_here(
            practice=self.practice, users=list(people), actor=self.user, visitor=self.visitor, now=self.now
        )
        messages.success(request, _("Bevestigd: %(count)s collega's.") % {"count": count})
        return HttpResponseRedirect(reverse("portal:still_here", args=[self.practice.slug]))


class PersonInPracticeMixin(CoordinatorMixin):
    """A page about one person of the practice."""

    is_sensitive = True

    def may_enter(self) -> bool:
        """Let coordinators in, for people of their own practice."""
        if not super().may_enter():
            return False
        profiles = Profile.objects.of_practice(self.practice.pk, self.today).select_related("user")
        self.profile = get_object_or_404(profiles, slug=self.kwargs["person"])
        return True

    @property
    def is_last_coordinator(self) -> bool:
        """Say whether the practice would be left without a coordinator."""
        rows = Membership.objects.filter(practice=self.practice).valid_on(self.today).coordinating()
        coordinators = set(rows.values_list("user_id", flat=True))
        return coordinators == {self.profile.user_id}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the person."""
        last = self.is_last_coordinator
        return super().get_context_data(person=self.profile.user, profile=self.profile, is_last=last, **kwargs)

    def back(self) -> HttpResponse:
        """Return to the practice, or to the dashboard for who left it."""
        if self.profile.user == self.user:
            return HttpResponseRedirect(reverse("portal:dashboard"))
        return HttpResponseRedirect(reverse("portal:practice", args=[self.practice.slug]))


class RoleView(PersonInPracticeMixin, FormView):
    """Make somebody a coordinator, or a member again."""

    template_name = "members/change_role.html"
    form_class = RoleForm

    def get_initial(self) -> dict[str, Any]:
        """Start from the role of today."""
        rows = Membership.objects.filter(practice=self.practice, user=self.profile.user).valid_on(self.today)
        is_coordinator = rows.filter(role=Role.COORDINATOR).exists()
        return {"role": Role.COORDINATOR if is_coordinator else Role.MEMBER}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(title=_("De rol van %(person)s") % {"person": self.profile}, **kwargs)

    def form_valid(self, form: RoleForm) -> HttpResponse:
        """Change the role, or say why that cannot be."""
        try:
            change_role(
                practice=self.practice,
                user=self.profile.user,
                role=form.cleaned_data["role"],
                actor=self.user,
                visitor=self.visitor,
                now=self.now,
            )
        except (LastCoordinator, NotAMember):
            form.add_error(None, _("Een praktijk heeft altijd een coördinator. Wijs eerst een collega aan."))
            return self.form_invalid(form)
        messages.success(self.request, _("De rol van %(person)s is gewijzigd.") % {"person": self.profile})
        return self.back()


class LeaveView(PersonInPracticeMixin, FormView):
    """Off-board somebody, with a successor when the last coordinator goes."""

    template_name = "members/off_board.html"
    form_class = LeaveForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the colleagues as successors."""
        colleagues = Profile.objects.of_practice(self.practice.pk, self.today).exclude(user=self.profile.user)
        return {
            **super().get_form_kwargs(),
            "candidates": User.objects.filter(profile__in=colleagues).order_by("first_name"),
            "needs_successor": self.is_last_coordinator,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(title=_("%(person)s uit dienst") % {"person": self.profile}, **kwargs)

    def form_valid(self, form: LeaveForm) -> HttpResponse:
        """Take every right away, at once."""
        try:
            end_membership(
                practice=self.practice,
                user=self.profile.user,
                successor=form.cleaned_data.get("successor"),
                actor=self.user,
                visitor=self.visitor,
                now=self.now,
            )
        except (LastCoordinator, NotAMember):
            form.add_error(None, _("Dit is intussen veranderd. Kijk de gegevens na en probeer het nog eens."))
            return self.form_invalid(form)
        messages.success(self.request, _("%(person)s kan nergens meer bij.") % {"person": self.profile})
        return self.back()
