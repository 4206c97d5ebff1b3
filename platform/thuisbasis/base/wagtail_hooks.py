"""Gives the editors' admin the colours of the house."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def house_colours() -> str:
    """Add our few styles to every page of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("base/admin.css"))
