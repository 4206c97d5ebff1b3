"""On a line so slow that a page comes in pieces, nothing that already stands there moves."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from asking import ask

pytestmark = [pytest.mark.browser, pytest.mark.once]
PIECE, PAUSE = 700, 0.05
SHIFT = """() => new Promise(done => { const found = [];
    new PerformanceObserver(list => { for (const shift of list.getEntries()) found.push(
        shift.sources.map(source => source.node?.outerHTML?.slice(0, 80)).join() || shift.value) })
      .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(found), 800) })"""


@pytest.fixture
def slow_line(server):
    """Return the address of a line to the site that hands on pages in small pieces, with a pause after each."""

    class Line(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = ask(server + self.path)
            self.send_response(status)
            self.send_header("Content-Type", headers["Content-Type"])
            self.end_headers()
            size = PIECE if "text/html" in headers["Content-Type"] else len(body) or 1
            for start in range(0, len(body), size):
                self.wfile.write(body[start : start + size])
                self.wfile.flush()
                time.sleep(PAUSE)

        def log_message(self, *_what):
            """Say nothing between the tests."""

    line = ThreadingHTTPServer(("127.0.0.1", 0), Line)
    threading.Thread(target=line.serve_forever, daemon=True).start()
    yield f"http://localhost:{line.server_port}"
    line.shutdown()
    line.server_close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/", "/praktijkvoorbeelden/", "/praktijkvoorbeelden/de-lange-zondag/", "/agenda/"])
def test_a_page_that_comes_in_pieces_keeps_everything_in_its_place(browser, slow_line, path, width):
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(slow_line + path)
    assert page.evaluate(SHIFT) == []
    context.close()
