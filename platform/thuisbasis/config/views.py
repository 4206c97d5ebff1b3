"""The gallery, which shows the parts of every app side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledge.blocks import BodyBlock
from thuisbasis.base.components import all_components


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component and block in all its states (development only)."""
    components = [
        {"name": component.__name__, "about": component.__doc__, "examples": component.examples()}
        for component in all_components()
    ]
    blocks = [
        {"name": name, "label": block.label, "html": block.render(block.get_preview_value(), {"request": request})}
        for name, block in BodyBlock().child_blocks.items()
    ]
    context = {"components": components, "blocks": blocks, "hide_header_search": True}
    return render(request, "gallery.html", context)
