"""Projects and campaigns: what they say follows the day, and their facts those of their source."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from knowledge.models import CampaignPage, ProjectPage

pytestmark = pytest.mark.django_db


def soup_of(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize(
    ("day", "percent", "text"),
    [
        (date(2019, 12, 31), 0, "Dit project moet nog beginnen."),
        (date(2020, 1, 1), 0, "0 procent van de looptijd is voorbij."),
        (date(2021, 7, 2), 50, "50 procent van de looptijd is voorbij."),
        (date(2022, 12, 31), 99, "99 procent van de looptijd is voorbij."),
        (date(2023, 1, 1), 100, "Dit project is afgerond."),
    ],
)
def test_running_time_counts_elapsed_days(day, percent, text):
    project = ProjectPage.objects.get(slug="housing-first-nederland")
    running = project.running_time(day)
    assert (running.percent, running.as_text()) == (percent, text)


def test_running_time_is_hidden_without_dates(client):
    project = ProjectPage.objects.get(slug="pilot-zuid-kennemerland")
    assert project.running_time(date(2021, 1, 1)) is None
    assert "Looptijd" not in soup_of(client, project.url).get_text()


def test_the_national_project_has_the_facts_of_its_source(client):
    text = soup_of(client, "/projecten/housing-first-nederland/").get_text()
    assert "10210012010002" in text
    assert "2020 – 2022" in text
    assert "Valente" in text
    assert ProjectPage.objects.get(slug="housing-first-nederland").partners.count() == 11


def test_a_project_cannot_end_before_it_starts():
    project = ProjectPage.objects.get(slug="housing-first-nederland")
    project.end_date = date(2019, 1, 1)
    with pytest.raises(ValidationError):
        project.full_clean()


@pytest.mark.parametrize(
    ("day", "tense"), [(date(2020, 12, 31), "future"), (date(2021, 1, 1), "present"), (date(2021, 7, 1), "past")]
)
def test_a_campaign_speaks_in_the_tense_of_the_day(day, tense):
    campaign = CampaignPage.objects.get(slug="beweging-in-kwetsbaarheid")
    assert campaign.tense(day) == tense
    assert campaign.months.count() == 6


@pytest.mark.parametrize(
    ("day", "words"), [("2020-12-01", "loopt straks"), ("2021-03-25", "loopt nu"), ("2021-08-01", "liep van")]
)
def test_the_campaign_page_follows_the_date(client, time_machine, day, words):
    time_machine.move_to(f"{day}T12:00:00+00:00", tick=False)
    assert words in soup_of(client, "/beweging-in-kwetsbaarheid/").get_text()


def test_a_campaign_cannot_end_before_it_starts():
    campaign = CampaignPage.objects.get(slug="beweging-in-kwetsbaarheid")
    campaign.end_date = date(2020, 1, 1)
    with pytest.raises(ValidationError):
        campaign.full_clean()
