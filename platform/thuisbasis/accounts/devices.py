"""Remembers, in a signed cookie, that somebody logged in on this device before."""

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

COOKIE = "bekend_apparaat"
MOST_PEOPLE = 8
ONE_YEAR = 365 * 24 * 3600
_SALT = "thuisbasis.accounts.devices"


def _mark(email: str) -> str:
    """Return what stands for an address in the cookie; it cannot be turned back into the address."""
    return salted_hmac(_SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:32]


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        known = Signer(salt=_SALT).unsign_object(request.COOKIES.get(COOKIE, ""))
    except BadSignature:
        return {}
    return known if isinstance(known, dict) else {}


def is_known_device(request: HttpRequest, email: str) -> str:
    """Return the device's own number for this address, or "" where it never logged in."""
    return _read(request).get(_mark(email), "")


def remember_device(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Let the next login of this address on this device count as one from a known device."""
    known = _read(request)
    if _mark(email) in known:
        return
    known = dict(list(known.items())[-(MOST_PEOPLE - 1) :]) | {_mark(email): get_random_string(16)}
    response.set_cookie(
        COOKIE,
        Signer(salt=_SALT).sign_object(known),
        max_age=ONE_YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Return a device as people know it, such as "Firefox, Windows"; "" when a browser does not tell."""
    found = [next((name for mark, name in names if mark in user_agent), "") for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found))
