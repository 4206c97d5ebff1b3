#!/usr/bin/env bash
# Every test: `make test`. On SQLite with coverage and, with POSTGRES_URL, on PostgreSQL and on the real set of servers at
# the same time. What measures in seconds runs alone, before and after: a busy machine says nothing about it.
# Only the journeys and drills on the real set of servers: `make rehearse`.
set -uo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
engine=("$python" tests/support/search_server.py)
bucket=("$python" tests/support/object_server.py)
races=tests/events/test_seat_races.py
# Any test that asks for a database makes the one that all others copy.
prepares=tests/thuisbasis/test_network.py::test_one_person_may_work_in_two_practices
alone=(tests/production/test_faults.py tests/production/test_kills.py)
at_leisure=(tests/journeys tests/production "${alone[@]/#/--ignore=}")
told=var/log/tests
mkdir -p $told && rm -f $told/*

start_engine_and_bucket() {
    export SEARCH_URL="${SEARCH_URL:-$("${engine[@]}" start)}" TEST_STORAGE_URL="${TEST_STORAGE_URL:-$("${bucket[@]}" start)}"
}

if [ -z "${POSTGRES_URL:-}" ] && [ "${1:-}" != rehearse ]; then
    if [ -n "${CI:-}" ]; then echo "POSTGRES_URL is not set: nothing may be skipped here."; exit 1; fi
    start_engine_and_bucket
    "$python" -m pytest --cov --cov-report= --ignore=tests/production
    status=$?
    "${engine[@]}" stop
    "${bucket[@]}" stop
    echo "Skipped on PostgreSQL: install it and set POSTGRES_URL=postgres://user@127.0.0.1/name (a user who may create databases)."
    exit $status
fi

on_postgres() { DATABASE_URL="$POSTGRES_URL" "$python" -m pytest "$@"; }
free_port() { "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
# The production set as its documentation says, in a folder that its own user can reach.
HOST=$(mktemp -d /tmp/thuisbasis-XXXXXX)
export HOST
chmod 755 "$HOST"
host() { env -u DATABASE_URL SEARCH_URL="${SEARCH_URL:+${SEARCH_URL%/*}/rehearsal}" platform/deploy/host.py "$1" --folder "$HOST" "${@:2}"; }
set_up() {
    host up --address "https://localhost:$(free_port)" --http-port "$(free_port)" --cache-port "$(free_port)" --rehearsal
}
# Why a server gave an error only the server knows.
say_what_servers_said() { for log in "$HOST"/log/{nginx.log,supervisord.log,web-*.err}; do echo "-- ${log##*/}"; tail -n 40 "$log"; done; }
# Whoever sees only the end of all this has to see which tests it is about.
say_which_failed() { echo "== Failed"; grep -hE '^(FAILED|ERROR) ' $told/*.log | cut -c 1-800; }
clean_up() {
    [ "$status" = 0 ] || say_what_servers_said
    [ -f "$HOST/host.json" ] && host down
    "${engine[@]}" stop
    "${bucket[@]}" stop
    rm -rf "$HOST"
    [ "$status" = 0 ] || say_which_failed
}
status=1
trap clean_up EXIT

if [ "${1:-}" = rehearse ]; then
    start_engine_and_bucket
    (set_up && "$python" -m pytest -n 0 -s "${at_leisure[@]}" && "$python" -m pytest -n 0 -s "${alone[@]}") 2>&1 | tee $told/host.log
    status=$?
    exit $status
fi

echo "== Databases with the demo, one of each kind"
env -u HOST nice -n 19 "$python" -m pytest -n 0 $prepares >$told/prepared.log 2>&1 &
on_postgres -n 0 $prepares 2>&1 | tee $told/prepared-postgres.log || exit 1
echo "== Races for seats"
on_postgres -n 0 -s $races 2>&1 | tee $told/races.log || exit 1
wait

start_engine_and_bucket
# The servers go first: what waits for them waits in line, and the rest takes what they leave.
(env -u HOST DATABASE_URL="$POSTGRES_URL" nice -n 5 "$python" -m pytest -n 2 --ignore=$races --ignore=tests/production >$told/postgres.log 2>&1
    echo $? >$told/postgres.status) &
(set_up && "$python" -m pytest -n 0 -s "${at_leisure[@]}"
    echo $? >$told/host.status) >$told/host.log 2>&1 &
env -u HOST nice -n 5 "$python" -m pytest --cov --cov-report= --ignore=$races --ignore=tests/journeys --ignore=tests/production \
    2>&1 | tee $told/sqlite.log
status=$?
wait
for part in postgres host; do
    echo "== ${part}"
    cat "$told/$part.log"
    [ "$(cat "$told/$part.status")" = 0 ] || status=1
done
echo "== Faults and kills on the real set"
"$python" -m pytest -n 0 -s "${alone[@]}" 2>&1 | tee $told/alone.log || status=1
exit $status
