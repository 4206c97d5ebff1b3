"""What somebody does with a seat on the pages of a registration, without JavaScript."""

import pytest
from django.utils import timezone
from reading_pages import words

from events.policies import Status
from events.services import end_registration

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class TestHolding:
    """What somebody does with a seat."""

    def test_an_offer_is_taken_or_passed_on_with_one_button(self, client, make_date, come, link):
        date = make_date(capacity=1)
        rows = [come(date, f"{name}@example.org") for name in "abc"]
        end_registration(registration=rows[0], now=timezone.now())
        assert "We houden de plek voor je vast tot" in words(client.get(link(rows[1])))
        client.post(link(rows[1], "end"))
        answer = client.post(link(rows[2], "accept"), follow=True)
        assert "De plek is van jou" in words(answer)
        states = [row.status for row in date.registrations.order_by("pk")]
        assert states == [Status.ENDED, Status.ENDED, Status.CONFIRMED]
        assert "Deze plek is niet meer vrij" in words(client.post(link(rows[1], "accept"), follow=True))

    def test_who_takes_the_rest_for_a_group_is_led_to_the_whole(self, client, make_event, make_date, come, link):
        date = make_date(make_event("Groep", largest_group=4), capacity=3)
        other = come(date, "a@example.org")
        group = come(date, "groep@example.org", seats=3, fewer=True)
        assert "Nog 1 plek staat op de wachtlijst." in words(client.get(link(group)))
        end_registration(registration=other, now=timezone.now())
        assert "Er is nog 1 plek voor jullie." in words(client.get(link(group)))
        answer = client.post(link(group.rests.get(), "accept"), follow=True)
        assert answer.redirect_chain[-1][0] == link(group)
        assert "Je hebt 3 plekken" in words(answer)

    def test_looking_changes_nothing(self, client, make_date, come, link):
        date = make_date(capacity=1)
        rows = [come(date, f"{name}@example.org") for name in "ab"]
        end_registration(registration=rows[0], now=timezone.now())
        for name in ("registration", "accept", "end", "join", "own_calendar", "transfer", "answers", "ticket"):
            client.get(link(rows[1], name))
        rows[1].refresh_from_db()
        assert rows[1].status == Status.OFFERED

    def test_the_place_in_the_queue_is_said(self, client, make_date, come, link):
        date = make_date(capacity=0)
        rows = [come(date, f"{name}@example.org") for name in "abc"]
        assert "Je staat op plaats 3 van de wachtlijst" in words(client.get(link(rows[2])))
        assert "Dat is geregeld." in words(client.post(link(rows[0], "end"), follow=True))
        assert "Je staat op plaats 2 van de wachtlijst" in words(client.get(link(rows[2])))

    def test_a_members_link_opens_only_for_that_member(self, client, logged_in, make_date, come, user, link):
        row = come(make_date(), "lid")
        assert client.get(link(row)).url.startswith("/account/inloggen/")
        assert logged_in(user("fatima")).get(link(row)).status_code == 404
        answer = logged_in(user("lid")).get(link(row))
        assert answer.status_code == 200
        assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("private, no-store", "same-origin")

    def test_a_forged_or_foreign_link_opens_nothing(self, client, make_date, come, link):
        row = come(make_date(), "a@example.org")
        good = link(row)
        for bad in (
            good[:-4] + "abc/",
            f"/inschrijving/{row.key}/",
            f"/inschrijving/{row.key.hex}/",
            "/inschrijving/x:y/",
        ):
            assert client.get(bad).status_code in (302, 404), bad
        assert client.get(good).status_code == 200

    def test_a_seat_is_handed_over(self, logged_in, make_date, come, user, link):
        row = come(make_date(), "lid")
        client = logged_in(user("lid"))
        page = client.get(link(row, "transfer"))
        assert "Fatima" in words(page)
        assert "Daan" not in words(page)
        answer = client.post(link(row, "transfer"), {"colleague": user("fatima").pk}, follow=True)
        assert "Je plek is nu van Fatima" in words(answer)
        assert "Deze inschrijving is voorbij" in words(client.get(link(row)))
        refused = client.post(link(row, "transfer"), {"colleague": user("fatima").pk})
        assert refused.status_code == 404

    def test_answers_can_be_given_anew(self, logged_in, make_event, make_date, come, user, link):
        event = make_event("Anders", questions=[{"kind": "text", "label": "Welke groep?"}])
        [question] = event.questions.all()
        row = come(make_date(event), "lid", answers={question.pk: "de eerste"})
        client = logged_in(user("lid"))
        assert "de eerste" in client.get(link(row, "answers")).content.decode()
        client.post(link(row, "answers"), {f"question_{question.pk}": "de tweede"})
        assert [answer.text for answer in row.answers.all()] == ["de tweede"]

    def test_the_ticket_holds_an_opaque_code(self, logged_in, make_date, come, user, link):
        row = come(make_date(place="Utrecht"), "lid")
        client = logged_in(user("lid"))
        answer = client.get(link(row, "ticket"))
        assert answer["Content-Type"] == "image/svg+xml"
        assert answer.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
        assert b"Sanne" not in answer.content
        assert link(row, "ticket") in client.get(link(row)).content.decode()
        end_registration(registration=row, now=timezone.now())
        assert client.get(link(row, "ticket")).status_code == 404

    def test_my_agenda_lists_what_is_mine(self, logged_in, make_event, make_date, come, user):
        come(make_date(make_event("Waar ik heen ga")), "lid")
        come(make_date(make_event("Van een ander")), "fatima")
        page = words(logged_in(user("lid")).get("/leden/agenda/"))
        assert "Waar ik heen ga" in page
        assert "Van een ander" not in page
        dashboard = words(logged_in(user("lid")).get("/leden/"))
        assert "Jouw bijeenkomsten" in dashboard
