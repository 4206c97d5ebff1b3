"""Whatever somebody sends, on purpose or by accident: the site answers, and never with an error of its own."""

import os
import re
from collections import Counter

import pytest
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import reverse
from forms_of_the_site import LOOSE, NASTY, Form, body_of, fillings, kind_of, query_of, values, walk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from route_table import doors
from wagtail.snippets.models import get_snippet_models

from thuisbasis.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.on_server, pytest.mark.no_cover]
# `make fuzz` sends ten thousand; each run of the tests sends others.
INPUTS = int(os.environ.get("INPUTS", "300"))
ROLES = {
    "anonymous": "",
    "coordinator": "coordinator",
    "steering group": "stuurgroep",
    "moderator": "redactie",
    "administrator": "beheer",
}
# Wagtail's own page that fails on purpose.
ON_PURPOSE = re.compile("error_test")


@pytest.fixture
def clients():
    """One client for each role, logged in just now."""
    made = {}
    for role, name in ROLES.items():
        client = Client(raise_request_exception=False)
        if name:
            client.force_login(User.objects.get(email=f"{name}@example.nl"))
        made[role] = client
    return made


@pytest.fixture
def broken():
    """What went wrong inside, by its place in the code."""
    found = []

    def note(sender, request=None, **_kwargs):
        import sys
        import traceback

        error = sys.exc_info()[1]
        place = traceback.extract_tb(error.__traceback__)[-1]
        found.append(
            f"{type(error).__name__} at {place.filename.split('site-packages/')[-1]}:{place.lineno}: {str(error)[:150]}"
        )

    got_request_exception.connect(note)
    yield found
    got_request_exception.disconnect(note)


def send(client, method, address, pairs, raw=None):
    """Send something, undo whatever it did, and return the status."""
    kept = client.cookies.copy()
    cache.clear()
    try:
        with transaction.atomic():
            if raw is not None:
                answer = client.generic(method, address, raw, content_type="application/json")
            elif method == "GET":
                answer = client.generic("GET", f"{address.split('?')[0]}?{query_of(pairs)}")
            else:
                body, content_type = body_of(pairs)
                answer = client.generic("POST", address, body, content_type=content_type)
            if getattr(answer, "streaming", False):
                b"".join(answer.streaming_content)
            status = answer.status_code
            transaction.set_rollback(True)
    finally:
        client.cookies = kept
    return status


def test_no_input_whatsoever_makes_the_site_fail(clients, broken):
    forms = [form for role, client in clients.items() for form in walk(client, role)]
    every_address = [address for name, address, _door in doors() if not ON_PURPOSE.search(name)]
    assert len(forms) > 120, len(forms)
    failures, statuses = {}, Counter()
    anywhere = st.builds(
        Form,
        st.sampled_from(sorted(ROLES)),
        st.sampled_from(["GET", "POST"]),
        st.sampled_from(every_address),
        st.just(()),
    )

    @settings(max_examples=INPUTS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def try_it(data):
        form = data.draw(st.one_of(st.sampled_from(forms), st.sampled_from(forms), anywhere))
        raw = data.draw(values) if form.fields == () and form.method == "POST" and data.draw(st.booleans()) else None
        pairs = data.draw(fillings(form))
        status = send(clients[form.role], form.method, form.address, pairs, raw)
        statuses[status] += 1
        if status >= 500:
            reason = broken[-1] if broken else str(status)
            failures.setdefault(
                (kind_of(form.address), reason),
                (form.role, form.method, form.address, [(n, v[:60]) for n, v, _k in pairs], raw),
            )

    try_it()
    print(
        f"\n{sum(statuses.values())} inputs over {len(forms)} forms and {len(every_address)} addresses: {dict(statuses)}"
    )
    assert not failures, "\n".join(f"{kind} {reason} {sent}" for (kind, reason), sent in failures.items())


def test_every_nasty_word_in_every_place_of_every_public_address_is_answered(clients, broken):
    client = clients["anonymous"]
    addresses = ["/zoeken/", "/agenda/", "/kijk-en-luister/"]
    failed = []
    for address in addresses:
        for word in NASTY:
            pairs = [(name, word, "text") for name in LOOSE]
            if send(client, "GET", address, pairs) >= 500:
                failed.append((address, word, broken[-1:]))
    assert failed == []


@pytest.mark.parametrize(
    "address", ["/cms/pages/?q=over&has_child_pages=true", "/cms/images/results/?q=tuin&usage_count_min=1"]
)
def test_what_wagtail_cannot_search_in_is_said_and_written_in_the_log(clients, caplog, address):
    answer = clients["moderator"].get(address)
    assert answer.status_code == 400
    assert "haal een filter of zoekwoord weg" in answer.content.decode()
    assert "Wagtail could not read" in caplog.text


@pytest.mark.parametrize("address", ["/cms/pages/1/", "/cms/documents/results/", "/cms/images/results/"])
def test_a_page_of_text_as_words_to_search_for_is_answered(clients, broken, address):
    assert clients["moderator"].get(address, {"q": "wonen " * 2000}).status_code in (200, 400), broken


@pytest.mark.parametrize("role", ["moderator", "administrator"])
def test_every_list_of_the_admin_can_be_searched_by_whoever_may_open_it(clients, role):
    lists = [reverse(model.snippet_viewset.get_url_name("list")) for model in get_snippet_models()]
    may_open = [address for address in lists if clients[role].get(address).status_code == 200]
    assert len(may_open) >= 8
    assert {
        address: clients[role].get(f"{address}results/?q=wonen").status_code for address in may_open
    } == dict.fromkeys(may_open, 200)


def test_a_fault_of_our_own_stays_a_fault(clients, monkeypatch):
    def breaks(*_args, **_kwargs):
        raise ValueError("ours")

    monkeypatch.setattr("thuisbasis.config.wagtail_hooks.parts", breaks)
    assert clients["administrator"].get("/cms/toestand/").status_code == 500


def test_a_number_larger_than_any_database_holds_is_refused(clients):
    fields = {"title": "Waar?", "themes": str(10**20), "audience": "network"}
    assert clients["coordinator"].post("/leden/vragen/stellen/", fields).status_code in (200, 400)
