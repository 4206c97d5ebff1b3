"""All documents that somebody may see."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.library.models import Document, Folder
from members.library.policies import may_share
from thuisbasis.base.components import FilterForm, Select
from thuisbasis.network.views import MemberListView, theme_choices
from thuisbasis.search.services import keys_found


class DocumentsView(MemberListView):
    """The list, with search in the words of the documents themselves."""

    template_name = "members/library/documents.html"
    title = gettext_lazy("Documenten")

    def found(self) -> Any:
        """Narrow by words, theme and folder."""
        found = Document.objects.visible_to(self.visitor).for_list()
        if self.asked("q"):
            found = found.filter(pk__in=keys_found(text=self.asked("q"), visitor=self.visitor, kind="document"))
        if self.asked("thema"):
            found = found.filter(themes__slug=self.asked("thema"))
        if self.asked("map").isascii() and self.asked("map").isdecimal():
            found = found.filter(folder=int(self.asked("map")))
        return found

    def form(self) -> FilterForm:
        """Offer words, themes, and the folders in which this person sees something."""
        visible = Document.objects.visible_to(self.visitor)
        folders = Folder.objects.filter(pk__in=visible.values("folder")).order_by("name").values_list("pk", "name")
        selects = [Select(name="thema", label=_("Thema"), chosen=self.asked("thema"), options=theme_choices())]
        places = [(str(key), name) for key, name in folders]
        if places:
            selects.append(Select(name="map", label=_("Map"), chosen=self.asked("map"), options=places))
        return FilterForm(
            action=reverse("library:documents"),
            text_name="q",
            text_label=_("Woorden in de titel of in het document"),
            button=_("Zoek documenten"),
            text=self.asked("q"),
            selects=selects,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether this person may share, and what waits for him or her."""
        return super().get_context_data(
            may_share=may_share(self.visitor),
            draft_count=Document.objects.drafts_of(self.user).count(),
            **kwargs,
        )
