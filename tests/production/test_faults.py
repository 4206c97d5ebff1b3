"""What visitors notice when a part is away, full, slow or asked too much: as little as can be."""

import json
import socket
import ssl
import statistics
import time
import urllib.error
import urllib.request

import pytest
from asking import ask
from visitors import TOKEN, Crowd, Visitor

SUNDAY = "/praktijkvoorbeelden/de-lange-zondag/"
SLOW_CLIENTS = 150


def stop_what_changes_pages(host):
    """Stop the workers: whatever they change, after it no page is stored until it is asked."""
    host.supervisor("stop", "worker:*")


def test_live_and_ready_are_two_questions(host):
    assert ask(f"{host.address}/healthz", context=host.trusted)[::2] == (200, b"ok\n")
    assert ask(f"{host.address}/readyz", context=host.trusted)[::2] == (200, b"ok\n")
    stop_what_changes_pages(host)
    try:
        assert ask(host.address + "/", context=host.trusted)[0] == 200
        host.supervisor("stop", "database")
        assert ask(f"{host.address}/healthz", context=host.trusted)[0] == 200
        visitor = Visitor(host.address, host.trusted)
        assert visitor.ask("/readyz") == 503
        assert visitor.last == b"database\n"
        assert ask(host.address + "/", context=host.trusted)[0] == 200, "a stored page needs no database"
    finally:
        host.supervisor("start", "database", "worker:*")
    assert ask(f"{host.address}/readyz", context=host.trusted)[0] == 200


def test_without_the_cache_pages_are_there_and_guessing_is_still_limited(host):
    host.supervisor("stop", "cache")
    try:
        for path in ("/", SUNDAY, "/zoeken/?q=wonen", "/agenda/"):
            assert ask(host.address + path, context=host.trusted)[0] == 200, path
        guesser = Visitor(host.address, host.trusted)
        form = {"login": "niemand@example.nl", "password": "verkeerd-geraden"}
        answers = []
        for _guess in range(12):
            guesser.ask("/account/inloggen/", form)
            answers.append(guesser.last.decode())
        assert any("Te veel" in text or "te veel" in text for text in answers), answers[-1][:2000]
    finally:
        host.supervisor("start", "cache")


def test_the_database_restarts_under_load_and_readers_do_not_notice(host):
    crowd = Crowd(host.address, host.trusted)
    for _visitor in range(3):
        crowd.keep_asking([SUNDAY, "/zoeken/?q=wonen", "/agenda/"])
    time.sleep(1)
    began = time.monotonic()
    host.supervisor("restart", "database")
    took = time.monotonic() - began
    time.sleep(3)
    crowd.end()
    moments = [at for at, *_rest in crowd.errors]
    print(f"\nrestart {took:.1f} s; {crowd.answers} answers, {len(moments)} errors")
    assert crowd.answers > 50
    assert not moments or moments[-1] - moments[0] <= 1.0, crowd.errors


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/zoeken/", 12 * 2**20, 413),
        ("/account/inloggen/", 12 * 2**20, 413),
        ("/leden/vragen/stellen/", 111 * 2**20, 413),
    ],
)
def test_what_is_too_large_is_refused_in_plain_words_before_it_is_sent(host, path, size, status):
    visitor = Visitor(host.address, host.trusted)
    assert visitor.announce(path, size) == status
    assert "Dit is te groot om te versturen" in visitor.last.decode()


def test_a_hundred_and_fifty_slow_clients_keep_nobody_waiting(host):
    place = (visitor := Visitor(host.address, host.trusted)).place
    slow = []
    for number in range(SLOW_CLIENTS):
        line = host.trusted.wrap_socket(
            socket.create_connection((place.hostname, place.port)), server_hostname=place.hostname
        )
        # Half of them never finish their question, the others send a form of which nothing comes.
        first = (
            "GET /zoeken/?q=wonen HTTP/1.1\r\nHost: x\r\n"
            if number % 2
            else (f"POST /account/inloggen/ HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: 5000\r\n\r\na")
        )
        line.send(first.encode())
        slow.append(line)
    took = []
    for _time in range(100):
        began = time.perf_counter()
        assert visitor.ask(SUNDAY) == 200
        assert visitor.ask("/healthz") == 200
        took.append(time.perf_counter() - began)
    for line in slow:
        line.close()
    worst = statistics.quantiles(took, n=20)[18]
    print(f"\n95 of 100 people had two answers within {worst * 1000:.0f} ms")
    assert worst < 0.2


def test_when_the_whole_site_is_stopped_nginx_says_so_and_stored_pages_stay(host):
    stop_what_changes_pages(host)
    assert ask(f"{host.address}{SUNDAY}", context=host.trusted)[0] == 200
    host.say("pause")
    try:
        assert ask(f"{host.address}{SUNDAY}", context=host.trusted)[0] == 200
        status, headers, body = ask(f"{host.address}/zoeken/?q=x", context=host.trusted)
        assert (status, headers["Retry-After"]) == (502, "10")
        assert "We zijn zo terug" in body.decode()
    finally:
        host.say("resume")


def test_logs_are_json_and_say_nothing_about_anybody(host):
    visitor = Visitor(host.address, host.trusted)
    visitor.ask("/zoeken/?q=mijn-geheime-vraag")
    visitor.ask("/agenda-koppeling/geheime-sleutel.ics")
    visitor.ask("/account/inloggen/", {"login": "iemand@example.nl", "password": "mijn-wachtwoord"})
    time.sleep(0.5)
    lines = (host.folder / "log/access.log").read_text().splitlines()[-400:]
    mine = [json.loads(line) for line in lines]
    assert {"time", "method", "path", "status", "bytes", "seconds", "behind", "request_id"} == set(mine[-1])
    assert [line["path"] for line in mine if "koppeling" in line["path"]] == ["/agenda-koppeling/…"]
    logs = "".join(file.read_text() for file in (host.folder / "log").iterdir())
    for secret in ("mijn-geheime-vraag", "geheime-sleutel", "iemand@example.nl", "mijn-wachtwoord", TOKEN):
        assert secret not in logs, secret
    for file in (host.folder / "log").glob("web-*.err"):
        for line in file.read_text().splitlines():
            assert {"time", "level", "logger", "message"} <= set(json.loads(line)), line


def test_every_address_without_tls_leads_to_the_same_one_with_it(host):
    port = json.loads((host.folder / "host.json").read_text())["http_port"]
    opener = urllib.request.build_opener(
        type("Stay", (urllib.request.HTTPRedirectHandler,), {"redirect_request": lambda *_: None})
    )
    with pytest.raises(urllib.error.HTTPError) as answer:
        opener.open(f"http://localhost:{port}/agenda/?maand=2021-03", timeout=5)
    assert (answer.value.code, answer.value.headers["Location"]) == (301, f"{host.address}/agenda/?maand=2021-03")
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.load_verify_locations(str(host.folder / "tls/certificate.pem"))
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    place = Visitor(host.address, host.trusted).place
    with pytest.raises(OSError):  # noqa: PT011 (whatever the library calls it: no old TLS)
        old.wrap_socket(socket.create_connection((place.hostname, place.port)), server_hostname=place.hostname)
