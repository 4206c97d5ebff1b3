"""An editor opens a page in the admin and publishes it as it is: the form is sent as a browser would."""

import time

from bs4 import BeautifulSoup

from thuisbasis.accounts.models import User


def come_in_as_editor(client):
    """Let the demo's moderator in, who confirmed a moment ago who she is."""
    client.force_login(User.objects.get(email="redactie@example.nl"))
    session = client.session
    proof = {"method": "password", "at": time.time() + 3600, "reauthenticated": True}
    session["account_authentication_methods"] = [proof]
    session.save()


def ready_to_publish(client, page):
    """Return the address of a page's form in the admin, and what publishing it sends."""
    address = f"/cms/pages/{page.pk}/edit/"
    form = BeautifulSoup(client.get(address).content, "html.parser")
    data = {"body-count": "0", "action-publish": "action-publish"}
    for field in form.select("#page-edit-form [name]"):
        if field.name == "select":
            data[field["name"]] = [option["value"] for option in field.select("option[selected]")]
        elif field.name == "textarea":
            data[field["name"]] = field.get_text().removeprefix("\n")
        elif field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(field["name"], []).append(field.get("value", "on"))
        elif field.get("type") not in ("file", "submit", "button"):
            data[field["name"]] = field.get("value", "")
    return address, data
