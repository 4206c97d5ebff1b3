"""Every route of the site with its door, as routes.yaml lists them: for the permission matrix and the leak matrix."""

import re
from pathlib import Path

import yaml
from django.urls import URLResolver, get_resolver

TABLE = yaml.safe_load((Path(__file__).parent / "routes.yaml").read_text(encoding="utf-8"))
ROUTES = {name: (door, values) for door, names in TABLE["routes"].items() for name, values in names.items()}
ADMIN_PARTS = {part: closed for closed, parts in TABLE["admin_parts"].items() for part in parts}


def routes(patterns=None, prefix="", namespace=""):
    """Yield (name, address with its variables in place) of every route that the resolver knows."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        part = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry.url_patterns, part, inner)
        else:
            yield namespace + (entry.name or ""), part


def name_of(name, pattern):
    if name:
        return name
    return "to_our_login" if pattern.endswith("login/") else "unnamed"


def fill(pattern, values):
    """Return an address for a pattern; ids that nothing has where none is given, so that nothing is changed."""

    def sample(match):
        kind, name = "int" if match[2] == "pk" else match[1] or "str", match[2]
        return str(values.get(name, {"int": "999999", "uuid": "0" * 8 + "-0000-0000-0000-" + "0" * 12}.get(kind, "x")))

    if pattern == "cms/^.*/$":
        return "/cms/onbekend/"
    address = re.sub(r"<(?:(\w+):)?(\w+)>", sample, pattern)
    address = re.sub(r"\(\?P<(\w+)>.*\)(?=/|$)", lambda match: str(values.get(match[1], "x")), address)
    address = re.sub(r"\([^)]*\)", "999999", address)
    return "/" + address.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "").lstrip("/")


def doors():
    """Yield (name, address, door) of every route; raises LookupError for a route that nobody listed."""
    for name, pattern in routes():
        known = name_of(name, pattern)
        if pattern.startswith("cms/") and known != "to_our_login":
            parts = [part for part in ADMIN_PARTS if known.startswith(part)]
            if not parts:
                raise LookupError(f"{known} ({pattern}) is not in the matrix")
            closed = ADMIN_PARTS[max(parts, key=len)]
            yield known, fill(pattern, {}), f"cms: {closed}"
        elif known not in ROUTES:
            raise LookupError(f"{known} ({pattern}) is not in the matrix")
        elif ROUTES[known][0] in ("by object",):
            continue
        elif known == "account_reset_password_from_key":
            yield known, "/account/wachtwoord/nieuw/1-x-y/", "door"
        else:
            yield known, fill(pattern, ROUTES[known][1]), ROUTES[known][0]
