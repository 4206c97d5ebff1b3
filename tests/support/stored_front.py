"""Asks for pages as a web server in front does, and looks at what was stored of them."""

from io import BytesIO

from thuisbasis.page_store.services import current_generation

SUNDAY, ENGLISH = "/praktijkvoorbeelden/de-lange-zondag/", "/en/practice-examples/the-long-sunday/"
LISTING, FEED, PODCAST = "/praktijkvoorbeelden/", "/feeds/nieuw.xml", "/feeds/podcast/thuis-gesproken.xml"


class Front:
    """Asks an application as a web server does."""

    def __init__(self, application):
        self.application = application

    def __call__(self, path, *, method="GET", query="", **headers):
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            **headers,
        }
        said = []
        result = self.application(environ, lambda *args: said.extend(args))
        body = b"".join(result)
        getattr(result, "close", bool)()
        return int(said[0][:3]), dict(said[1]), body


def stored():
    """Return the paths whose answers are stored."""
    generation = current_generation()
    files = [file.relative_to(generation) for file in generation.rglob("*") if file.suffix in {".html", ".xml"}]
    return {f"/{file}".removesuffix("index.html") for file in files}
