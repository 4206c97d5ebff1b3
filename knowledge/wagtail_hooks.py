"""What the knowledge site adds to Wagtail: menu items, the import, and who gets which document."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from knowledge.models import Framework, FrameworkElement, KnowledgePage
from knowledge.views import import_documents


class FrameworkViewSet(SnippetViewSet):
    """Frameworks."""

    model = Framework
    icon = "table"
    list_display = ["title", "code", "version"]
    add_to_admin_menu = False


class FrameworkElementViewSet(SnippetViewSet):
    """Parts of frameworks: editors explain them and define the indicators."""

    model = FrameworkElement
    icon = "list-ul"
    list_display = ["label", "kind", "framework", "is_starred"]
    list_filter = ["framework", "kind", "is_starred"]
    search_fields = ["label", "description"]
    add_to_admin_menu = False


register_snippet(FrameworkViewSet)
register_snippet(FrameworkElementViewSet)


@hooks.register("before_serve_document")
def serve_only_what_a_visible_page_offers(document: Any, request: HttpRequest) -> None:
    """Raise Http404 for a document that no page offers to this visitor; editors get every document."""
    visitor = request.visitor  # type: ignore[attr-defined] # set by VisitorMiddleware
    if visitor.is_editor:
        return
    if not KnowledgePage.objects.visible_to(visitor).that_offer(document).exists():
        raise Http404


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    """Add the import to the admin's addresses."""
    return [path("importeren/", import_documents, name="import_documents")]


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    """Add the import to the menu."""
    return MenuItem(_("Importeren"), reverse("import_documents"), icon_name="upload", order=350)
