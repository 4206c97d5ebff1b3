"""The search engine stops, hangs or talks nonsense: readers notice a sentence, and wait two seconds at most."""

import socketserver
import threading
import time
from unittest import mock

import pytest

from thuisbasis.search import engines
from thuisbasis.search.engines.breaker import PAUSE
from thuisbasis.search.engines.client import PATIENCE
from thuisbasis.search.engines.elastic import ElasticEngine

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOTICE = "Zoeken werkt nu eenvoudiger dan anders"
NONSENSE = {
    "a web page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n<p>Hi",
    "broken JSON": b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{"hits"',
    "something else's JSON": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
    "a list": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]",
    "no HTTP": b"SSH-2.0-OpenSSH\r\n",
    "an error": b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
    "half an answer": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{",
}
PAGES = ("/", "/praktijkvoorbeelden/", "/themas/wonen/", "/zoeken/", "/zoeken/?q=wonen", "/zoeken/suggesties/?q=won")


@pytest.fixture
def fake_engine(settings):
    """Let the site use a server that answers everything in one way: these bytes, or nothing at all for None."""
    servers = []

    def begin(answer):
        release = threading.Event()

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                if answer is None:
                    release.wait(20)
                else:
                    self.request.recv(65536)
                    self.request.sendall(answer)

        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append((server, release))
        address = f"http://127.0.0.1:{server.server_address[1]}"
        settings.SEARCH_ENGINE = {"kind": "opensearch", "url": address, "alias": "nobody"}
        return server

    yield begin
    for server, release in servers:
        release.set()
        server.shutdown()
        server.server_close()


def seconds_of(client):
    begun = time.perf_counter()
    answer = client.get("/zoeken/", {"q": "zondag"})
    return answer, time.perf_counter() - begun


def assert_readers_hardly_notice(client):
    # How long the page takes on this machine, as busy as it is now, when nobody waits for an engine.
    engines.breaker.failed()
    alone = min(seconds_of(client)[1] for _time in range(2))
    engines.breaker.answered()
    answer, took = seconds_of(client)
    print(f"{took:.2f} s, of which {alone:.2f} s without the engine")
    assert answer.status_code == 200
    assert "De lange" in answer.content.decode()
    assert NOTICE in answer.content.decode()
    assert took < alone + 2 * PATIENCE
    assert [client.get(page).status_code for page in PAGES] == [200] * len(PAGES)


def test_an_engine_that_was_stopped(client, fake_engine):
    server = fake_engine(b"")
    server.shutdown()
    server.server_close()
    assert_readers_hardly_notice(client)


def test_an_engine_that_hangs_and_is_left_alone_for_a_while(client, fake_engine):
    fake_engine(None)
    assert_readers_hardly_notice(client)
    asked = []
    with mock.patch.object(ElasticEngine, "find", side_effect=asked.append):
        assert NOTICE in client.get("/zoeken/", {"q": "wonen"}).content.decode()
    assert asked == [], "each reader waits for the engine again"


@pytest.mark.parametrize("kind", NONSENSE)
def test_an_engine_that_talks_nonsense(client, fake_engine, kind):
    fake_engine(NONSENSE[kind])
    assert_readers_hardly_notice(client)


def test_an_editor_publishes_all_the_same(fake_engine, django_capture_on_commit_callbacks):
    from knowledge.models import PracticeArticlePage
    from thuisbasis.search.models import Change

    fake_engine(None)
    article = PracticeArticlePage.objects.get(slug="de-lange-zondag")
    article.title = "Neushoornvogels op zondag"
    begun = time.perf_counter()
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision().publish()
    assert time.perf_counter() - begun < 10
    assert Change.objects.exists()


def test_after_a_while_the_engine_is_tried_again_and_the_notice_goes(client, elastic):
    engines.breaker.failed()
    assert NOTICE in client.get("/zoeken/", {"q": "zondag"}).content.decode()
    engines.breaker._open_until -= PAUSE
    assert NOTICE not in client.get("/zoeken/", {"q": "zondag"}).content.decode()
