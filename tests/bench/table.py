"""What the site costs, row by row of what we promise: `make bench`.

Two networks (places.py), each with the yardsticks that it is compared with, all measured in one run. Machines differ and
a busy one is half as fast; ratios, queries and bytes do not differ. With POSTGRES_URL on PostgreSQL, otherwise on SQLite
and without registrations. SCALE=100 makes the large network of the promise: 10,000 articles, 100,000 documents and 5,000
members (some twenty minutes, once). Needs nginx, wrk and Chromium.

A goal in "× plain" is a share of what the best other site needs for the same kind of page, in units of the same yardstick
(a Django with seven middlewares that reads nothing): the peers were measured outside, in November 2026.
"""

import shutil
import sys

from inside import PODCAST
from places import SCALES, SERVER, ask, prepare
from registering import registrations
from served import plain, site
from store import stored
from weight import weights

SITE, PLAIN = 8795, 8796
ROUNDS = 5
# What is asked of the server with a question that no stored page answers.
MISSES = {
    "front": "/?niet=bewaard",
    "article": "/praktijkvoorbeelden/groei-00042/?niet=bewaard",
    "listing": "/praktijkvoorbeelden/?niet=bewaard",
    "podcast feed": f"{PODCAST}?niet=bewaard",
    "sitemap": "/sitemap.xml?niet=bewaard",
}
# In units of the yardstick; the peers needed 31, 50, 52, 25, 32 and, of 10,000 articles, 1,650 ms where it needed 0.36 to
# 0.39 ms.
CPU_GOALS = {
    "front": 47, "article": 28, "listing": 47, "podcast feed": 34, "article, as a member": 89, "sitemap": 868,
}  # fmt: skip
SQL_GOALS = {
    "front": 12, "article": 8, "listing": 12, "search, most found": 12, "dashboard": 15, "podcast feed": 6,
    "article, as a member": 15,
}  # fmt: skip


class Table:
    """Lines with a goal and what we reach; the goal is at most, or with `least` at least, so much."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, ...]] = []

    def add(self, row: int, what: str, goal: float, ours: float, unit: str = "", *, least: bool = False) -> None:
        """Add a line; the last column says whether the goal is reached."""
        reached = ours >= goal if least else ours <= goal
        sign = "≥" if least else "≤"
        self.lines.append((str(row), what, f"{sign} {goal:g} {unit}", f"{ours:.3g} {unit}", "yes" if reached else "NO"))

    def tell(self, row: int, what: str, said: str) -> None:
        """Add a line that has no goal of its own."""
        self.lines.append((str(row), what, "", said, ""))

    def __str__(self) -> str:
        rows = [("#", "what", "goal", "ours", "reached"), *self.lines]
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        drawn = [
            "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
        ]
        drawn.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        return "\n".join(drawn)


def add_stored(table: Table) -> None:
    """Rows 1 and 3: pages that are stored."""
    found = stored("small")
    for page in ("front", "article", "listing", "feed"):
        rate, slowest = found[page]
        table.add(1, f"{page} stored, nginx", 0.5, rate / found[f"{page}, file"][0], "× the same file", least=True)
        table.add(1, f"{page} stored, nginx, p99", 5, slowest, "ms")
    rate, _slowest = found["article, by the site"]
    table.add(3, "article stored, the site itself", 0.6, rate / found["bare"][0], "× bare WSGI", least=True)


def add_work(table: Table, small: dict, large: dict) -> None:
    """Rows 5 to 8: queries, and what grows."""
    for name, goal in SQL_GOALS.items():
        table.add(6 if name == "podcast feed" else 5, f"{name}, queries", goal, large["pages"][name]["queries"])
        table.add(
            5,
            f"{name}, queries more than the small network",
            0,
            large["pages"][name]["queries"] - small["pages"][name]["queries"],
        )
    for name in ("front", "article", "listing", "podcast feed"):
        page = large["pages"][name]
        said = f"{page['anew'] / page['cpu']:.1f} × the next ({page['anew']:.0f} ms CPU)"
        table.tell(6 if name == "podcast feed" else 4, f"{name}, the first after a change", said)
    feed = large["pages"]["podcast feed"]
    table.add(6, "podcast feed, 50 items", 60, feed["bytes"] / 1000, "kB")
    table.add(6, "podcast feed asked again", 304, feed["again"])
    for name, row, goal in [
        ("search, most found", 7, 3), ("search, few found", 7, 3), ("listing", 8, 1.2), ("far page of the listing", 8, 1.2),
        ("article", 8, 1.2), ("dashboard", 8, 1.2), ("documents", 8, 1.2), ("questions", 8, 1.2), ("people", 8, 1.2),
    ]:  # fmt: skip
        table.add(
            row, f"{name}, large beside small", goal, large["pages"][name]["cpu"] / small["pages"][name]["cpu"], "× CPU"
        )
    table.add(11, "publishing, queries", 115, large["publishing"]["queries"])


def add_served(table: Table, large: dict) -> None:
    """Rows 4, 6, 9, 10, 12 and 13: a server that answers everything anew."""
    with plain(PLAIN) as yardstick, site("large", SITE) as ours:
        costs = {"plain": []}
        asked = [(name, path, "") for name, path in MISSES.items()]
        asked.append(("article, as a member", MISSES["article"], large["cookies"]["article, as a member"]))
        for _round in range(ROUNDS):
            costs["plain"].append(yardstick.asked("/")["cpu"])
            for name, path, cookie in asked:
                costs.setdefault(name, []).append(ours.asked(path, cookie)["cpu"])
        floor = min(costs["plain"])
        table.tell(4, "the yardstick itself", f"{floor:.2f} ms")
        for name, goal in CPU_GOALS.items():
            row = {"podcast feed": 6, "article, as a member": 9, "sitemap": 8}.get(name, 4)
            table.add(row, f"{name}, not stored ({min(costs[name]):.1f} ms)", goal, min(costs[name]) / floor, "× plain")
        for name, found in weights(SITE).items():
            add_weight(table, name, found)
        table.add(13, "start to first answer", 1.35, ours.started, "s")
        table.tell(
            13, "the same, where the peers' machine may take 3,460", f"{ours.started * 1000 / floor:,.0f} × plain"
        )
        if SERVER:
            add_registrations(table, large["csrf"], floor)
        table.add(13, "a worker's peak after all this", 110, ours.peak(), "MB")


def add_empty_wagtail(table: Table) -> None:
    """Row 13: what no site in Wagtail can do without."""
    with plain(PLAIN, "wagtail") as yardstick:
        table.tell(13, "a Wagtail without pages, start to first answer", f"{yardstick.started:.2f} s")
        table.tell(13, "a Wagtail without pages, a worker before all this", f"{yardstick.peak():.0f} MB")


def add_weight(table: Table, name: str, found: dict) -> None:
    """Row 10: one page on a phone."""
    size, requests, paint = {"front": (110, 10, 1.3), "article": (45, 6, 1.0)}[name]
    table.add(10, f"{name}, over the line", size, found["kB"], "kB")
    table.add(10, f"{name}, requests", requests, found["requests"])
    table.add(10, f"{name}, scripts", 8, found["scripts"], "kB")
    table.add(10, f"{name}, largest paint, slow 4G", paint, found["paint"], "s")
    table.add(10, f"{name}, layout shift", 0, found["shift"])
    table.add(10, f"{name}, hosts of others", 0, len(set(found["hosts"]) - {"localhost"}))


def add_registrations(table: Table, csrf: str, floor: float) -> None:
    """Row 12: many who want a seat at once."""
    with site("large", SITE + 2, threads=8) as server:
        found = registrations("large", server.port, csrf)
    table.add(12, f"registrations of {found['tries']:,} tries by 32 at once", 60, found["rate"], "a second", least=True)
    table.tell(
        12, "the time of one, where the peers' machine may take 43", f"{1000 / found['rate'] / floor:.3g} × plain"
    )
    table.tell(12, "from pressing to the answer, p95", f"{found['p95']:.0f} ms")
    table.add(12, "tries without a registration", 0, found["tries"] - found["kept"])
    table.add(12, "seats sold too many", 0, found["oversold"])


def main() -> None:
    """Prepare, measure and print."""
    for program in ("wrk", "nginx"):
        if not shutil.which(program, path="/usr/bin:/usr/sbin:/usr/local/bin"):
            sys.exit(f"The bench needs {program}: apt-get install wrk nginx-light")
    prepare()
    table = Table()
    print("Stored pages …", flush=True)
    add_stored(table)
    print("Work inside, in the small network and in the large one …", flush=True)
    small, large = ask("small", "inside.py"), ask("large", "inside.py")
    add_work(table, small, large)
    print("The site as a server …", flush=True)
    add_served(table, large)
    add_empty_wagtail(table)
    table.lines.sort(key=lambda line: int(line[0]))
    database = "PostgreSQL" if SERVER else "SQLite"
    print(f"\n{database}; the large network has {SCALES['large'] * 100:,} articles.\n\n{table}")


if __name__ == "__main__":
    main()
