"""What a proposal writes down, and where it says it is."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from members.exchange.models import Proposal
from members.exchange.services import proposal_state, propose_article
from members.exchange.services.proposing import TEXT_FIELDS, content_of
from thuisbasis.network.models import Consent, Person, Theme

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)


@pytest.fixture
def themes():
    return list(Theme.objects.filter(locale__language_code="nl", slug__in=["buren", "wonen"]).order_by("slug"))


@pytest.fixture
def propose(user, visitor, practice, themes):
    def do(name="lid", **changes):
        person = user(name)
        content = {
            **dict.fromkeys(TEXT_FIELDS, ""),
            "title": "De lange zondag",
            "summary": "Soep.",
            "text": "Elke week.",
        }
        content |= {"themes": themes, "credits_author": True, **changes}
        return propose_article(
            author=person, visitor=visitor(person), practice=practice, content=content, overridden=[], now=NOW
        )

    return do


def test_a_proposal_is_a_draft_with_everything_that_was_written(propose, user, practice, themes):
    proposal = propose(aim="Warmte", results="Rust", what_did_not_work="Bingo", target_group="Buren")
    page = proposal.page.specific
    assert (page.live, page.has_unpublished_changes, page.audience, page.practice) == (False, True, "public", practice)
    assert (page.owner, page.content_owner) == (user("lid"), user("lid"))
    assert (page.contact_name, page.contact_email) == (practice.name, practice.email)
    assert set(page.themes.all()) == set(themes)
    written = content_of(proposal)
    assert {name: written[name] for name in ("title", "text", *TEXT_FIELDS)} == {
        "title": "De lange zondag",
        "text": "Elke week.",
        "aim": "Warmte",
        "target_group": "Buren",
        "results": "Rust",
        "what_did_not_work": "Bingo",
    }
    assert (proposal.title, proposal.practice_agreed_at, proposal.created_at) == ("De lange zondag", NOW, NOW)
    assert proposal.credits_author is True
    assert proposal.author == user("lid")


def test_credit_writes_down_what_the_consent_rests_on(propose, user, practice):
    page = propose().page
    person = Person.objects.get(email="lid@example.nl")
    consent = Consent.objects.get(person=person, use="author")
    assert (consent.evidence, consent.given_date) == ("Voorstel op Thuisbasis", timezone.localdate(NOW))
    assert (person.name, person.practice, person.description) == (str(user("lid")), practice, practice.name)
    assert list(page.specific.appearances.values_list("person", "role")) == [(person.pk, "author")]
    assert propose(credits_author=False).page.specific.appearances.count() == 0


def test_where_a_proposal_is_follows_from_its_page(propose):
    proposal = propose()
    assert (proposal_state(proposal).name, proposal_state(proposal).may_change) == ("waiting", True)
    page = proposal.page.specific
    page.current_workflow_state.cancel()
    state = proposal_state(Proposal.objects.get(pk=proposal.pk))
    assert (state.name, state.may_change, state.url) == ("put_aside", False, "")
    page.save_revision(clean=False).publish()
    state = proposal_state(Proposal.objects.get(pk=proposal.pk))
    assert (state.name, state.may_change, state.url) == ("published", False, page.url)
    page.delete()
    assert proposal_state(Proposal.objects.get(pk=proposal.pk)).name == "gone"
