# Examples that security.yaml must notice, and their harmless twins. Nothing runs this file.
import urllib.request

import requests
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template import Template, engines
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt


def searching(visitor, words):
    # ruleid: search-decides-rights-in-the-index
    found = Document.objects.live().search(words)
    # ok: search-decides-rights-in-the-index
    found = WORDS.search(words)


def reaching(request, pk):
    # ruleid: rows-of-members-come-through-a-rule
    row = get_object_or_404(Document, pk=pk)
    # ruleid: rows-of-members-come-through-a-rule
    row = Document.objects.get(pk=pk)
    # ok: rows-of-members-come-through-a-rule
    row = get_object_or_404(Document.objects.visible_to(request.visitor), pk=pk)


# ruleid: forms-carry-a-token
@csrf_exempt
def open_form(request):
    return None


def making(text):
    # ruleid: templates-are-files
    Template(text)
    # ruleid: templates-are-files
    engines["django"].from_string(text)


def fetching(address):
    # ruleid: nothing-is-fetched-for-anybody
    urllib.request.urlopen(address)
    # ruleid: nothing-is-fetched-for-anybody
    requests.get(address)


def leading(request):
    # ruleid: nobody-is-led-away
    redirect(request.GET["next"])
    place = request.POST.get("next")
    # ruleid: nobody-is-led-away
    HttpResponseRedirect(place)
    # ok: nobody-is-led-away
    redirect(reverse("portal:dashboard"))


def telling(logger, user):
    # ruleid: logs-name-nobody
    logger.info("%s came in", user.email)
    # ok: logs-name-nobody
    logger.info("account %s came in", user.pk)
