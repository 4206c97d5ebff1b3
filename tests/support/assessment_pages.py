"""What tests of the pages of the self-assessment share: addresses, what forms send, and what says that it is saved."""

import re

HOME = "/leden/zelfevaluatie/"


def text(answer):
    return " ".join(answer.content.decode().split())


def section(form, code="A"):
    return f"{HOME}formulier/{form.key}/{code}/"


def sent(**choices):
    """Return what the form of a section sends: `A1="3"`, or `A1=("3", version)`."""
    data = {}
    for code, choice in choices.items():
        value, version = choice if isinstance(choice, tuple) else (choice, 0)
        data |= {f"choice-{code}": value, f"version-{code}": version}
    return data


SAVED = re.compile("^Bewaard$")


def saved(item):
    """Wait until an item says in the browser that its answer is saved; two seconds at most."""
    item.locator(".item__state", has_text=SAVED).wait_for(timeout=2_000)
