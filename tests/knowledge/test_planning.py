"""Campaigns fill themselves from the content, and editors see which month lacks what."""

from datetime import UTC, date, datetime

import pytest

from knowledge.models import CampaignMonth, CampaignPage, EpisodePage, PublicationPage, TalkShowPage
from knowledge.services import plan_of
from thuisbasis.network.policies import ANONYMOUS

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def campaign():
    return CampaignPage.objects.get(slug="beweging-in-kwetsbaarheid")


def months_of(campaign):
    return {entry.month.month.month: [card.title for card in entry.cards] for entry in campaign.timeline(ANONYMOUS)}


def test_each_month_shows_its_talk_show_its_podcast_and_its_publications_without_hand_work(campaign):
    months = months_of(campaign)
    assert list(months) == [1, 2, 3, 4, 5, 6]
    assert months[3] == ["Talkshow maart: zorg die past", "Zorg die naar je toe komt"]
    assert months[4] == ["Talkshow april: leren van ervaring", "Weten hoe het is", "Gesprekskaart voor de eerste maand"]
    assert all(titles[0].startswith("Talkshow") for titles in months.values())


def test_what_happens_just_after_midnight_belongs_to_the_new_month_in_our_own_time(campaign):
    page = TalkShowPage.objects.get(slug__contains="maart")
    page.starts_at = datetime(2021, 3, 31, 22, 30, tzinfo=UTC)
    page.ends_at = datetime(2021, 3, 31, 23, 30, tzinfo=UTC)
    page.save_revision().publish()
    assert page.title in months_of(campaign)[4]
    episode = EpisodePage.objects.get(slug="extra-vragen-van-luisteraars")
    for moment, belongs in [
        (datetime(2021, 6, 30, 21, 59, tzinfo=UTC), True),
        (datetime(2021, 6, 30, 22, 0, tzinfo=UTC), False),
        (datetime(2020, 12, 31, 22, 59, tzinfo=UTC), False),
        (datetime(2020, 12, 31, 23, 0, tzinfo=UTC), True),
    ]:
        EpisodePage.objects.filter(pk=episode.pk).update(first_published_at=moment)
        shown = [title for titles in months_of(campaign).values() for title in titles]
        assert (episode.title in shown) is belongs, moment


def test_an_editor_may_put_something_in_another_month_or_leave_it_out(campaign):
    page = EpisodePage.objects.get(slug="weten-hoe-het-is")
    page.campaign_month = date(2021, 6, 1)
    page.save_revision().publish()
    assert page.title in months_of(campaign)[6]
    assert page.title not in months_of(campaign)[4]
    page.campaign_month, page.leave_out_of_campaign = None, True
    page.save_revision().publish()
    assert not any(page.title in titles for titles in months_of(campaign).values())


def test_a_month_with_very_much_shows_a_dozen_and_says_how_much_more(campaign, client):
    PublicationPage.objects.update(campaign_month=date(2021, 3, 1))
    page = PublicationPage.objects.first()
    for number in range(10):
        page.copy(update_attrs={"slug": f"kopie-{number}"}, keep_live=True)
    march = campaign.timeline(ANONYMOUS)[2]
    assert (len(march.cards), march.more_count) == (12, 3)
    assert "En nog 3 andere stukken." in client.get(campaign.url).content.decode()


def test_the_plan_counts_what_is_published_and_what_is_in_the_making(campaign):
    plan = plan_of(campaign=campaign)
    assert [str(kind) for kind in plan.kinds] == ["Talkshow", "Podcast", "Publicatie"]
    assert plan.gap_count == 3
    gaps = [
        (row.month.month, str(kind))
        for row in plan.months
        for kind, cell in zip(plan.kinds, row.cells, strict=True)
        if cell.is_gap
    ]
    assert gaps == [(2, "Publicatie"), (3, "Publicatie"), (5, "Publicatie")]
    publication = PublicationPage.objects.get(slug="gesprekskaart-voor-de-eerste-maand")
    publication.unpublish()
    publication.campaign_month = date(2021, 3, 1)
    publication.save()
    cells = {row.month.month: row.cells[2] for row in plan_of(campaign=campaign).months}
    assert (cells[3].published, cells[3].drafts, cells[3].is_gap) == (0, 1, False)
    assert cells[4].is_gap


def test_the_plan_is_a_page_for_editors_only(client, django_user_model, campaign):
    assert client.get("/cms/campagnes/").status_code == 302
    client.force_login(django_user_model.objects.get(email="redactie@example.nl"))
    html = client.get("/cms/campagnes/").content.decode()
    assert html.count("✗ mist nog") == 3
    assert "3 gaten" in html
    CampaignMonth.objects.all().delete()
    assert "nog geen maanden" in client.get("/cms/campagnes/").content.decode()
    campaign.delete()
    assert "Er is nog geen campagne" in client.get("/cms/campagnes/").content.decode()


def test_the_first_page_offers_what_somebody_may_begin_and_nothing_to_who_writes_no_pages(client, django_user_model):
    for name, offered in (("schrijver", True), ("redactie", True), ("beheer", False)):
        client.force_login(django_user_model.objects.get(email=f"{name}@example.nl"))
        text = client.get("/cms/").content.decode()
        assert ("Nieuw praktijkvoorbeeld" in text) is ("Begin hier" in text) is offered, name


def test_a_campaign_can_be_followed_with_a_feed(client, campaign):
    feed = client.get(f"/feeds/campagne/{campaign.slug}.xml").content.decode()
    assert feed.count("<entry>") == 15
    assert "Talkshow maart: zorg die past" in feed
    assert client.get("/feeds/campagne/bestaat-niet.xml").status_code == 404
    campaign.audience = "network"
    campaign.save_revision().publish()
    assert client.get(f"/feeds/campagne/{campaign.slug}.xml").status_code == 404


def test_a_coming_campaign_says_what_will_appear(client, campaign, time_machine):
    time_machine.move_to(datetime(2020, 12, 1, tzinfo=UTC))
    TalkShowPage.objects.all().update(live=False)
    EpisodePage.objects.all().update(live=False)
    PublicationPage.objects.all().update(live=False)
    assert "staat hier zodra het er is" in client.get(campaign.url).content.decode()
