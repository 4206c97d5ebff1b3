"""What changed between versions, told for each item; what is asked, and what fits."""

import pytest
import yaml
from django.utils import timezone

from members.assessments.policies import may_manage_instruments, may_read_text, may_see_network
from members.assessments.questionnaires import (
    AnswerIsRefused,
    Item,
    Option,
    ProfileQuestion,
    Relevance,
    check_answer,
)
from members.assessments.services import (
    changes_of,
    draft_next,
    export_instrument,
    import_instrument,
)
from members.assessments.versions import Change, comparable_codes
from thuisbasis.network.policies import Visitor

pytestmark = pytest.mark.django_db
MEMBER = Visitor(user_id=1, practice_ids=frozenset({1}), network_practice_ids=frozenset({1}))


@pytest.fixture
def next_version(small, administrator):
    """Return a version and its follower, in which each item went another way."""

    def make(links=()):
        old = small()
        draft = draft_next(version=old, visitor=administrator, today=timezone.localdate())
        data = yaml.safe_load(export_instrument(version=draft, visitor=administrator))
        first, second = data["domains"]
        first["items"][1]["text"] = "Anders gevraagd"
        first["items"][2]["weight"] = 3
        second["items"][0]["code"] = "B9"
        second["items"].pop(1)
        data["version"] |= {"number": "2.0.0", "replaces": old.number}
        data["links"] = [dict(zip(("old", "new", "equivalence"), link, strict=True)) for link in links]
        new = import_instrument(text=yaml.safe_dump(data, allow_unicode=True), visitor=administrator)
        return old, new

    return make


def changes(version):
    return {(row.new or row.old).code: row.change for row in changes_of(version=version)}


def test_what_changed_is_told_for_each_item(next_version):
    old, new = next_version()
    assert changes_of(version=old) == []
    assert changes(new) == {
        "A1": Change.SAME,
        "A2": Change.SUBSTANTIVE,
        "A3": Change.SUBSTANTIVE,
        "B9": Change.NEW,
        "B3": Change.SAME,
        "B1": Change.REMOVED,
        "B2": Change.REMOVED,
    }


def test_an_administrator_says_that_only_words_changed_and_other_values_stay_substantive_whatever_is_said(next_version):
    links = [("A2", "A2", "editorial"), ("A3", "A3", "editorial"), ("B1", "B9", "editorial")]
    old, new = next_version(links)
    found = changes(new)
    assert (found["A2"], found["A3"], found["B9"]) == (Change.EDITORIAL, Change.SUBSTANTIVE, Change.EDITORIAL)
    assert comparable_codes(old.questionnaire, new.questionnaire, new.item_links) == {
        "A1": "A1",
        "A2": "A2",
        "B1": "B9",
        "B3": "B3",
    }


def test_an_item_that_moved_to_another_code_leaves_its_old_code_to_a_new_one(next_version):
    _old, new = next_version([("A1", "B9", "substantive")])
    assert (changes(new)["B9"], changes(new)["A1"]) == (Change.SUBSTANTIVE, Change.NEW)


def test_z03_a_licensed_text_is_read_by_whom_the_licence_names(small):
    def license_it(data):
        data["instrument"]["rights"] |= {
            "licensed_text": True,
            "licence_holder": "Houder",
            "licence_reference": "K-1",
            "visible_to": "steering_group",
        }

    licensed, free = small("beschermd", license_it), small()
    steering = Visitor(user_id=2, network_practice_ids=frozenset({1}), is_steering_group=True)
    assert [may_read_text(person, licensed) for person in (MEMBER, steering, Visitor())] == [False, True, False]
    assert [may_read_text(person, free) for person in (MEMBER, steering, Visitor())] == [True, True, False]
    assert (may_see_network(steering), may_see_network(MEMBER), may_manage_instruments(MEMBER)) == (True, False, False)


def test_z04_an_item_is_asked_only_with_the_answer_that_it_depends_on(mirror):
    asked = mirror.questionnaire
    together = {item.code for item in asked.asked({"Q1": ["verspreid", "geclusterd"], "Q2": "wisselt"})}
    apart = {item.code for item in asked.asked({"Q1": ["verspreid"], "Q2": "verhuurder"})}
    assert together - apart == {"A7", "B6"}
    assert not Relevance(question="Q1", codes=("x",)).holds({})


@pytest.mark.parametrize(
    ("choice", "reason", "refused"),
    [
        ("3", "", None),
        ("", "", None),
        ("?", "", None),
        ("5", "", "unknown_choice"),
        ("NA", "te kort", "reason_missing"),
        ("NA", "lang genoeg om te lezen", None),
    ],
)
def test_an_answer_fits_its_item_or_is_refused_with_the_reason(choice, reason, refused):
    options = tuple(Option(code=str(n), text=str(n)) for n in (1, 2, 3, 4))
    asked = Item(code="A1", text="?", options=options, may_be_not_applicable=True)
    if refused is None:
        check_answer(asked, choice, reason, is_scored=True)
    else:
        with pytest.raises(AnswerIsRefused, match=refused):
            check_answer(asked, choice, reason, is_scored=True)


def test_what_an_instrument_does_not_allow_is_refused():
    asked = Item(code="A1", text="?", options=(Option(code="1", text="1"), Option(code="2", text="2")))
    with pytest.raises(AnswerIsRefused, match="not_allowed"):
        check_answer(asked, "NA", "lang genoeg om te lezen", is_scored=True)
    for choice in ("?", "NA"):
        with pytest.raises(AnswerIsRefused, match="unknown_choice"):
            check_answer(asked, choice, "lang genoeg om te lezen", is_scored=False)
    assert ProfileQuestion(code="Q", text="?", kind="integer").options == ()
