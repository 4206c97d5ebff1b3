"""An editor opens a page in the admin and publishes it as it is: the form is sent as a browser would."""

import time

from bs4 import BeautifulSoup


def let_in(client, person):
    """Log somebody in who confirmed just now who he or she is; returns the client."""
    client.force_login(person)
    session = client.session
    record = {"method": "password", "at": time.time() + 3600, "reauthenticated": True}
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


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
