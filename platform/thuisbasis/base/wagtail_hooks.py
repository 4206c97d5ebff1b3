"""Gives the editors' admin the colours of the house, and says of served pages who may keep them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from thuisbasis.base.models import BasePage


@hooks.register("insert_global_admin_css")
def house_colours() -> str:
    """Add our few styles to every page of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("base/admin.css"))


@hooks.register("on_serve_page")
def say_who_may_keep_it(serve: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let anybody keep a page for everybody, and ask each time whether it is still right."""

    def serve_page(page: BasePage, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        response = serve(page, request, args, kwargs)
        if page.is_public and not request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "public, no-cache")
        return response

    return serve_page
