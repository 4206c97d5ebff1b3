"""Tags with which templates build components and speak Dutch about dates."""

import json
from datetime import date, datetime
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from thuisbasis.base import components
from thuisbasis.base.texts import full_date

register = template.Library()


@register.simple_tag(takes_context=True)
def show(context: Context, name: str, **fields: Any) -> SafeString:
    """Render the component of this name with these fields: `{% show "Badge" text="…" %}`."""
    component_class = getattr(components, name)
    return component_class(**fields).render_html(context)


register.filter(full_date)


@register.filter
def short_date(value: date | datetime | None) -> str:
    """Return a day without its weekday: "25 maart 2021"."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return date_format(value, "j F Y")


@register.filter
def json_ld(value: dict[str, Any]) -> SafeString:
    """Return a script element of JSON-LD: data, not a script, and safe inside HTML."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for unsafe, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(unsafe, escaped)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 (escaped above)


@register.simple_tag(takes_context=True)
def page_address(context: Context) -> str:
    """Return the one address of what is shown: a sub-page's own, or else the page's."""
    return str(context.get("canonical_url") or context["page"].absolute_url)


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> SafeString:
    """Return the page, or the `subject_data` of what it shows, and the way to it as one schema.org graph."""
    page, request = context["page"], context["request"]
    graph = [context.get("subject_data") or page.structured_data(request)]
    breadcrumbs = context.get("breadcrumbs")
    if breadcrumbs and breadcrumbs.links:
        graph.append(
            breadcrumbs.structured_data(site_url=context["site_url"], current=context.get("title") or page.title)
        )
    return json_ld({"@context": "https://schema.org", "@graph": graph})
