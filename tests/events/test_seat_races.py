"""Nobody is sold a seat that does not exist, however many ask at once; with the lock off, somebody is."""

import json

from django.conf import settings

IS_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
RUNS, REQUESTS, SEATS, CONNECTIONS = 20, 500, 50, 50


def race(own_process, expression):
    return json.loads(own_process(f"import seat_race\nseat_race.say({expression})"))


def p95(seconds):
    return sorted(seconds)[int(len(seconds) * 0.95) - 1]


if IS_POSTGRES:

    def test_five_hundred_requests_for_fifty_seats_twenty_times_over(own_process):
        results = race(own_process, f"[seat_race.rush({REQUESTS}, {SEATS}, {CONNECTIONS}) for _ in range({RUNS})]")
        print("p95 in seconds, of each run:", sorted(round(p95(result["took"]), 3) for result in results))
        assert [result["confirmed"] for result in results] == [SEATS] * RUNS
        assert [result["waiting"] for result in results] == [REQUESTS - SEATS] * RUNS
        assert all(result["in_order"] and result["places"] for result in results)
        assert [result["errors"] for result in results] == [[]] * RUNS
        # Over all requests of all runs: one run may meet a moment at which the machine does something else.
        assert p95([seconds for result in results for seconds in result["took"]]) < 1

    def test_with_the_lock_off_seats_are_sold_twice_so_that_this_test_can_fail(own_process):
        result = race(own_process, f"seat_race.rush({REQUESTS}, {SEATS}, {CONNECTIONS}, is_locked=False)")
        print("sold with the lock off:", result["confirmed"])
        assert result["confirmed"] > SEATS

    def test_fifty_double_submits_make_one_registration(own_process):
        result = race(own_process, "seat_race.double_submits(50)")
        assert (result["rows"], result["confirmed"], result["errors"]) == (1, 1, [])

    def test_of_ten_colleagues_at_once_two_get_a_seat_when_that_is_the_limit(own_process):
        result = race(own_process, "seat_race.colleagues(10, limit=2)")
        assert (result["confirmed"], result["waiting"], result["errors"]) == (2, 8, [])
        assert result["reasons"] == ["practice"]

else:

    def test_a_hundred_requests_for_twenty_seats_at_once(own_process):
        result = race(own_process, "seat_race.rush(100, 20, 20)")
        assert (result["confirmed"], result["waiting"], result["errors"]) == (20, 80, [])
        assert result["in_order"]
        assert result["places"]


def test_two_workers_remind_everybody_once(own_process):
    result = race(own_process, "seat_race.two_workers(30)")
    assert result == {"sent": 30, "mails": 30, "errors": []}
