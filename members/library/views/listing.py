"""All documents that somebody may see."""

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from members.library.models import Document, Folder
from members.library.policies import may_share
from thuisbasis.base.components import FilterForm, Pagination, Select
from thuisbasis.network.models import Theme
from thuisbasis.network.views import MemberView
from thuisbasis.search.services import keys_found

PAGE_SIZE = 25


class DocumentsView(MemberView, TemplateView):
    """The list, with search in the words of the documents themselves."""

    template_name = "members/library/documents.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Narrow, count and cut into pages."""
        visible = Document.objects.visible_to(self.visitor)
        folders = Folder.objects.filter(pk__in=visible.values("folder")).order_by("name")
        chosen = {name: self.request.GET.get(name, "")[:80] for name in ("q", "thema", "map")}
        found = visible.for_list()
        if chosen["q"]:
            found = found.filter(pk__in=keys_found(text=chosen["q"], visitor=self.visitor, kind="document"))
        if chosen["thema"]:
            found = found.filter(themes__slug=chosen["thema"])
        if chosen["map"].isascii() and chosen["map"].isdecimal():
            found = found.filter(folder=int(chosen["map"]))
        paginator = Paginator(found, PAGE_SIZE)
        page = paginator.get_page(self.request.GET.get("pagina"))
        return super().get_context_data(
            title=_("Documenten"),
            documents=page.object_list,
            total=paginator.count,
            may_share=may_share(self.visitor),
            draft_count=Document.objects.drafts_of(self.user).count(),
            filter_form=_filter_form(chosen, folders),
            pagination=Pagination(
                page=page.number,
                page_count=paginator.num_pages,
                query={name: value for name, value in chosen.items() if value},
            ),
            **kwargs,
        )


def _filter_form(chosen: dict[str, str], folders: Any) -> FilterForm:
    themes = [(theme.slug, theme.name) for theme in Theme.objects.filter(locale__language_code="nl")]
    selects = [Select(name="thema", label=_("Thema"), chosen=chosen["thema"], options=themes)]
    places = [(str(folder.pk), folder.name) for folder in folders]
    if places:
        selects.append(Select(name="map", label=_("Map"), chosen=chosen["map"], options=places))
    return FilterForm(
        action=reverse("library:documents"),
        text_name="q",
        text_label=_("Woorden in de titel of in het document"),
        button=_("Zoek documenten"),
        text=chosen["q"],
        selects=selects,
    )
