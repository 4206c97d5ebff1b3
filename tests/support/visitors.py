"""People who use the site while something happens to it, and remember what they were told and when."""

import http.client
import threading
import time
from collections import deque
from urllib.parse import urlencode, urlsplit

TOKEN = "x" * 32


class Visitor:
    """Asks the site of one host over a connection that stays open, as a browser does."""

    def __init__(self, address, context, cookie=""):
        self.place, self.context, self.address = urlsplit(address), context, address
        self.cookie = cookie
        self.connection = None

    def ask(self, path, form=None):
        """Return the status of an answer, or 0 when there was none."""
        headers = {"Cookie": f"{self.cookie}; __Host-csrf={TOKEN}" if form is not None else self.cookie}
        body = None
        if form is not None:
            body = urlencode({"csrfmiddlewaretoken": TOKEN, **form})
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"{self.address}{path}"}
        for attempt in (1, 2):
            was_open = self.connection is not None
            try:
                return self._send("POST" if body else "GET", path, body, headers)
            except (OSError, http.client.HTTPException):
                self.close()
                # A browser does the same with a connection that was closed while it rested.
                if attempt == 2 or not was_open:
                    break
        return 0

    def _send(self, method, path, body, headers):
        if self.connection is None:
            self.connection = http.client.HTTPSConnection(
                self.place.hostname, self.place.port, timeout=15, context=self.context
            )
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        self.last, self.headers = answer.read(), answer.headers
        return answer.status

    def announce(self, path, size):
        """Say that a body of this many bytes comes, send none of it, and return the status of the answer."""
        self.close()
        connection = http.client.HTTPSConnection(self.place.hostname, self.place.port, timeout=15, context=self.context)
        connection.putrequest("POST", path)
        connection.putheader("Content-Length", str(size))
        connection.endheaders()
        answer = connection.getresponse()
        self.last = answer.read()
        connection.close()
        return answer.status

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None


class Crowd:
    """Visitors in threads of their own; every error is kept with its moment."""

    def __init__(self, address, context):
        self.address, self.context = address, context
        self.stop, self.errors, self.answers = threading.Event(), [], 0
        self.threads, self.seconds = [], deque(maxlen=200_000)

    def keep_asking(self, paths, cookie="", pause=0.02):
        """Let one more visitor read these pages in turn."""

        def work():
            visitor, number = Visitor(self.address, self.context, cookie), 0
            while not self.stop.is_set():
                self.note("GET", paths[number % len(paths)], visitor.ask(paths[number % len(paths)]))
                number += 1
                time.sleep(pause)

        self._begin(work)

    def keep_doing(self, what, cookie):
        """Let one more visitor call `what(visitor)` until it says that nothing is left."""

        def work():
            visitor = Visitor(self.address, self.context, cookie)
            while not self.stop.is_set() and what(visitor):
                pass

        self._begin(work)

    def note(self, method, path, status):
        self.answers += 1
        if status == 0 or status >= 500:
            self.errors.append((time.monotonic(), method, path, status))

    def _begin(self, work):
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        self.threads.append(thread)

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join(30)
            assert not thread.is_alive()
