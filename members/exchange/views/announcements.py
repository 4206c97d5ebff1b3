"""What the steering group tells."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from members.exchange.forms import AnnouncementForm
from members.exchange.models import Announcement
from members.exchange.policies import may_announce, may_hide
from members.exchange.services import announce
from thuisbasis.base.components import Link
from thuisbasis.network.views import AudienceFormView, MemberListView, MemberView


class AnnouncementsView(MemberListView):
    """The archive."""

    template_name = "members/exchange/announcements.html"
    title = gettext_lazy("Berichten van de stuurgroep")

    def found(self) -> Any:
        """List the newest first."""
        return Announcement.objects.visible_to(self.visitor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether this person may write one."""
        return super().get_context_data(may_announce=may_announce(self.visitor), **kwargs)


class AnnouncementView(MemberView, TemplateView):
    """One announcement."""

    template_name = "members/exchange/announcement.html"

    def may_enter(self) -> bool:
        """Let in for whom it is meant."""
        rows = Announcement.objects.visible_to(self.visitor).select_related("author__profile")
        found = rows.filter(slug=self.kwargs["slug"]).first() if super().may_enter() else None
        if found is None:
            return False
        self.announcement = found
        return True

    def trail(self) -> list[Link]:
        """Lead back to the archive."""
        return [Link(label=_("Berichten van de stuurgroep"), url=reverse("exchange:announcements"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show it."""
        return super().get_context_data(
            title=self.announcement.title,
            announcement=self.announcement,
            may_hide=may_hide(self.visitor, self.announcement),
            **kwargs,
        )


class AnnounceView(AudienceFormView):
    """Write to everyone."""

    template_name = "members/form.html"
    form_class = AnnouncementForm

    def may_enter(self) -> bool:
        """Let the steering group in."""
        return may_announce(self.visitor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the page."""
        return super().get_context_data(
            title=_("Bericht van de stuurgroep"),
            introduction=_("Het staat bovenaan bij iedereen die je kiest, en in de eerstvolgende verzamelmail."),
            button=_("Plaats het bericht"),
            back_url=reverse("exchange:announcements"),
            **kwargs,
        )

    def form_valid(self, form: AnnouncementForm) -> HttpResponse:
        """Tell everyone."""
        announcement = announce(author=self.user, visitor=self.visitor, content=form.cleaned_data, now=self.now)
        messages.success(self.request, _("Je bericht staat er."))
        return HttpResponseRedirect(announcement.get_absolute_url())
