"""An instrument out of a file, as a draft that somebody looks at before it is published."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml
from django.db import IntegrityError, transaction

from members.assessments.models import Instrument, InstrumentKind, InstrumentVersion
from members.assessments.policies import may_manage_instruments
from members.assessments.services.exporting import FIXED_SCORING, FORMAT
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou

FRAMEWORK_FORMAT = "thuisbasis-framework/1"
MOST_CHARACTERS = 1_000_000


class FileIsNoInstrument(Exception):
    """The file cannot be read as an instrument; `where` is the place in it that is wrong."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


class VersionExists(Exception):
    """There is a version of this instrument with this number already."""


def import_instrument(*, text: str, visitor: Visitor) -> InstrumentVersion:
    """Read an instrument, or the reflection in a framework, and keep it as a draft.

    Raises NotForYou, FileIsNoInstrument or VersionExists.
    """
    if not may_manage_instruments(visitor):
        raise NotForYou
    if len(text) > MOST_CHARACTERS:
        raise FileIsNoInstrument("")
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise FileIsNoInstrument(f"regel {mark.line + 1}" if mark else "") from None
    return keep_instrument(data=data)


def keep_instrument(*, data: Any) -> InstrumentVersion:
    """Keep an instrument from its data as a draft. Raises FileIsNoInstrument or VersionExists."""
    if isinstance(data, Mapping) and data.get("format") == FRAMEWORK_FORMAT:
        data = reflection_of(data)
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise FileIsNoInstrument("format")
    try:
        values = _values(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FileIsNoInstrument(str(error).strip("'")[:80]) from None
    try:
        with transaction.atomic():
            kind = InstrumentKind(data["instrument"]["kind"])
            instrument, _is_new = Instrument.objects.get_or_create(
                code=data["instrument"]["code"], defaults={"kind": kind}
            )
            replaced = instrument.versions.filter(number=data["version"]["replaces"] or "").first()
            version = InstrumentVersion.objects.create(instrument=instrument, replaces=replaced, **values)
    except ValueError:
        raise FileIsNoInstrument("kind") from None
    except IntegrityError:
        raise VersionExists from None
    return InstrumentVersion.objects.get(pk=version.pk)


def _values(data: Mapping[str, Any]) -> dict[str, Any]:
    head, version, people = data["instrument"], data["version"], data["respondents"]
    rights = head["rights"]
    valid_from = version["valid_from"]
    if not isinstance(valid_from, date):
        raise TypeError("valid_from")
    return {
        **{name: head[name] for name in ("title", "short_title", "language", "purpose", "notice")},
        "contact": head.get("contact") or "",
        "number": version["number"],
        "valid_from": valid_from,
        "changes": version.get("changes") or "",
        "text_owner": rights["text_owner"],
        "basis": rights["basis"],
        "is_licensed": rights["licensed_text"],
        "licence_holder": rights.get("licence_holder", ""),
        "licence_reference": rights.get("licence_reference", ""),
        "visible_to_audience": rights.get("visible_to", "network"),
        "unit": people["unit"],
        "min_raters": people["min_raters"],
        "estimated_minutes": people["estimated_minutes"],
        "roles": _labels("role", people["suggested_roles"]),
        "principles": _labels("principle", data.get("principles", [])),
        "profile": _stream("question", [_question(row) for row in data.get("profile", [])]),
        "links": _stream("link", [dict(row) for row in data.get("links", [])]),
        **_scale(data),
        **_scoring(data["scoring"]),
        "sections": _stream("section", [_section(row, data) for row in data["domains"]]),
    }


def _stream(name: str, rows: list[dict[str, Any]]) -> str:
    """Return rows as a stream field keeps them."""
    return json.dumps([{"type": name, "value": row} for row in rows])


def _listed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"type": "item", "value": row} for row in rows]


def _label(row: Mapping[str, Any]) -> dict[str, str]:
    return {"code": str(row["code"]), "label": str(row["label"])}


def _labels(name: str, rows: Any) -> str:
    return _stream(name, [_label(row) for row in rows])


def _scale(data: Mapping[str, Any]) -> dict[str, Any]:
    scale = data["scale"]
    if data["instrument"]["kind"] == InstrumentKind.REFLECTION:
        return {"labels": _labels("label", scale["options"]), "unknown_label": "", "na_label": ""}
    labels = [{"code": value, "label": scale["labels"][value]} for value in scale["values"]]
    extra = scale["extra_answers"]
    return {
        "labels": _labels("label", labels),
        "unknown_label": extra["unknown"]["label"],
        "na_label": extra["not_applicable"]["label"],
    }


def _scoring(scoring: Mapping[str, Any]) -> dict[str, Any]:
    if scoring["method"] == "none":
        return {"method": "none"}
    for name, value in FIXED_SCORING.items():
        if scoring[name] != value:
            raise ValueError(f"scoring.{name}")
    bands = [
        {"code": row["code"], "label": row["label"], "lowest": str(row["from"]), "highest": str(row["to"])}
        for row in scoring["bands"]
    ]
    return {
        "method": scoring["method"],
        "coverage_min": str(scoring["coverage_min"]),
        "min_answered_items": scoring["min_answered_items"],
        "na_flag_above": str(scoring["na_flag_above"]),
        "overall": scoring["overall"],
        "bands": _stream("band", bands),
    }


def _question(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "text": row["text"],
        "kind": row["type"],
        "is_required": row["required"],
        "options": _listed([_label(option) for option in row.get("options", [])]),
        "lowest": row.get("min"),
        "highest": row.get("max"),
    }


def _section(row: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "title": row["title"],
        "intro": row.get("intro") or "",
        "weight": str(row["weight"]),
        "items": _listed([_item(item, data) for item in row["items"]]),
    }


def _item(row: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    relevant = row.get("relevant") or {}
    codes = relevant.get("in") or [code for code in (relevant.get("contains"),) if code]
    return {
        "code": row["code"],
        "text": row["text"],
        "help": row.get("help") or "",
        "evidence": row.get("evidence") or "",
        "principles": ", ".join(row.get("principles", [])),
        "themes": ", ".join(row.get("themes", [])),
        "weight": str(row.get("weight", 1)),
        "na_allowed": row.get("na_allowed", False),
        "relevant_question": relevant.get("profile", ""),
        "relevant_codes": ", ".join(codes),
        "is_required": row.get("required", True),
        "is_starred": row.get("starred", False),
        "options": _listed(_options(row, data)),
    }


def _options(row: Mapping[str, Any], data: Mapping[str, Any]) -> list[dict[str, str]]:
    if "anchors" in row:
        return [{"code": str(value), "text": text} for value, text in row["anchors"].items()]
    options = row.get("options") or data["scale"]["options"]
    return [{"code": str(option["code"]), "text": option["label"]} for option in options]


def reflection_of(framework: Mapping[str, Any]) -> dict[str, Any]:
    """Return the reflection that goes with a framework as an instrument: a section per condition, one for principles.

    Raises FileIsNoInstrument when the framework holds none.
    """
    try:
        head, about = framework["instrument"], framework["framework"]
        stems = {row["from"].split("[]")[-2].strip("."): row for row in head["item_sources"]}
        sections = [
            _reflected(row["code"], row["label"], row["description"], stems, row) for row in framework["conditions"]
        ]
        principles = {"principles": framework["principles"]}
        sections.append(_reflected("VZP", framework["principles_label"], "", stems, principles))
        kind = head["kind"]
    except (KeyError, TypeError, IndexError) as error:
        raise FileIsNoInstrument(str(error).strip("'")) from None
    return {
        "format": FORMAT,
        "instrument": {
            "code": head["code"],
            "title": about["title"],
            "short_title": "Voorzorg" if head["code"].startswith("voorzorg") else head["code"],
            "kind": kind,
            "language": head["language"],
            "purpose": "",
            "notice": head["notice"],
            "rights": {"text_owner": "project", "basis": "own-wording", "licensed_text": False},
            "contact": None,
        },
        "version": {
            "number": head["version"], "status": "draft", "valid_from": date(2026, 1, 1),
            "replaces": None, "changes": "",
        },
        "respondents": {"unit": head["unit"], "min_raters": 3, "suggested_roles": [], "estimated_minutes": 45},
        "scale": {"options": head["response_options"]},
        "scoring": {"method": "none"},
        "principles": [],
        "profile": [],
        "domains": sections,
    }  # fmt: skip


def _reflected(code: str, title: str, intro: str, stems: Mapping[str, Any], rows: Mapping[str, Any]) -> dict[str, Any]:
    """Return a section with an item for each element of the framework that something is asked of."""
    items = [
        {
            "code": element["code"],
            "text": source["stem"].replace("{label}", element["label"]),
            "help": "",
            "required": source["required"],
            "starred": element.get("starred", False),
        }
        for name, source in stems.items()
        for element in rows.get(name, [])
    ]
    return {"code": code, "title": title, "intro": intro, "weight": 1, "items": items}
