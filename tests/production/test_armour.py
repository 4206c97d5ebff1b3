"""What every answer of the running set tells browsers, and what its web server refuses."""

import re
import socket
import ssl
from contextlib import closing

import pytest
from visitors import Visitor

PAGE, MEMBERS, LOGIN = "/praktijkvoorbeelden/de-lange-zondag/", "/leden/", "/account/inloggen/"
PLACES = ("/", PAGE, "/zoeken/?q=wonen", LOGIN, MEMBERS, "/cms/", "/bestaat-niet/", "/robots.txt", "/sitemap.xml")
TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml")


@pytest.fixture
def visitor(host):
    return Visitor(host.address, host.trusted)


def connect(place, context):
    line = socket.create_connection((place.hostname, place.port), timeout=10)
    return context.wrap_socket(line, server_hostname=place.hostname)


@pytest.fixture
def raw(host, visitor):
    """Send these bytes over TLS as they are, and return how the answer begins."""

    def send(lines):
        with closing(connect(visitor.place, host.trusted)) as line:
            line.sendall("\r\n".join(lines).encode())
            return line.recv(4096).decode().split("\r\n")[0]

    return send


def policy(headers):
    parts = (part.split() for part in headers["Content-Security-Policy"].split(";") if part.strip())
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("place", [*PLACES, "static"])
def test_every_answer_says_what_browsers_must_know(visitor, place):
    if place == "static":
        visitor.ask("/")
        place = re.search(r'href="(/static/[^"]+\.css)"', visitor.last.decode())[1]
    visitor.ask(place)
    headers = visitor.headers
    seconds = int(re.fullmatch(r"max-age=(\d+); includeSubDomains.*", headers["Strict-Transport-Security"])[1])
    assert seconds >= 365 * 24 * 3600
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not [name for name in headers if name.lower().startswith("access-control")]
    assert headers["Server"] == "nginx", "no version"
    assert "X-Powered-By" not in headers
    if headers["Content-Type"].startswith(TEXTS) and not place.startswith("/static"):
        assert "charset=utf-8" in headers["Content-Type"]


def test_a_file_keeps_what_the_site_says_of_it_though_the_web_server_sends_the_bytes(visitor):
    visitor.ask("/feeds/podcast/thuis-gesproken.xml")
    place = re.search(r'url="https://[^/]+(/[^"]+\.mp3)"', visitor.last.decode())[1]
    assert visitor.ask(place) == 200
    headers = visitor.headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert headers["Access-Control-Allow-Origin"] == "*", "players of podcasts fetch it from other sites"
    assert (headers["Content-Type"], headers.get_all("Accept-Ranges")) == ("audio/mpeg", ["bytes"])
    assert headers.get_all("Cache-Control") == ["public, max-age=60"]


@pytest.mark.parametrize("place", ["/", PAGE, "/zoeken/?q=wonen", LOGIN, "/bestaat-niet/", "/en/"])
def test_pages_keep_to_a_policy_that_has_nothing_unsafe_in_it(visitor, place):
    """As internet.nl and the HTTP Observatory count: no unsafe word, every fence named, nobody else's frame."""
    visitor.ask(place)
    rules = policy(visitor.headers)
    assert {"default-src", "base-uri", "form-action", "frame-ancestors", "object-src"} <= set(rules)
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == rules["frame-ancestors"] == ["'self'"]
    assert rules["object-src"] == ["'none'"]
    assert not [value for values in rules.values() for value in values if "unsafe" in value or value in ("*", "https:")]
    assert visitor.headers["Referrer-Policy"] == "same-origin"
    assert visitor.headers["X-Frame-Options"] == "DENY"
    assert visitor.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_cookies_of_production_belong_to_this_host_alone(visitor):
    visitor.ask(LOGIN)
    cookies = visitor.headers.get_all("Set-Cookie")
    visitor.ask(LOGIN, {"login": "lid@example.nl", "password": "eerst-een-thuis"})
    cookies += visitor.headers.get_all("Set-Cookie")
    assert {cookie.split("=")[0] for cookie in cookies} == {"__Host-session", "__Host-csrf"}
    for cookie in cookies:
        words = {word.strip().lower() for word in cookie.split(";")[1:]}
        assert {"secure", "httponly", "path=/"} <= words, cookie
        assert words & {"samesite=lax", "samesite=strict"}, cookie
        assert not [word for word in words if word.startswith("domain")], cookie


def test_methods_that_nobody_needs_are_refused(raw, visitor):
    for method in ("TRACE", "CONNECT"):
        answer = raw([f"{method} / HTTP/1.1", f"Host: {visitor.place.netloc}", "Connection: close", "", ""])
        assert answer.split()[1] in ("400", "405"), answer


@pytest.mark.parametrize(
    "ends",
    [
        ["Content-Length: 6", "Transfer-Encoding: chunked"],
        ["Content-Length: 6", "Content-Length: 7"],
        ["Transfer-Encoding: chunked, identity"],
        ["Content-Length: +6"],
    ],
    ids=["length and chunks", "two lengths", "two encodings", "a length with a sign"],
)
def test_a_request_with_two_ends_is_refused(raw, visitor, ends):
    body = ["0", "", "GET /leden/ HTTP/1.1", f"Host: {visitor.place.netloc}", "", ""]
    answer = raw(["POST /zoeken/ HTTP/1.1", f"Host: {visitor.place.netloc}", *ends, "", *body])
    assert answer.split()[1] in ("400", "501"), answer


def test_the_web_server_speaks_modern_tls_only(host, visitor):
    def handshake(oldest, newest, ciphers=None):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(str(host.folder / "tls/certificate.pem"))
        context.minimum_version, context.maximum_version = oldest, newest
        if ciphers:
            context.set_ciphers(ciphers)
        with closing(connect(visitor.place, context)) as line:
            return line.version(), line.cipher()[0]

    version = ssl.TLSVersion
    assert handshake(version.TLSv1_3, version.TLSv1_3)[0] == "TLSv1.3"
    assert "ECDHE" in handshake(version.TLSv1_2, version.TLSv1_2)[1]
    for weak in ("AES128-SHA", "AES256-GCM-SHA384", "ECDHE-RSA-AES128-SHA"):
        with pytest.raises(ssl.SSLError):
            handshake(version.TLSv1_2, version.TLSv1_2, f"{weak}:@SECLEVEL=0")
