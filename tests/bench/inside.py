"""What one request costs inside, without any server around it: CPU time and questions to the database, as JSON."""

import json
import re
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform"), str(ROOT / "tests/support")]
ROUNDS = 25
PODCAST = "/feeds/podcast/thuis-gesproken.xml"
# The articles that the scale adds are asked too: they are the many.
FOR_ANYBODY = {
    "front": "/",
    "article": "/praktijkvoorbeelden/groei-00042/",
    "listing": "/praktijkvoorbeelden/",
    "far page of the listing": "/praktijkvoorbeelden/?pagina=7",
    "search, few found": "/zoeken/?q=eenzaamheid",
    "search, most found": "/zoeken/?q=wonen",
    "podcast feed": PODCAST,
    "sitemap": "/sitemap.xml",
}
FOR_MEMBERS = {
    "article, as a member": ("lid@example.nl", "/praktijkvoorbeelden/groei-00042/"),
    "dashboard": ("lid@example.nl", "/leden/"),
    "dashboard of a coordinator": ("coordinator@example.nl", "/leden/"),
    "documents": ("lid@example.nl", "/leden/documenten/"),
    "questions": ("lid@example.nl", "/leden/vragen/"),
    "people": ("lid@example.nl", "/leden/mensen/"),
}


def cpu_of(ask, prepare=lambda: None) -> float:
    """Return the CPU time of a request in milliseconds, warm; `prepare` is done before each and not counted.

    It is the least of all rounds: what else a machine does adds to it, and never takes away.
    """
    spent = []
    for _round in range(ROUNDS + 3):
        prepare()
        before = time.process_time()
        ask()
        spent.append((time.process_time() - before) * 1000)
    return min(spent[3:])


def of_page(client, address: str) -> dict:
    """Return CPU in milliseconds, queries and bytes of a page; `anew` is the CPU right after a change of anything."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from thuisbasis.page_store.services import begin_anew

    def ask():
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200, (address, answer.status_code)
        return answer, body

    cpu = cpu_of(ask)
    with CaptureQueriesContext(connection) as asked:
        answer, body = ask()
    found = {"cpu": cpu, "queries": len(asked), "bytes": len(body), "anew": cpu_of(ask, begin_anew)}
    if "ETag" in answer.headers:
        found["again"] = client.get(address, headers={"if-none-match": answer.headers["ETag"]}).status_code
    return found


def publishing() -> dict:
    """Return the CPU and the queries of publishing an article in the admin, with all that follows."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from editing_a_page import let_in, ready_to_publish

    from knowledge.models import PracticeArticlePage
    from thuisbasis.accounts.models import User

    editor = let_in(Client(headers={"host": "localhost"}), User.objects.get(email="redactie@example.nl"))
    address, data = ready_to_publish(editor, PracticeArticlePage.objects.get(slug="groei-00017"))

    def publish():
        answer = editor.post(address, data)
        assert answer.status_code == 302, answer.content

    cpu = cpu_of(publish)
    with CaptureQueriesContext(connection) as asked:
        publish()
    return {"cpu": cpu, "queries": len([1 for query in asked if not re.match("SAVEPOINT|RELEASE|BEGIN", query["sql"])])}


def network() -> dict:
    """Return everything that is measured on the network of the environment."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from thuisbasis.accounts.models import User
    from thuisbasis.page_store.services import begin_anew

    begin_anew()
    stranger = Client(headers={"host": "localhost"})
    found = {name: of_page(stranger, address) for name, address in FOR_ANYBODY.items()}
    cookies = {}
    for name, (email, address) in FOR_MEMBERS.items():
        member = Client(headers={"host": "localhost"})
        member.force_login(User.objects.get(email=email))
        found[name] = of_page(member, address)
        cookies[name] = f"{settings.SESSION_COOKIE_NAME}={member.cookies[settings.SESSION_COOKIE_NAME].value}"
    return {"pages": found, "publishing": publishing(), "cookies": cookies, "csrf": settings.CSRF_COOKIE_NAME}


if __name__ == "__main__":
    print(json.dumps(network()))
