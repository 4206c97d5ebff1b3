"""Who works where in the network."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from members.portal.models import Profile
from thuisbasis.base.components import FilterForm, Pagination
from thuisbasis.network.models import Membership, Role
from thuisbasis.network.refusals import NotForYou
from thuisbasis.network.views import MemberView

PAGE_SIZE = 30


def with_work(profiles: Any, today: Any) -> Any:
    """Let each profile know the practices of today (two queries for the whole list)."""
    rows = Membership.objects.valid_on(today).select_related("practice").order_by("practice__name")
    return profiles.select_related("user").prefetch_related(
        Prefetch("user__memberships", queryset=rows, to_attr="work")
    )


class PeopleView(MemberView, TemplateView):
    """The member directory, with search by name, work, practice and place."""

    template_name = "members/people.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find, count and cut into pages."""
        text = self.request.GET.get("q", "")[:80].replace("\x00", "")
        found = Profile.objects.visible_to(self.visitor).present(self.today).matching(text, self.today)
        paginator = Paginator(with_work(found, self.today), PAGE_SIZE)
        page = paginator.get_page(self.request.GET.get("pagina"))
        form = FilterForm(
            action=reverse("portal:people"),
            text_name="q",
            text_label=_("Naam, praktijk, plaats of onderwerp"),
            button=_("Zoek mensen"),
            text=text,
        )
        return super().get_context_data(
            title=_("Mensen in het netwerk"),
            filter_form=form,
            profiles=page.object_list,
            total=paginator.count,
            pagination=Pagination(page=page.number, page_count=paginator.num_pages, query={"q": text} if text else {}),
            **kwargs,
        )


class PersonView(MemberView, TemplateView):
    """Somebody's profile, as others see it."""

    template_name = "members/person.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Load the profile; raises NotForYou for who is not, or no longer, in the network."""
        profiles = Profile.objects.visible_to(self.visitor).present(self.today)
        profile = with_work(profiles, self.today).filter(slug=self.kwargs["slug"]).first()
        if profile is None:
            raise NotForYou
        return super().get_context_data(
            title=str(profile), profile=profile, is_me=profile.user == self.user, roles=Role, **kwargs
        )
