"""Who works where in the network."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from members.portal.models import Profile
from thuisbasis.base.components import FilterForm, Link
from thuisbasis.network.models import Membership, Role
from thuisbasis.network.refusals import NotForYou
from thuisbasis.network.views import MemberListView, MemberView


def with_work(profiles: Any, today: Any) -> Any:
    """Let each profile know the practices of today (two queries for the whole list)."""
    rows = Membership.objects.valid_on(today).select_related("practice").order_by("practice__name")
    return profiles.select_related("user").prefetch_related(
        Prefetch("user__memberships", queryset=rows, to_attr="work")
    )


class PeopleView(MemberListView):
    """The member directory, with search by name, work, practice and place."""

    template_name = "members/people.html"
    title = gettext_lazy("Mensen in het netwerk")
    page_size = 30

    def found(self) -> Any:
        """Find by name, work, practice, place or subject."""
        found = Profile.objects.visible_to(self.visitor).present(self.today).matching(self.asked("q"), self.today)
        return with_work(found, self.today)

    def form(self) -> FilterForm:
        """Offer one field for everything."""
        return FilterForm(
            action=reverse("portal:people"),
            text_name="q",
            text_label=_("Naam, praktijk, plaats of onderwerp"),
            button=_("Zoek mensen"),
            text=self.asked("q"),
        )


class PersonView(MemberView, TemplateView):
    """Somebody's profile, as others see it."""

    template_name = "members/person.html"

    def trail(self) -> list[Link]:
        """Lead back to everyone."""
        return [Link(label=_("Mensen in het netwerk"), url=reverse("portal:people"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Load the profile; raises NotForYou for who is not, or no longer, in the network."""
        profiles = Profile.objects.visible_to(self.visitor).present(self.today)
        profile = with_work(profiles, self.today).filter(slug=self.kwargs["slug"]).first()
        if profile is None:
            raise NotForYou
        return super().get_context_data(
            title=str(profile), profile=profile, is_me=profile.user == self.user, roles=Role, **kwargs
        )
