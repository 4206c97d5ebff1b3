"""The guard of residents' privacy: finds what looks like somebody's data, and leaves ordinary sentences alone."""

import random

import pytest

from thuisbasis.network.traces import find_traces, is_citizen_number

FIRST = ["Anna", "Kees", "Mo", "Lies", "Yara", "Bram", "Fleur", "Achmed"]
STREETS = ["Kerkstraat", "Van Goghlaan", "Molenweg", "Stationsplein", "Oudegracht", "Zuiderpad"]
MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
ORDINARY = [
    "We spraken af op donderdag {day} {month} 2021 om 16.00 uur in zaal {small}.",
    "In {year} woonden {number} mensen via Housing First in {count} gemeenten.",
    "De begroting is {big} euro, dat is {percent} procent meer dan in {year}.",
    "Het budget van 2026 is {big}, verdeeld over {small} praktijken.",
    "Bel bij gevaar 112, of de crisislijn 0800-0113; de zelfmoordlijn is 113.",
    "Zie pagina {small} van het rapport, ISBN 978-90-{four}-{three}-2.",
    "De talkshow van {day}-{m}-2021 telde {number} kijkers.",
    "Artikel 7.{small} lid 2, versie {small}.{count}.{day}, nummer {six}.",
    "Om half tien belde een collega: het slot van het huis was stuk.",
    "Het lukt bij {percent}% van de mensen, van {small} tot {number} woningen.",
    "Wij werken met {small} begeleiders op {number} huizen, sinds maart {year}.",
    "Op de Dag van de Buren, {day} mei 2027, zetten we stoelen op de stoep.",
    "Dossiernummer {six}, kenmerk 2026-{four}, rekening over week {small}.",
    "De wachttijd ging van {count} weken naar {small} dagen.",
    "Wie wil er op {day} {month} naar de markt? Vertrek 9.30 uur.",
]


def a_citizen_number(luck):
    while True:
        digits = f"{luck.randint(10_000_000, 999_999_999):09d}"
        if is_citizen_number(digits):
            return luck.choice(
                [digits, f"{digits[:4]}.{digits[4:6]}.{digits[6:]}", f"{digits[:3]} {digits[3:6]} {digits[6:]}"]
            )


def a_phone(luck):
    tail = f"{luck.randint(10_000_000, 99_999_999)}"
    return luck.choice(
        [f"06{tail}", f"06-{tail}", f"06 {tail[:2]} {tail[2:4]} {tail[4:6]} {tail[6:]}", f"+316{tail}", f"+31 6 {tail}",
         f"038-4{tail[:6]}", f"(038) 4{tail[:6]}", f"0570 6{tail[:5]}", f"020 {tail[:3]} {tail[3:7]}"]
    )  # fmt: skip


def a_birthday(luck):
    day, month, year = luck.randint(1, 28), luck.randint(1, 12), luck.randint(1935, 2004)
    return luck.choice(
        [f"geboren op {day} {MONTHS[month - 1]} {year}", f"geb. {day}-{month}-{year}", f"geboortedatum: {day:02d}/{month:02d}/{year}",
         f"({day:02d}-{month:02d}-{year})", f"geboren {day}.{month}.{year}", f"haar verjaardag is {day} {MONTHS[month - 1]} {year}",
         f"geb. {year}-{month:02d}-{day:02d}"]
    )  # fmt: skip


def an_address(luck):
    number = luck.randint(1, 250)
    postcode = f"{luck.randint(1000, 9999)} {luck.choice(['AB', 'KL', 'XZ', 'GH'])}"
    street = luck.choice(STREETS)
    return luck.choice(
        [
            f"{street} {number}",
            f"{street} {number}a, {postcode}",
            postcode,
            f"{street} {number}-2",
            postcode.replace(" ", ""),
        ]
    )


KINDS = {"citizen_number": a_citizen_number, "phone": a_phone, "birth_date": a_birthday, "address": an_address}


def sentences(luck, count):
    for number in range(count):
        yield ORDINARY[number % len(ORDINARY)].format(
            day=luck.randint(1, 28),
            month=luck.choice(MONTHS),
            m=luck.randint(1, 12),
            year=luck.randint(2006, 2026),
            small=luck.randint(2, 40),
            number=luck.randint(40, 990),
            count=luck.randint(2, 30),
            big=luck.choice(["125.000", "18.500", "1.250.000", "12 000"]),
            percent=luck.randint(3, 97),
            three=luck.randint(100, 999),
            four=luck.randint(1000, 9999),
            six=luck.randint(100_000, 999_999),
        )


def test_of_250_texts_with_a_residents_data_at_least_95_in_a_hundred_are_found():
    luck = random.Random(2021)
    plain = list(sentences(luck, 250))
    missed = dict.fromkeys(KINDS, 0)
    for number, sentence in enumerate(plain):
        kind = list(KINDS)[number % 4]
        text = f"{sentence} {luck.choice(FIRST)} belde: {KINDS[kind](luck)}. Verder ging het goed."
        if kind not in {trace.kind for trace in find_traces(text)}:
            missed[kind] += 1
    assert sum(missed.values()) <= 0.05 * len(plain), missed


def test_of_250_ordinary_texts_at_most_2_in_a_hundred_are_held_up():
    alarms = [text for text in sentences(random.Random(1979), 250) if find_traces(text)]
    assert len(alarms) <= 0.02 * 250, alarms


@pytest.mark.parametrize(
    ("digits", "is_one"), [("111222333", True), ("123456782", True), ("123456789", False), ("000000000", False)]
)
def test_the_eleven_test_tells_a_citizens_number_from_another(digits, is_one):
    assert is_citizen_number(digits) is is_one


def test_a_trace_says_where_it_is_and_what_it_looks_like():
    trace = find_traces("Zij is bereikbaar op 06-12345678.")[0]
    assert ("Zij is bereikbaar op 06-12345678."[trace.start : trace.end], str(trace.label)) == (
        "06-12345678",
        "een telefoonnummer",
    )
