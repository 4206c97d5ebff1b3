"""The statement about accessibility says what was found, and names no task that no test does."""

import re
from importlib.resources import files

import pytest
import yaml

pytestmark = pytest.mark.once
# The twelve tasks of the statement, in its order, and the journey that does each by keyboard alone.
TASKS = (
    "test_from_the_invitation_to_the_dashboard_with_an_app_by_keyboard_on_a_phone",
    "test_from_the_invitation_to_the_dashboard_with_a_passkey_and_in_again_without_a_password",
    "test_a_folder_of_files_is_shared_by_keyboard_on_a_phone_and_its_words_are_found",
    "test_a_question_is_asked_by_keyboard_after_seeing_what_was_asked_before",
    "test_a_proposal_is_sent_by_keyboard_and_shows_where_it_is",
    "test_somebody_without_an_account_registers_by_keyboard_on_a_phone",
    "test_an_offer_is_taken_by_keyboard_on_a_phone",
    "test_at_the_door_a_name_and_enter_are_enough",
    "test_a_full_assessment_by_keyboard_alone_on_320_pixels_from_the_first_question_to_an_action",
    "test_the_keyboard_alone_finds_chapters_text_speed_and_words",
    "test_the_map_leads_to_a_practice_by_keyboard_without_javascript",
    "test_a_suggestion_is_chosen_with_the_arrows_or_a_tap",
)


@pytest.fixture
def record(root):
    return yaml.safe_load((root / "platform/thuisbasis/base/data/looked_at.yaml").read_text())


def test_each_task_of_the_statement_is_done_by_a_journey(root):
    journeys = "".join(file.read_text() for file in (root / "tests/journeys").glob("test_*.py"))
    assert [name for name in TASKS if f"def {name}(" not in journeys] == []
    page = (root / "templates/accessibility.html").read_text()
    tasks = page.split("toetsenbord kan")[1].split("</ul>")[0]
    assert len(re.findall(r"<li>", tasks)) == len(TASKS)


def test_the_statement_is_of_the_axe_that_looks_now(record):
    script = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")[:300]
    assert f"axe v{record['axe']}\n" in script, "make accessibility"


def test_nothing_that_was_found_is_left_out(record):
    assert [row["language"] for row in record["languages"]] == ["nl", "en", "fr"]
    assert sum(row["faults"] for row in record["languages"]) == 0
    assert all(row["pages"] > 40 for row in record["languages"])
