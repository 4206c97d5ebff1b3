"""Words find each other as people mean them: in Dutch, and in English and French as well."""

import pytest

from thuisbasis.search.analysis import LANGUAGES, fold, part_tokens, parts, stem, stems, tokens, words
from thuisbasis.search.analysis.language import language_of
from thuisbasis.search.highlighting import MOST_FRAGMENTS, fragments, marked

pytestmark = pytest.mark.once

FAMILIES = [
    family.split()
    for family in (
        "dakloos dakloze daklozen dakloosheid",
        "thuisloos thuisloze thuislozen thuisloosheid",
        "huis huizen",
        "brief brieven",
        "woning woningen",
        "buur buren",
        "bewoner bewoners",
        "schuld schulden",
        "gesprek gesprekken",
        "praktijk praktijken",
        "begeleider begeleiders",
        "begeleiding begeleidingen",
        "gemeente gemeenten gemeentes",
        "verslaving verslavingen verslaafd verslaafden",
        "eenzaam eenzame eenzaamheid",
        "gezin gezinnen",
        "kind kinderen",
        "jongere jongeren",
        "huurder huurders",
        "huurcontract huurcontracten",
        "corporatie corporaties",
        "cliënt cliënten client",
        "hulpverlener hulpverleners",
        "ervaringsdeskundige ervaringsdeskundigen",
        "stad steden",
        "wijk wijken",
        "klacht klachten",
        "crisis crises crisissen",
        "afspraak afspraken",
        "huisbezoek huisbezoeken",
        "ontruiming ontruimingen ontruimen ontruimd",
        "uithuiszetting huisuitzetting huisuitzettingen",
        "herstel herstellen",
        "vrijwilliger vrijwilligers",
        "uitkering uitkeringen",
        "verhuizing verhuizen verhuisd",
        "wonen woont woonde gewoond",
        "team teams",
        "methode methoden methodes",
        "principe principes",
        "kwetsbaar kwetsbare kwetsbaarheid",
        "stap stappen",
        "raad raden",
        "vriend vrienden vriendin",
        "huisarts huisartsen",
        "keuze keuzes",
        "kans kansen",
        "leven leeft geleefd",
        "lid leden",
        "organisatie organisaties",
        "samenwerken samenwerking samengewerkt",
        "evaluatie evaluaties evalueren",
        "reële reele",
    )
]
STRANGERS = [
    tuple(pair.split())
    for pair in (
        "begeleiding beleid",
        "gemeente gemeen",
        "gezond zon",
        "huur huis",
        "werk wijk",
        "buurt buur",
        "wonen wonder",
        "opvang vangst",
        "zorg zorgen",
        "arts art",
        "kans kan",
        "lid lied",
        "dak daken",
        "kosten kost",
        "leven lever",
        "team tam",
        "gast gas",
        "stad staat",
        "herstel herfst",
        "persoon personeel",
        "huurder huur",
        "bewoner beweging",
        "werk werkelijk",
        "moeder moed",
        "school schuld",
    )
]


def test_there_are_at_least_forty_families_and_twenty_pairs_of_strangers():
    assert len({family[0] for family in FAMILIES}) >= 40
    assert len(set(STRANGERS)) >= 20


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family[0])
def test_words_of_one_family_have_one_stem(family):
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_we_know_of_a_language_is_written_as_words_are_looked_up(language):
    known = language_of(language)
    for word in [*known.families, *known.stop_words, *known.parts]:
        assert word == fold(word.lower())
        assert [found for found, _begin, _end in words(word)] == [word]


@pytest.mark.parametrize("pair", STRANGERS, ids="-".join)
def test_words_that_only_look_alike_stay_apart(pair):
    assert stem(pair[0]) != stem(pair[1])


@pytest.mark.parametrize(
    ("word", "made_of"),
    [
        ("daklozenopvang", "dakloze opvang"),
        ("burenoverlast", "buren overlast"),
        ("geluidsoverlast", "geluid overlast"),
        ("huurachterstand", "huur achterstand"),
        ("schuldhulpverlening", "schuld hulpverlening"),
        ("woonbegeleiding", "woon begeleiding"),
        ("opvangplekken", "opvang plek"),
        ("samenwerkingsafspraken", "samenwerking afspraak"),
    ],
)
def test_a_long_word_is_made_of_shorter_ones(word, made_of):
    assert [stem(part) for part in made_of.split()] == list(parts(word))


@pytest.mark.parametrize(
    "word", ["maatschappij", "persoonlijk", "gevangenis", "burgemeester", "tevreden", "2021", "opvang"]
)
def test_a_word_that_only_looks_long_is_left_whole(word):
    assert parts(word) == ()


def test_whoever_looks_for_a_part_finds_the_whole_and_not_the_other_way_round():
    indexed = {*tokens("De daklozenopvang", "nl"), *part_tokens("De daklozenopvang", "nl").split()}
    assert set(tokens("opvang", "nl")) <= indexed
    assert not set(tokens("daklozenopvang", "nl")) & {
        *tokens("De opvang", "nl"),
        *part_tokens("De opvang", "nl").split(),
    }


def test_common_words_are_not_searched_for():
    assert stems("de brief van een buur") == [stem("brief"), stem("buur")]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("l'accueil", "accueil", "fr"),
        ("d’insertion", "insertion", "fr"),
        ("logements", "logement", "fr"),
        ("homelessness", "homeless", "en"),
        ("tenancies", "tenancy", "en"),
    ],
)
def test_words_of_other_languages_have_stems_of_their_own(one, other, language):
    assert stem(one, language) == stem(other, language)


def test_a_word_in_one_language_is_not_the_same_word_in_another():
    assert tokens("die", "nl") == []
    assert tokens("die", "en") == ["endie"]
    assert tokens("brand", "nl") != tokens("brand", "en")


def test_the_word_that_was_looked_for_is_marked():
    pieces = marked("Een huis is meer dan huizen alleen.", frozenset(tokens("huizen", "nl")), "nl")
    assert [piece.text for piece in pieces if piece.is_match] == ["huis", "huizen"]


def test_a_long_word_is_marked_for_its_part():
    pieces = marked("Naar de daklozenopvang.", frozenset(tokens("opvang", "nl")), "nl")
    assert [piece.text for piece in pieces if piece.is_match] == ["daklozenopvang"]


def test_a_fragment_surrounds_its_match_with_whole_words():
    text = "woord " * 100 + "sleutel " + "woord " * 100
    (pieces,) = fragments([text], frozenset(tokens("sleutel", "nl")), "nl")
    assert pieces[0].text == "… "
    assert pieces[-1].text == " …"
    assert "sleutel" in [piece.text for piece in pieces]


def test_each_fragment_shows_a_word_that_was_not_shown_yet_and_there_are_two_at_most():
    text = ("sleutel " + "woord " * 60) * 3 + "hond " + "woord " * 60 + "kat " + "woord " * 60
    found = fragments([text], frozenset(tokens("sleutel hond kat", "nl")), "nl")
    assert [[piece.text for piece in pieces if piece.is_match][:1] for pieces in found] == [["sleutel"], ["hond"]]
    assert len(found) == MOST_FRAGMENTS


def test_without_a_match_the_summary_is_shown_from_its_beginning():
    (pieces,) = fragments(["x" * 400, "y"], frozenset(), "nl")
    assert pieces[0].text == "x" * 180
