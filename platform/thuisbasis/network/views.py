"""What the pages of members share: who may come in, and which practice it is about."""

from abc import ABC, abstractmethod
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View
from django.views.generic.base import ContextMixin

from thuisbasis.accounts.models import User
from thuisbasis.base.components import Breadcrumbs, FilterForm, Link, Pagination
from thuisbasis.network.models import Practice, Theme
from thuisbasis.network.policies import may_coordinate, may_enter_portal
from thuisbasis.network.refusals import NotForYou


def theme_choices() -> list[tuple[str, str]]:
    """Return the themes as a select offers them."""
    return list(Theme.objects.filter(locale__language_code="nl").values_list("slug", "name"))


class PersonalView(LoginRequiredMixin, ContextMixin, View):
    """A page for whoever is logged in."""

    title: Any = ""
    # Asks for the password or the second step again when that was more than five minutes ago,
    # before a form is filled, so that nothing typed is lost.
    is_sensitive = False

    def may_enter(self) -> bool:
        """Say whether this visitor may be here; the page does not exist for others."""
        return True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask strangers to log in, and tell others that there is nothing here."""
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.user: User = request.user
        self.visitor = request.visitor  # type: ignore[attr-defined] # set by VisitorMiddleware
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        if not self.may_enter():
            raise NotForYou
        go_on = super().dispatch
        response: HttpResponseBase = (reauthentication_required(go_on) if self.is_sensitive else go_on)(
            request, *args, **kwargs
        )
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give every page its title and the way to it."""
        trail = {"breadcrumbs": Breadcrumbs(links=self.trail())}
        return {"title": self.title, **trail, **super().get_context_data(**kwargs)}

    def trail(self) -> list[Link]:
        """Return the pages above this one; none for what the menu leads to."""
        return []


class MemberView(PersonalView):
    """A page for people of the network."""

    def may_enter(self) -> bool:
        """Let in who works at a practice, or runs the site."""
        return may_enter_portal(self.visitor)


class AudienceFormView(MemberView, FormView):
    """A form that asks who may see something."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the audiences of this person."""
        return {**super().get_form_kwargs(), "visitor": self.visitor, "today": self.today}

    def get_initial(self) -> dict[str, Any]:
        """Start with the whole network unless somebody chooses otherwise."""
        return {"seen_by": "network"}


class MemberListView(MemberView, TemplateView, ABC):
    """A list of what this person may see, narrowed by one form and cut into pages."""

    page_size = 25

    def form(self) -> FilterForm | None:
        """Return the form with what is asked for; None when there is nothing to choose."""
        return None

    def asked(self, name: str) -> str:
        """Return one choice from the address."""
        return self.request.GET.get(name, "")[:80].replace("\x00", "")

    @abstractmethod
    def found(self) -> QuerySet:
        """Return everything that was asked for, in order."""

    def shown(self, rows: Any) -> Any:
        """Return the rows of this page as the template wants them."""
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find, count and cut into pages."""
        form = self.form()
        page = Paginator(self.found(), self.page_size).get_page(self.request.GET.get("pagina"))
        return super().get_context_data(
            filter_form=form,
            rows=self.shown(page.object_list),
            total=page.paginator.count,
            pagination=Pagination.of(page, form.query if form else None),
            **kwargs,
        )


class PracticeMixin(PersonalView):
    """A page about one practice, for its own people."""

    def may_enter(self) -> bool:
        """Let in who works at the practice."""
        practices = Practice.objects.filter(pk__in=self.visitor.practice_ids).select_related("care_provider")
        found = practices.filter(slug=self.kwargs["slug"]).first()
        if found is None:
            return False
        self.practice = found
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the practice, and say whether this person coordinates it."""
        may = may_coordinate(self.visitor, practice_id=self.practice.pk)
        return {"practice": self.practice, "may_coordinate": may, **super().get_context_data(**kwargs)}


class CoordinatorMixin(PracticeMixin):
    """A page about one practice, for its coordinators."""

    def may_enter(self) -> bool:
        """Let in who coordinates the practice."""
        return super().may_enter() and may_coordinate(self.visitor, practice_id=self.practice.pk)
