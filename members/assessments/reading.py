"""Reads an instrument from what the admin or a file keeps of it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from members.assessments.questionnaires import Band, Item, Option, ProfileQuestion, Relevance, Section

Raw = Iterable[Mapping[str, Any]]


def fields_of(stream: Raw) -> list[Mapping[str, Any]]:
    """Return the fields of each block of a stream or list, as they are stored."""
    return [block["value"] for block in stream]


def codes_in(text: str | None) -> tuple[str, ...]:
    """Return codes that stand in a text with commas between them."""
    return tuple(code.strip() for code in (text or "").split(",") if code.strip())


def labels_in(stream: Raw) -> tuple[tuple[str, str], ...]:
    """Return codes with their names."""
    return tuple((row["code"], row["label"]) for row in fields_of(stream))


def bands_in(stream: Raw) -> tuple[Band, ...]:
    """Return the bands."""
    return tuple(
        Band(
            code=row["code"],
            label=row["label"],
            lowest=Decimal(str(row["lowest"])),
            highest=Decimal(str(row["highest"])),
        )
        for row in fields_of(stream)
    )


def profile_in(stream: Raw) -> tuple[ProfileQuestion, ...]:
    """Return the questions about the practice."""
    return tuple(
        ProfileQuestion(
            code=row["code"],
            text=row["text"],
            kind=row["kind"],
            is_required=row["is_required"],
            options=labels_in(row["options"]),
            lowest=row.get("lowest"),
            highest=row.get("highest"),
        )
        for row in fields_of(stream)
    )


def sections_in(stream: Raw, *, is_scored: bool) -> tuple[Section, ...]:
    """Return the sections with their items."""
    return tuple(
        Section(
            code=row["code"],
            title=row["title"],
            intro=row.get("intro") or "",
            weight=Fraction(str(row["weight"])),
            items=tuple(_item(item, is_scored) for item in fields_of(row["items"])),
        )
        for row in fields_of(stream)
    )


def _item(row: Mapping[str, Any], is_scored: bool) -> Item:
    question = row.get("relevant_question")
    codes = codes_in(row.get("relevant_codes"))
    return Item(
        code=row["code"],
        text=row["text"],
        help=row.get("help") or "",
        evidence=row.get("evidence") or "",
        principles=codes_in(row.get("principles")),
        themes=codes_in(row.get("themes")),
        weight=Fraction(str(row["weight"])),
        may_be_not_applicable=bool(row.get("na_allowed")),
        relevance=Relevance(question=question, codes=codes) if question else None,
        is_required=bool(row.get("is_required")),
        is_starred=bool(row.get("is_starred")),
        options=tuple(
            Option(code=option["code"], text=option["text"], value=_value(option["code"]) if is_scored else None)
            for option in fields_of(row["options"])
        ),
    )


def _value(code: str) -> Fraction | None:
    try:
        return Fraction(code)
    except ValueError:
        return None


def mistakes_in(
    sections: Iterable[Section], profile: Iterable[ProfileQuestion], *, is_scored: bool
) -> list[tuple[str, str]]:
    """Return what an instrument cannot be published with, as pairs of a key and the code that it is about."""
    questions = {question.code for question in profile}
    found, seen = [], set()
    for section in sections:
        for item in section.items:
            if item.code in seen:
                found.append(("twice", item.code))
            seen.add(item.code)
            if len({option.code for option in item.options}) < len(item.options):
                found.append(("same_option", item.code))
            if len(item.options) < 2:
                found.append(("too_few_options", item.code))
            if is_scored and any(option.value is None for option in item.options):
                found.append(("no_value", item.code))
            if item.relevance and item.relevance.question not in questions:
                found.append(("unknown_question", item.code))
    return found or ([] if seen else [("empty", "")])
