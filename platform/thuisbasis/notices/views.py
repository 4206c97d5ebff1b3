"""The inbox, and the door out of any list of ours."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from thuisbasis.notices.services import TopicIsUnknown, inbox, mark_read, stop_topic
from thuisbasis.notices.services.subscribing import read_token


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def inbox_page(request: HttpRequest) -> HttpResponse:
    """Show what happened; one button says that all of it was read."""
    if request.method == "POST":
        mark_read(user=request.user, now=timezone.now())
        messages.success(request, _("Je bent helemaal bij."))
        return HttpResponseRedirect(reverse("inbox"))
    notices = inbox(user=request.user, visitor=request.visitor)  # type: ignore[attr-defined] # set by VisitorMiddleware
    context = {"title": _("Voor jou"), "notices": notices, "has_unread": any(not row.notice.read_at for row in notices)}
    return render(request, "notices/inbox.html", context)


@never_cache
@csrf_exempt  # nosemgrep: forms-carry-a-token (mail programs send it; the address holds a signed token)
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End a topic on POST, without a login, as mail programs do (RFC 8058); GET only asks, as scanners look."""
    try:
        topic = stop_topic(token=token) if request.method == "POST" else read_token(token)[1]
    except TopicIsUnknown as error:
        raise Http404 from error
    context = {"title": _("Geen mail meer"), "topic": topic, "is_done": request.method == "POST"}
    return render(request, "notices/unsubscribe.html", context)
