"""Finds every form of the site by walking through it as somebody, and makes input that no form expects."""

from dataclasses import dataclass
from urllib.parse import quote_from_bytes, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.urls import Resolver404, resolve
from hypothesis import strategies as st

# Where a walk begins: whatever these lead to is visited, one page for each kind of address.
STARTS = ["/", "/agenda/", "/zoeken/?q=wonen", "/praktijken/", "/leden/", "/leden/vragen/", "/leden/documenten/",
          "/leden/zelfevaluatie/", "/leden/agenda/", "/cms/", "/cms/pages/", "/account/inloggen/", "/en/", "/fr/"]  # fmt: skip
PAGES_OF_A_KIND, MOST_PAGES = 1, 300
# Leaving in the middle of a walk would end it.
LEAVES = ("/account/uitloggen/", "/cms/logout/")


@dataclass(frozen=True)
class Form:
    """One form as a visitor finds it: where it goes, and each field with its kind and first value."""

    role: str
    method: str
    address: str
    fields: tuple[tuple[str, str, str], ...]


def kind_of(address):
    """Return which view answers an address, or None for one that leads nowhere."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    return match.view_name or match.func.__qualname__


def walk(client, role):
    """Return the forms that somebody comes across."""
    waiting, seen, kinds, forms = list(STARTS), set(), {}, {}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        kind = kind_of(address)
        many = 10 if kind == "wagtail_serve" else PAGES_OF_A_KIND
        if kind is None or address in seen or kinds.get(kind, 0) >= many or address.startswith(LEAVES):
            continue
        seen.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(address, follow=True)
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        soup = BeautifulSoup(answer.content, "html.parser")
        for found in soup.find_all("form"):
            form = read_form(found, address, role)
            forms[kind_of(form.address), form.method, tuple(name for name, _kind, _value in form.fields)] = form
        for link in soup.find_all("a", href=True):
            target = urljoin(f"http://testserver{address}", link["href"])
            if urlsplit(target).netloc == "testserver":
                waiting.append(target.removeprefix("http://testserver").split("#")[0])
    return [form for form in forms.values() if not form.address.startswith(LEAVES)]


def read_form(found, address, role):
    """Return a form of a page."""
    fields = []
    for field in found.find_all(["input", "select", "textarea", "button"]):
        name = field.get("name")
        if not name or name == "csrfmiddlewaretoken":
            continue
        kind = field.get("type", "text") if field.name == "input" else field.name
        options = [option.get("value", option.text) for option in field.find_all("option")]
        value = field.get("value") or (options[-1] if options else field.text if field.name == "textarea" else "")
        fields.append((name, kind, value))
    target = urljoin(f"http://testserver{address}", found.get("action") or "")
    parts = urlsplit(target)
    query = f"?{parts.query}" if parts.query else ""
    return Form(role, found.get("method", "get").upper(), f"{parts.path}{query}", tuple(dict.fromkeys(fields)))


NASTY = [
    b"", b" ", b"\0", b"a\0b", b"\xff\xfe", b"\xed\xa0\x80", b"%00", b"-1", b"0", b"1" * 20, b"9" * 400, b"1e400", b"NaN", b"-Infinity",
    b"1.5", b"0x10", "٣".encode(), "１２".encode(), b"2021-02-30", b"0000-00-00", b"99999-12-31", b"9999-12-31", b"0001-01-01",
    b"0001-01-01T00:00", b"9999-12-31T23:59", b"25:61", b"2021-13", b"null", b"None", b"true", b"[]", b"{}", b"[" * 3000, b'{"a":' * 500, b'"',
    b"' OR 1=1 --", b"<script>x</script>", b"{{ x }}", b"{% x %}", b"../../etc/passwd", b"a\r\nSet-Cookie: x=y", b"x@example.nl",
    b"x" * 300 + b"@example.nl", b"@", "\u202egnp.exe".encode(), "💡".encode() * 60, b"a" * 5000, b"00000000-0000-0000-0000-000000000000",
    b"javascript:alert(1)", b"//elders.example/", b"http://[::1", b"http://\xe2\x82\xac", b"=cmd|' /C calc'!A0", b"a,b,,c", b"\\", b"%", b"%s%n", b"&", b"+",
    b"#", b"?", b"/", b"2147483648", b"-2147483649", b"9223372036854775808", b"next", b"1,2,3", b"on", b"\t\n", b"a" * 161, "é".encode() * 200,
]  # fmt: skip
values = st.one_of(
    st.sampled_from(NASTY),
    st.binary(max_size=40),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.integers(-(10**20), 10**20).map(lambda number: str(number).encode()),
    st.dates().map(lambda day: day.isoformat().encode()),
)
# As long as a form may be, now and then.
huge = st.sampled_from([b"a" * 2**20, b"wonen " * 170_000, b"\0" * 2**20])
LOOSE = [
    b"page",
    b"p",
    b"q",
    b"next",
    b"maand",
    b"toon",
    b"thema",
    b"soort",
    b"reeks",
    b"taal",
    b"id",
    b"sort",
    b"order",
    b"format",
    b"export",
]


@st.composite
def fillings(draw, form):
    """Return pairs of names and values in which at least one is not what the form expects, and often all the others are."""
    pairs = [(name.encode(), value.encode(), kind) for name, kind, value in form.fields]
    wrong = draw(st.sets(st.integers(0, max(len(pairs) - 1, 0)), max_size=4))
    filled = [
        (name, draw(values) if number in wrong else value, kind) for number, (name, value, kind) in enumerate(pairs)
    ]
    if draw(st.integers(0, 30)) == 0 and filled:
        number = draw(st.integers(0, len(filled) - 1))
        filled[number] = (filled[number][0], draw(huge), filled[number][2])
    if draw(st.booleans()) and filled:
        del filled[draw(st.integers(0, len(filled) - 1))]
    if draw(st.booleans()) or not filled:
        filled.append((draw(st.one_of(st.sampled_from(LOOSE), values.filter(bool))), draw(values), "text"))
    if draw(st.booleans()) and filled:
        filled.append(draw(st.sampled_from(filled)))
    return filled


def query_of(pairs):
    """Return pairs as a query, byte for byte."""
    return "&".join(f"{quote_from_bytes(name)}={quote_from_bytes(value[:4000])}" for name, value, _kind in pairs)


def body_of(pairs):
    """Return pairs as a multipart form and its content type; a file has a name that hurts as well."""
    mark = b"grens-van-de-test"
    lines = []
    for name, value, kind in pairs:
        safe = name.replace(b'"', b"%22").replace(b"\r", b"").replace(b"\n", b"")
        more = (
            b'; filename="' + value[:80].replace(b'"', b"").replace(b"\r", b"").replace(b"\n", b"") + b'"'
            if kind == "file"
            else b""
        )
        lines += [b"--" + mark, b'Content-Disposition: form-data; name="' + safe + b'"' + more, b"", value]
    return b"\r\n".join([*lines, b"--" + mark + b"--", b""]), f"multipart/form-data; boundary={mark.decode()}"
