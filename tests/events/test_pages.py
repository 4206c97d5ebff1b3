"""The agenda, and registering on its pages, without JavaScript."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from reading_pages import words

from events.models import ProgrammeItem, Registration
from thuisbasis.network.models import Practice, WorkingGroup

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class TestAgenda:
    """Finding what is on."""

    def test_what_is_to_come_stands_in_order_and_what_was_the_other_way_round(self, client, make_event, make_date):
        now = timezone.now()
        event = make_event("Eerst en laatst")
        for days in (3, -3, 1, -1):
            make_date(event, starts_at=now + timedelta(days=days))
        coming, past = words(client.get("/agenda/?q=laatst")), words(client.get("/agenda/?q=laatst&toon=eerder"))
        assert coming.count("Eerst en laatst") == 2
        assert past.count("Eerst en laatst") == 2
        days = [timezone.localdate(now + timedelta(days=number)).day for number in (1, 3, -1, -3)]
        assert coming.index(f" {days[0]} ") < coming.rindex(f" {days[1]} ")
        assert past.index(f" {days[2]} ") < past.rindex(f" {days[3]} ")

    def test_a_month_shows_its_days(self, client):
        answer = client.get("/agenda/?toon=maand&maand=2021-03")
        assert "maart 2021" in words(answer)
        assert "15" in words(answer)
        soup = BeautifulSoup(answer.content, "html.parser")
        [busy] = soup.select("td.month__day--busy")
        assert busy.find("time")["datetime"] == "2021-03-25"
        assert {link["href"] for link in soup.select(".month-nav a")} == {
            "?toon=maand&maand=2021-02", "?toon=maand&maand=2021-04",
        }  # fmt: skip

    @pytest.mark.parametrize("month", ["2021-13", "rommel", "9999-99", "", "2021-3", "²021-03", "1999-12"])
    def test_a_month_that_is_none_is_this_month(self, client, month):
        answer = client.get("/agenda/", {"toon": "maand", "maand": month})
        assert answer.status_code == 200
        assert f"{timezone.localdate():%Y-%m}" in answer.content.decode()

    def test_choices_narrow_the_list(self, client, make_event, make_date):
        practice = Practice.objects.get(name="Thuis in Twente")
        make_date(make_event("Alleen hier", event_kind="lecture", whereabouts="online", practice=practice))
        for query in ({"soort": "lecture"}, {"waar": "online"}, {"praktijk": practice.slug}, {"q": "alleen hier"}):
            assert "Alleen hier" in words(client.get("/agenda/", query)), query
        for query in ({"soort": "visit"}, {"waar": "on_site"}, {"thema": "geld"}, {"q": "ergens anders"}):
            assert "Alleen hier" not in words(client.get("/agenda/", query)), query

    def test_what_is_for_members_only_members_see(self, client, logged_in, make_event, make_date, user):
        event = make_event("Besloten dag", audience="network")
        make_date(event)
        assert "Besloten dag" not in words(client.get("/agenda/"))
        assert client.get(event.url).status_code == 404
        member = logged_in(user("lid"))
        assert "Besloten dag" in words(member.get("/agenda/"))
        assert "voor leden" in words(member.get("/agenda/?q=Besloten"))

    def test_a_working_group_meets_alone(self, logged_in, user):
        group = WorkingGroup.objects.get(slug="ervaringskennis")
        inside = group.memberships.first().user
        assert "Overleg werkgroep ervaringskennis" in words(logged_in(inside).get("/agenda/"))
        outside = user("willem")
        assert not group.memberships.filter(user=outside).exists()
        assert "Overleg werkgroep ervaringskennis" not in words(logged_in(outside).get("/agenda/"))

    def test_the_programme_is_found_by_its_words(self, client, make_event, make_date):
        event = make_event("Vol programma")
        event.programme.add(ProgrammeItem(title="Kringgesprek", text="met koeskoes"))
        event.save_revision().publish()
        make_date(event)
        assert "Vol programma" in words(client.get("/zoeken/?q=koeskoes"))

    def test_what_a_practice_or_a_campaign_organises_stands_there_too(self, client, make_event, make_date, at):
        practice = Practice.objects.get(name="Thuis in Twente")
        make_date(make_event("Buurtdag", practice=practice))
        assert "Buurtdag" in words(client.get(f"/praktijken/{practice.slug}/"))
        make_date(make_event("Campagnedag"), starts_at=at(2021, 5, 20, 14))
        make_date(make_event("Campagnedag met leden", audience="network"), starts_at=at(2021, 5, 21, 14))
        page = words(client.get("/beweging-in-kwetsbaarheid/"))
        assert "Campagnedag" in page
        assert "Campagnedag met leden" not in page

    def test_the_six_talk_shows_are_one_series_with_their_recordings(self, client):
        page = client.get("/agenda/talkshows-beweging-in-kwetsbaarheid/")
        assert words(page).count("Kijk terug") == 6
        assert words(page).count("16.00 uur tot 17.00 uur") == 6

    def test_an_event_is_described_for_search_engines(self, client, make_event, make_date, at):
        import json

        date = make_date(make_event("Gevonden"), starts_at=at(2027, 4, 29, 16), place="Utrecht", capacity=3)
        soup = BeautifulSoup(client.get(date.event.url).content, "html.parser")
        graph = json.loads(soup.find("script", type="application/ld+json").string)["@graph"]
        [event] = [one for one in graph if one["@type"] == "Event"]
        assert (event["name"], event["startDate"]) == ("Gevonden", "2027-04-29T16:00:00+02:00")
        assert event["eventStatus"] == "https://schema.org/EventScheduled"
        assert event["location"] == {"@type": "Place", "name": "Utrecht", "address": "Utrecht"}


class TestRegistering:
    """Getting a seat."""

    def test_a_member_has_a_seat_with_one_click(self, logged_in, make_date, user):
        date = make_date(capacity=2)
        client = logged_in(user("lid"))
        page = client.get(date.event.url)
        assert "Nog 2 plekken vrij." in words(page)
        soup = BeautifulSoup(page.content, "html.parser")
        form = soup.find("form", action=f"/bijeenkomst/{date.key}/inschrijven/")
        answer = client.post(form["action"], follow=True)
        assert "Je hebt een plek. De afspraak is onderweg naar je mail." in words(answer)
        row = Registration.objects.get(occurrence=date)
        assert (row.user, row.practice.slug) == (user("lid"), "thuis-aan-de-ijssel")
        assert "Bekijk of wijzig je inschrijving" in words(client.get(date.event.url))

    def test_a_stranger_gives_a_name_and_an_address_and_manages_by_mail(self, client, make_date, letters):
        date = make_date(capacity=1)
        answer = client.post(
            f"/bijeenkomst/{date.key}/inschrijven/", {"name": "Eva Voorbeeld", "email": "Eva@Example.org"}
        )
        assert "eva@example.org" in words(answer)
        [message] = letters("eva@example.org")
        text = message.get_body(("plain",)).get_content()
        address = re.search(r"https?://[^/\s]+(/inschrijving/\S+)", text)[1]
        assert "Je hebt een plek" in words(client.get(address))
        ended = client.post(f"{address}afmelden/", follow=True)
        assert "Deze inschrijving is voorbij: afgemeld" in words(ended)

    def test_nobody_learns_from_the_page_who_had_registered(self, client, make_date, letters, come):
        date = make_date(capacity=2)
        come(date, "eva@example.org")
        known = client.post(f"/bijeenkomst/{date.key}/inschrijven/", {"name": "X", "email": "eva@example.org"})
        new = client.post(f"/bijeenkomst/{date.key}/inschrijven/", {"name": "X", "email": "ada@example.org"})
        assert words(known).replace("eva@", "ada@") == words(new)
        assert len(letters("eva@example.org")) == 2, "whoever asks again gets the mail again"
        assert date.registrations.count() == 2

    def test_bad_input_is_said_beside_the_field_and_nothing_is_lost(self, client, make_event, make_date):
        questions = [{"kind": "choice", "label": "Welke groep?", "options": "A\nB", "is_required": True}]
        date = make_date(make_event("Met vraag", questions=questions, largest_group=3))
        answer = client.post(
            f"/bijeenkomst/{date.key}/inschrijven/", {"name": "Eva", "email": "geen adres", "seats": "9"}
        )
        soup = BeautifulSoup(answer.content, "html.parser")
        assert len(soup.select(".form-field__errors")) == 3
        assert soup.find("input", {"name": "name"})["value"] == "Eva"
        assert soup.find("input", {"name": "email"})["value"] == "geen adres"
        assert "hooguit 3 plekken" in words(answer)
        assert date.registrations.count() == 0

    def test_answers_are_kept_until_their_day(self, client, make_event, make_date):
        questions = [
            {"kind": "multiple", "label": "Wanneer?", "options": "ochtend\nmiddag", "kept_days": 60},
            {"kind": "needs", "label": "Dieet?", "kept_days": 30},
            {"kind": "consent", "label": "Mag je op de foto?"},
            {"kind": "text", "label": "Nog iets?"},
        ]
        event = make_event("Vragen", questions=questions)
        date = make_date(event)
        keys = [f"question_{question.pk}" for question in event.questions.all()]
        data = {"name": "Eva", "email": "eva@example.org", keys[0]: ["ochtend", "middag"], keys[1]: "geen noten"}
        client.post(f"/bijeenkomst/{date.key}/inschrijven/", {**data, keys[2]: "on"})
        last = timezone.localdate(date.ends_at)
        answers = Registration.objects.get(occurrence=date).answers.values_list("label", "text", "kept_until")
        assert list(answers) == [
            ("Wanneer?", "ochtend; middag", last + timedelta(days=60)),
            ("Dieet?", "geen noten", last + timedelta(days=30)),
            ("Mag je op de foto?", "ja", last + timedelta(days=30)),
        ]

    def test_one_form_registers_for_a_whole_series(self, logged_in, make_event, make_date, user):
        event = make_event("Reeks")
        dates = [make_date(event, capacity=number) for number in (1, 0, 1)]
        client = logged_in(user("lid"))
        address = f"/bijeenkomst/{dates[0].key}/inschrijven/?reeks=1"
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        boxes = soup.select("input[name=dates]")
        assert [box.has_attr("checked") for box in boxes] == [True] * 3
        answer = client.post(address, {"dates": [date.pk for date in dates[:2]]}, follow=True)
        assert "Je hebt een plek op 1 van de 2 data." in words(answer)
        assert [date.registrations.count() for date in dates] == [1, 1, 0]

    def test_a_stranger_is_asked_to_log_in_where_only_members_come(self, client, make_event, make_date):
        date = make_date(make_event("Alleen leden", registration_for="members"))
        answer = client.get(f"/bijeenkomst/{date.key}/inschrijven/")
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/account/inloggen/")

    def test_it_is_said_why_somebody_waits(self, logged_in, make_date, come, user):
        date = make_date(capacity=9, practice_limit=1)
        come(date, "fatima")
        answer = logged_in(user("lid")).post(f"/bijeenkomst/{date.key}/inschrijven/", follow=True)
        assert "Je praktijk heeft al het grootste aantal plekken. Je staat op plaats 1" in words(answer)

    def test_after_it_closed_the_form_says_so(self, logged_in, make_date, user):
        date = make_date(closes_at=timezone.now() - timedelta(minutes=1))
        client = logged_in(user("lid"))
        assert "Inschrijven kan niet meer." in words(client.get(date.event.url))
        assert "Inschrijven kan niet meer." in words(client.post(f"/bijeenkomst/{date.key}/inschrijven/"))

    def test_a_flood_from_one_address_is_slowed(self, client, make_date):
        date = make_date()
        for _number in range(10):
            client.post(f"/bijeenkomst/{date.key}/inschrijven/", {"name": "X", "email": "eva@example.org"})
        answer = client.post(f"/bijeenkomst/{date.key}/inschrijven/", {"name": "X", "email": "eva@example.org"})
        assert "veel inschrijvingen achter elkaar" in words(answer)
