"""The gallery, and what only the demo shows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from knowledge.blocks import BodyBlock
from thuisbasis.base.components import all_components
from thuisbasis.config.demo import help as demo
from thuisbasis.mail.models import OutgoingMail


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


@require_safe
def demo_help(request: HttpRequest) -> HttpResponse:
    """Show whom to log in as, with the code of this moment, and the mails that were sent."""
    return render(request, "demo/help.html", {"accounts": demo.accounts(), "mails": demo.mails()})


@require_safe
def demo_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one mail as its reader would get it without pictures and colours."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    text, _html = demo.parts_of(mail)
    return render(request, "demo/mail.html", {"mail": mail, "text": text})


@require_safe
def demo_mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the mail in our look, locked in a sandbox, as a mail program would."""
    _text, html = demo.parts_of(get_object_or_404(OutgoingMail, pk=pk))
    response = HttpResponse(html)
    response._csp_replace = {  # type: ignore[attr-defined] # read by django-csp
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "sandbox": ["allow-popups", "allow-top-navigation-by-user-activation"],
    }
    return response
