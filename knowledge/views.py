"""Views that are not pages: what was not found, and for editors importing, planning, translating and ending consent."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.permissions import page_permission_policy

from knowledge.forms import CampaignLanguageForm, ConfirmForm, ImportForm, WithdrawForm
from knowledge.models import ArticleIndexPage, CampaignPage, PageTranslation
from knowledge.querysets import untranslated
from knowledge.services import (
    ThereIsNoPlaceForArticles,
    TranslationsAreNotReady,
    bring_translations,
    confirm_translation,
    import_document,
    pages_with,
    plan_of,
    publish_translations,
    texts_that_name,
    translations_of,
)
from thuisbasis.files.reading import FileCannotBeRead
from thuisbasis.network.models import Person
from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.network.services import withdraw_consent

MOST_CAMPAIGNS = 10


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here; offer the Dutch page where one is meant that is not translated."""
    language = get_language_from_path(request.path_info)
    original = None
    if language and language != settings.LANGUAGE_CODE:
        slugs = [slug for slug in request.path_info.split("/") if slug][1:]
        original = untranslated(slugs, getattr(request, "visitor", ANONYMOUS))
    return render(request, "404.html", {"original": original}, status=404)


@require_http_methods(["GET", "POST"])
def import_documents(request: HttpRequest) -> HttpResponse:
    """Let an editor upload documents, and show per file what became of it."""
    section = ArticleIndexPage.originals().first()
    if section and not section.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    results: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        results = [_import(file, request.user) for file in form.cleaned_data["documents"]]
    return render(request, "knowledge/admin/import_documents.html", {"form": form, "results": results})


def _import(file: Any, user: Any) -> dict[str, Any]:
    try:
        return {"report": import_document(name=file.name, data=file.read(), user=user, now=timezone.now())}
    except (FileCannotBeRead, ThereIsNoPlaceForArticles) as error:
        return {"name": file.name, "error": str(error)}


@require_safe
def campaign_plans(request: HttpRequest) -> HttpResponse:
    """Show editors which month of each campaign lacks what."""
    campaigns = CampaignPage.originals().order_by("-start_date").prefetch_related("months")[:MOST_CAMPAIGNS]
    plans = [plan_of(campaign=campaign) for campaign in campaigns]
    return render(request, "knowledge/admin/campaign_plans.html", {"plans": plans})


@require_http_methods(["GET", "POST"])
def end_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where a person is named, and take the name away everywhere when the editor says so."""
    if not request.user.has_perm("network.change_person"):
        raise PermissionDenied
    person = get_object_or_404(Person, pk=pk)
    today = timezone.localdate()
    form = WithdrawForm(request.POST if request.method == "POST" else None, uses=person.uses_agreed_on(today))
    ended = None
    if form.is_bound and form.is_valid():
        ended = withdraw_consent(person=person, uses=frozenset(form.cleaned_data["uses"]), today=today)
        form = WithdrawForm(None, uses=person.uses_agreed_on(today))
    context = {
        "person": person,
        "form": form,
        "ended": ended,
        "pages": pages_with(person=person),
        # While consent holds, search itself names the person: only afterwards what is left is text.
        "texts": [] if person.uses_agreed_on(today) else texts_that_name(person=person),
    }
    return render(request, "knowledge/admin/end_consent.html", context)


@require_http_methods(["GET", "POST"])
def translations_report(request: HttpRequest) -> HttpResponse:
    """Show editors which translations are behind or read by nobody; a POST says that one is right as it stands."""
    editable = page_permission_policy.instances_user_has_permission_for(request.user, "change")
    rows = PageTranslation.objects.needing_attention().filter(page__in=editable.values("pk"))
    form = ConfirmForm(rows, request.POST or None)
    if form.is_valid():
        translation = form.cleaned_data["translation"]
        confirm_translation(translation=translation)
        messages.success(request, _("“%(title)s” is weer bij.") % {"title": translation.page.title})
        return redirect("translations_report")
    campaigns = CampaignPage.originals().filter(pk__in=editable.values("pk"))
    context = {"rows": rows, "campaigns": campaigns.order_by("-start_date")[:MOST_CAMPAIGNS]}
    return render(request, "knowledge/admin/translations.html", context)


@require_http_methods(["GET", "POST"])
def campaign_translations(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a campaign is translated; a POST makes drafts in one language, or publishes them together."""
    campaign = get_object_or_404(CampaignPage.originals(), pk=pk)
    if not campaign.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    problems: list[str] = []
    form = CampaignLanguageForm(request.POST or None)
    if form.is_valid():
        service = publish_translations if form.cleaned_data["action"] == "publish" else bring_translations
        try:
            count = service(campaign=campaign, locale=form.cleaned_data["locale"], user=request.user)
        except TranslationsAreNotReady as error:
            problems = error.problems
        else:
            messages.success(request, _("Klaar: %(count)d pagina's.") % {"count": count})
            return redirect("campaign_translations", pk=pk)
    rows = translations_of(campaign=campaign)
    locales = [state.locale for state in rows[0].states]
    context = {"campaign": campaign, "rows": rows, "locales": locales, "problems": problems}
    return render(request, "knowledge/admin/campaign_translations.html", context)
