"""Writes down what a browser looked at, and makes of those lines what the site's statement says."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import yaml

LANGUAGES = ("nl", "en", "fr")
HEAD = "# What `make accessibility` found; the page /toegankelijkheid/ says it. Not by hand.\n"


def note(page, results):
    """Add one look at one page to the file that LOOKED_AT names; without it, nothing."""
    if "LOOKED_AT" not in os.environ:
        return
    line = {
        "path": urlsplit(page.url).path,
        "language": page.get_attribute("html", "lang"),
        "faults": results.violations_count,
        "axe": results.response["testEngine"]["version"],
    }
    with Path(os.environ["LOOKED_AT"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def statement(lines, today):
    """Return the record: each language with its pages and faults, and how often something was looked at."""
    rows = [
        {
            "language": language,
            "pages": len({line["path"] for line in lines if line["language"] == language}),
            "faults": sum(line["faults"] for line in lines if line["language"] == language),
        }
        for language in LANGUAGES
    ]
    (axe,) = {line["axe"] for line in lines}
    return {"date": today, "axe": axe, "looks": len(lines), "languages": rows}


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    seen = [json.loads(line) for line in source.read_text().splitlines()]
    record = statement(seen, datetime.now(UTC).date())
    target.write_text(HEAD + yaml.safe_dump(record, sort_keys=False), encoding="utf-8")
    print(f"{record['looks']} looks: {target}")
