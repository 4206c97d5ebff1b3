"""Scores exactly as specified: the vectors V1 to V15, and what holds for any answers whatever."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.assessments.agreement import Agreement, spread_of
from members.assessments.comparing import Peer, compare, may_narrow
from members.assessments.questionnaires import Band, Item, Option, Questionnaire, Rules, Section
from members.assessments.scoring import (
    SumScore,
    band_of,
    item_score,
    on_scale,
    overall_of,
    score,
    score_section,
    shown,
    sum_score,
)
from members.assessments.trends import Joint, step_between

pytestmark = pytest.mark.once
BANDS = (
    Band(code="start", label="Startpunt", lowest=Decimal("1.00"), highest=Decimal("1.99")),
    Band(code="opbouw", label="In opbouw", lowest=Decimal("2.00"), highest=Decimal("2.74")),
    Band(code="grotendeels", label="Grotendeels", lowest=Decimal("2.75"), highest=Decimal("3.49")),
    Band(code="modelgetrouw", label="Dicht bij het model", lowest=Decimal("3.50"), highest=Decimal("4.00")),
)


def item(code, lowest=1, highest=4, weight=1):
    options = tuple(
        Option(code=str(value), text=str(value), value=Fraction(value)) for value in range(lowest, highest + 1)
    )
    return Item(code=code, text=code, options=options, weight=Fraction(weight), may_be_not_applicable=True)


def scored(*choices, weights=(), rules=None):
    items = [item(str(number), weight=weight) for number, weight in enumerate(weights or [1] * len(choices))]
    return score_section(
        items, {row.code: choice for row, choice in zip(items, choices, strict=True)}, rules or Rules()
    )


def text(value):
    return str(shown(value))


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (("3", "2", "4", "1", "3"), "2.60"),
        (("3", "NA", "4", "2", "3"), "3.00"),
        (("3", "", "4", "2", "3"), "3.00"),
        (("3", "", "4", "2", "3", "?"), "None"),
    ],
    ids=["V1", "V2", "V3 at eighty percent", "V4 at 67 percent"],
)
def test_a_domain_is_the_mean_of_what_was_answered_when_enough_was(choices, expected):
    assert text(scored(*choices).value) == expected


@pytest.mark.parametrize(("choices", "expected"), [(("", "3", "4", "2"), "None"), (("4", "3", "2", "2"), "3.00")])
def test_v5_coverage_and_mean_go_by_weight(choices, expected):
    assert text(scored(*choices, weights=(2, 1, 1, 1)).value) == expected


def test_v6_items_with_their_own_range_count_alike():
    items = [item("a", 0, 2), item("b", 1, 4), item("c", 0, 1), item("d", 1, 5)]
    value = score_section(items, {"a": "2", "b": "4", "c": "1", "d": "3"}, Rules()).value
    assert (value, text(value)) == (Fraction("3.625"), "3.63")


def test_v7_halves_go_up_and_the_band_follows_what_is_shown():
    assert (text(Fraction(21, 8)), band_of(Fraction(21, 8), BANDS).code) == ("2.63", "opbouw")
    assert (text(Fraction("3.495")), band_of(Fraction("3.495"), BANDS).code) == ("3.50", "modelgetrouw")
    assert round(float(Fraction(21, 8)), 2) == 2.62
    assert band_of(None, BANDS) is None


def test_v8_the_whole_is_the_mean_of_the_domains_and_nothing_when_one_is_missing():
    sections = [Section(code=code, title=code, items=()) for code in "ABCDE"]
    rows = {code: _section_with(value) for code, value in zip("ABCDE", ("3", "2", "4", "3", "2.5"), strict=True)}
    assert text(overall_of(sections, rows, Rules())) == "2.90"
    assert overall_of(sections, {**rows, "C": _section_with(None)}, Rules()) is None
    weighed = [Section(code="A", title="A", items=(), weight=Fraction(3)), Section(code="B", title="B", items=())]
    assert text(overall_of(weighed, rows, Rules(weighs_sections=True))) == "2.75"
    assert text(overall_of(weighed, rows, Rules())) == "2.50"


def _section_with(value):
    from dataclasses import replace

    return replace(scored("3", "3", "3"), value=None if value is None else Fraction(value))


def test_v9_points_come_with_both_percentages_each_under_its_name():
    fidelity = SumScore(points=Fraction("136.6"), lowest=Fraction(38), highest=Fraction(152))
    tenth = Decimal("0.1")
    assert str(shown(fidelity.raw_percent, tenth)) == "89.9"
    assert str(shown(fidelity.rescaled_percent, tenth)) == "86.5"
    other = SumScore(points=Fraction(156), lowest=Fraction(0), highest=Fraction(169))
    assert str(shown(other.raw_percent, tenth)) == "92.3"
    nothing = SumScore(points=Fraction(0), lowest=Fraction(0), highest=Fraction(0))
    assert (nothing.raw_percent, nothing.rescaled_percent) == (None, None)


def test_v10_too_much_that_does_not_apply_is_flagged_and_still_scored():
    found = scored("3", "NA", "NA", "4", "2", "3", "3")
    assert (text(found.value), found.is_flagged) == ("3.00", True)
    assert not scored("3", "NA", "4", "2", "3").is_flagged


@pytest.mark.parametrize(
    ("choices", "agreement", "prefill"),
    [
        (["3", "3", "3"], Agreement.AGREE, "3"),
        (["3", "4", "3", "3"], Agreement.NEARLY, ""),
        (["2", "4", "3"], Agreement.DISCUSS, ""),
        (["3", "3"], Agreement.TOO_FEW, ""),
        (["3", "?", "3", "3"], Agreement.AGREE, ""),
        (["NA", "NA", "NA"], Agreement.AGREE, ""),
        (["NA", "3", "3"], Agreement.DISCUSS, ""),
        (["", "3", "3", "3"], Agreement.AGREE, ""),
    ],
)
def test_v11_how_far_raters_agree_and_what_the_form_begins_with(choices, agreement, prefill):
    found = spread_of(item("a"), choices)
    assert (found.agreement, found.prefill) == (agreement, prefill)
    assert sum(found.counts.values()) == len([choice for choice in choices if choice])


def test_a_note_is_needed_when_raters_lie_far_apart_or_the_choice_lies_outside_what_they_said():
    wide, near = spread_of(item("a"), ["2", "4", "3"]), spread_of(item("a"), ["3", "3", "2"])
    assert wide.needs_note(item("a"), "3")
    assert not near.needs_note(item("a"), "3")
    assert near.needs_note(item("a"), "4")
    assert near.needs_note(item("a"), "1")
    assert not near.needs_note(item("a"), "?")
    assert not spread_of(item("a"), ["?", "?", ""]).needs_note(item("a"), "3")


def peers(rows):
    return [Peer(practice=n, provider=provider, value=Fraction(value)) for n, (provider, value) in enumerate(rows)]


def test_v12_the_median_of_others_never_counts_oneself():
    others = peers([(1, "2.5"), (1, "3.0"), (2, "3.25"), (3, "3.5"), (4, "2.0")])
    own = Peer(practice=99, provider=5, value=Fraction(4))
    found = compare([*others, own], without=99)
    assert (found.count, text(found.median), found.lower_quartile) == (5, "3.00", None)
    assert compare([*others[1:], own], without=99).reason == "too_few_practices"


def test_v13_one_provider_may_not_be_more_than_half_and_two_are_too_few():
    assert compare(peers([(1, 3), (1, 3), (1, 3), (2, 3), (3, 3)])).reason == "one_provider"
    assert compare(peers([(1, 3), (1, 3), (2, 3), (2, 3), (2, 3)])).reason == "too_few_providers"
    assert compare(peers([(1, 3), (1, 3), (1, 3), (2, 3), (3, 3), (3, 3)])).reason == ""


def test_v14_quartiles_include_the_ends_and_come_from_ten_practices_on():
    values = ["1.8", "2.1", "2.4", "2.5", "2.7", "2.9", "3.0", "3.2", "3.3", "3.6"]
    found = compare(peers(list(enumerate(values))))
    assert [text(value) for value in (found.median, found.lower_quartile, found.upper_quartile)] == [
        "2.80",
        "2.43",
        "3.15",
    ]
    assert compare(peers(list(enumerate(values[:9])))).lower_quartile is None


def step(before, after, links=None):
    old, new = [item(code) for code in before], [item(code) for code in after]
    return step_between(
        before=(old, before),
        after=(new, after),
        links=links if links is not None else {code: code for code in before if code in after},
        rules=Rules(),
    )


def test_v15_over_changed_questions_only_the_common_ones_are_joined_since_raw_figures_would_reverse_the_story():
    before = dict(zip("abcde", "23324", strict=True))
    after = dict(zip("abcdf", "33331", strict=True))
    raw = [score_section([item(code) for code in rows], rows, Rules()).value for rows in (before, after)]
    assert [text(value) for value in raw] == ["2.80", "2.60"]
    found = step(before, after)
    assert (found.joint, text(found.before), text(found.after)) == (Joint.LINKED, "2.50", "3.00")


def test_the_same_questions_are_joined_by_a_line_and_too_few_common_ones_by_nothing():
    rows = dict(zip("abcde", "33333", strict=True))
    assert step(rows, rows).joint == Joint.LINE
    assert step(rows, dict(zip("abcxy", "33333", strict=True))).joint == Joint.GAP
    assert step(rows, {**rows, "a": "", "b": ""}).joint == Joint.GAP
    few = {**dict(zip("abcd", ["3", "", "", ""], strict=True)), "f": "1"}
    assert step(rows, few).joint == Joint.GAP
    assert step({}, {}).joint == Joint.GAP


def test_all_not_applicable_weight_zero_and_a_single_option_give_no_score_and_no_error():
    assert scored("NA", "NA", "NA").value is None
    assert scored("3", "3", "3", weights=(0, 0, 0)).value is None
    single = [item("a", 1, 1), item("b", 1, 1), item("c", 1, 1)]
    assert score_section(single, {"a": "1", "b": "1", "c": "1"}, Rules()).value is None
    assert scored("3", "3").value is None
    assert item_score(item("a"), "?") is None


def test_points_add_up_only_when_everything_that_applies_has_a_value():
    items = [item("a"), item("b"), item("c", 1, 1)]
    found = sum_score(items, {"a": "3", "b": "NA", "c": "1"})
    assert (found.points, found.lowest, found.highest) == (4, 2, 5)
    assert sum_score(items, {"a": "3", "b": "?", "c": "1"}) is None
    assert sum_score([], {}) is None
    questionnaire = Questionnaire(
        is_scored=True, sections=(Section(code="A", title="A", items=tuple(items)),), rules=Rules(method="sum")
    )
    assert score(questionnaire, {}, {"a": "3", "b": "4", "c": "1"}).points.points == 8


def test_too_much_over_the_whole_is_flagged_even_when_no_domain_is():
    sections = tuple(Section(code=code, title=code, items=tuple(item(f"{code}{n}") for n in range(3))) for code in "AB")
    questionnaire = Questionnaire(is_scored=True, sections=sections, rules=Rules(na_flag_above=Fraction(1, 3)))
    choices = {f"{code}{n}": "3" for code in "AB" for n in range(3)}
    assert not score(questionnaire, {}, {**choices, "A0": "NA", "B0": "NA"}).is_flagged
    assert score(questionnaire, {}, {**choices, "A0": "NA", "A1": "NA"}).is_flagged
    empty = Questionnaire(is_scored=True, sections=())
    assert (score(empty, {}, {}).overall, score(empty, {}, {}).is_flagged) == (None, False)


@pytest.mark.parametrize(
    ("inside", "everyone", "allowed"), [(8, 12, False), (7, 12, True), (12, 12, True), (4, 12, False)]
)
def test_a_group_is_shown_beside_the_whole_only_when_nobody_is_left_over(inside, everyone, allowed):
    assert may_narrow(inside=inside, everyone=everyone) is allowed


CHOICES = st.sampled_from(["1", "2", "3", "4", "?", "NA", ""])
WEIGHTS = st.integers(min_value=0, max_value=5)
FORMS = st.lists(st.tuples(CHOICES, WEIGHTS), min_size=1, max_size=12)


def answers(form):
    items = [item(str(number), weight=weight) for number, (_choice, weight) in enumerate(form)]
    return items, {row.code: choice for row, (choice, _weight) in zip(items, form, strict=True)}


@given(FORMS)
def test_a_score_never_leaves_its_range(form):
    items, choices = answers(form)
    found = score_section(items, choices, Rules())
    assert found.value is None or 1 <= found.value <= 4
    assert 0 <= found.answered_weight <= found.applicable_weight


@given(FORMS, st.randoms(use_true_random=False))
def test_a_score_never_changes_by_the_order_of_answering(form, random):
    items, choices = answers(form)
    shuffled = list(items)
    random.shuffle(shuffled)
    assert score_section(items, choices, Rules()) == score_section(shuffled, dict(sorted(choices.items())), Rules())


@given(FORMS)
def test_what_is_missing_never_counts_as_zero(form):
    """Whatever score there is equals the score of the answered items alone, computed another way."""
    items, choices = answers(form)
    value = score_section(items, choices, Rules()).value
    known = [(row.weight, int(choices[row.code])) for row in items if choices[row.code].isdigit()]
    if value is not None:
        assert value == Fraction(sum(w * v for w, v in known), sum(w for w, _v in known))
        assert min(v for w, v in known if w) <= value <= max(v for w, v in known if w)


@given(st.fractions(min_value=0, max_value=1))
def test_rounding_is_half_up_to_the_last_digit(place):
    value = on_scale(place)
    seen = shown(value)
    assert abs(Fraction(str(seen)) - value) <= Fraction(1, 200)
    assert Fraction(str(seen)) - value != Fraction(-1, 200)
