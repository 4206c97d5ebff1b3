"""An instrument as a file: everything that it asks and how it scores, in plain YAML."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import yaml

from members.assessments.models import InstrumentVersion
from members.assessments.policies import may_manage_instruments
from members.assessments.questionnaires import (
    NOT_APPLICABLE,
    REASON_LENGTH,
    UNKNOWN,
    Item,
    ProfileQuestion,
    Questionnaire,
    Relevance,
    Section,
)
from members.assessments.reading import fields_of
from members.assessments.scoring import HIGHEST, LOWEST
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou

FORMAT = "thuisbasis-instrument/1"
# What is the same in every instrument with scores, and what a file must therefore say.
FIXED_SCORING = {
    "report_range": [LOWEST, HIGHEST],
    "decimals": 2,
    "rounding": "half_up",
    "source": "consensus",
}


def export_instrument(*, version: InstrumentVersion, visitor: Visitor) -> str:
    """Return a version as YAML; raises NotForYou for anybody but administrators."""
    if not may_manage_instruments(visitor):
        raise NotForYou
    text: str = yaml.safe_dump(as_data(version), allow_unicode=True, sort_keys=False, width=120)
    return text


def as_data(version: InstrumentVersion) -> dict[str, Any]:
    """Return a version as a file holds it: reading it in again makes the same version."""
    asked = version.questionnaire
    data = {
        "format": FORMAT,
        "instrument": _instrument(version),
        "version": {
            "number": version.number,
            "status": str(version.status),
            "valid_from": version.valid_from,
            "replaces": version.replaces.number if version.replaces else None,
            "changes": version.changes,
        },
        "respondents": {
            "unit": version.unit,
            "min_raters": version.min_raters,
            "suggested_roles": _labels(asked.roles),
            "estimated_minutes": version.estimated_minutes,
        },
        "scale": _scale(version, asked),
        "scoring": _scoring(version, asked),
        "principles": _labels(asked.principles),
        "profile": [_question(question) for question in asked.profile],
        "domains": [_section(section, asked) for section in asked.sections],
    }
    links = [dict(row) for row in fields_of(version.stored("links"))]
    return {**data, "links": links} if links else data


def _instrument(version: InstrumentVersion) -> dict[str, Any]:
    rights: dict[str, Any] = {
        "text_owner": version.text_owner,
        "basis": version.basis,
        "licensed_text": version.is_licensed,
    }
    if version.is_licensed:
        rights |= {
            "licence_holder": version.licence_holder,
            "licence_reference": version.licence_reference,
            "visible_to": version.visible_to_audience,
        }
    return {
        "code": version.instrument.code,
        "title": version.title,
        "short_title": version.short_title,
        "kind": str(version.instrument.kind),
        "language": version.language,
        "purpose": version.purpose,
        "notice": version.notice,
        "rights": rights,
        "contact": version.contact or None,
    }


def number(value: Fraction | Decimal) -> int | float:
    """Return a number as YAML writes it: whole where it is whole."""
    return int(value) if value == int(value) else float(value)


def _key(code: str) -> Any:
    try:
        return number(Fraction(code))
    except ValueError:
        return code


def _labels(rows: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"code": code, "label": label} for code, label in rows]


def _scale(version: InstrumentVersion, asked: Questionnaire) -> dict[str, Any]:
    if not asked.is_scored:
        return {"options": _labels(asked.labels)}
    return {
        "values": [_key(code) for code, _label in asked.labels],
        "labels": {_key(code): label for code, label in asked.labels},
        "extra_answers": {
            "unknown": {"code": UNKNOWN, "label": version.unknown_label, "counts_as": "missing"},
            "not_applicable": {
                "code": NOT_APPLICABLE,
                "label": version.na_label,
                "counts_as": "excluded",
                "requires_reason": True,
                "reason_min_chars": REASON_LENGTH,
            },
        },
    }


def _scoring(version: InstrumentVersion, asked: Questionnaire) -> dict[str, Any]:
    if not asked.is_scored:
        return {"method": "none"}
    return {
        "method": version.method,
        **FIXED_SCORING,
        "coverage_min": float(version.coverage_min),
        "min_answered_items": version.min_answered_items,
        "na_flag_above": float(version.na_flag_above),
        "overall": version.overall,
        "bands": [
            {"code": band.code, "label": band.label, "from": float(band.lowest), "to": float(band.highest)}
            for band in asked.bands
        ],
    }


def _question(question: ProfileQuestion) -> dict[str, Any]:
    found: dict[str, Any] = {
        "code": question.code,
        "text": question.text,
        "type": question.kind,
        "required": question.is_required,
    }
    if question.options:
        found["options"] = _labels(question.options)
    bounds = {"min": question.lowest, "max": question.highest}
    return {**found, **{name: bound for name, bound in bounds.items() if bound is not None}}


def _section(section: Section, asked: Questionnaire) -> dict[str, Any]:
    return {
        "code": section.code,
        "title": section.title,
        "intro": section.intro,
        "weight": number(section.weight),
        "items": [_item(item, asked) for item in section.items],
    }


def _item(item: Item, asked: Questionnaire) -> dict[str, Any]:
    found: dict[str, Any] = {"code": item.code, "text": item.text}
    if asked.is_scored:
        found |= {
            "help": item.help,
            "evidence": item.evidence,
            "principles": list(item.principles),
            "themes": list(item.themes),
            "weight": number(item.weight),
            "na_allowed": item.may_be_not_applicable,
        }
    else:
        found |= {"help": item.help, "required": item.is_required, "starred": item.is_starred}
        found |= {"themes": list(item.themes)} if item.themes else {}
    if item.relevance:
        found["relevant"] = _relevance(item.relevance, asked)
    options = tuple((option.code, option.text) for option in item.options)
    if asked.is_scored:
        found["anchors"] = {_key(code): text for code, text in options}
    elif options != asked.labels:
        found["options"] = _labels(options)
    return found


def _relevance(rule: Relevance, asked: Questionnaire) -> dict[str, Any]:
    kind = next((question.kind for question in asked.profile if question.code == rule.question), "")
    if kind == "multiple_choice" and len(rule.codes) == 1:
        return {"profile": rule.question, "contains": rule.codes[0]}
    return {"profile": rule.question, "in": list(rule.codes)}
