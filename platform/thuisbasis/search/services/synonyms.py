"""Words that mean the same, as editors say so."""

from thuisbasis.search.analysis import LANGUAGES, tokens
from thuisbasis.search.engines.asking import Clause, Option
from thuisbasis.search.models import SynonymSet

Synonyms = dict[Option, Clause]


def synonyms() -> dict[str, Synonyms]:
    """Return for each language and each term, in tokens, all terms of its sets; it comes first itself (one query)."""
    rows = list(SynonymSet.objects.all())
    return {
        language: _synonyms([row for row in rows if row.language in ("", language)], language) for language in LANGUAGES
    }


def _synonyms(rows: list[SynonymSet], language: str) -> Synonyms:
    known: dict[Option, dict[Option, None]] = {}
    for row in rows:
        terms = [term for term in (tuple(tokens(text, language)) for text in row.term_list()) if term]
        for term in terms:
            known.setdefault(term, {term: None}).update(dict.fromkeys(terms))
    return {term: tuple(others) for term, others in known.items()}


def clauses_of(found: list[str], known: Synonyms) -> tuple[Clause, ...]:
    """Return what must be met: each token, or the longest term that begins there with all that means the same."""
    longest = max((len(term) for term in known), default=1)
    clauses: list[Clause] = []
    position = 0
    while position < len(found):
        lengths = range(min(longest, len(found) - position), 1, -1)
        length = next((one for one in lengths if tuple(found[position : position + one]) in known), 1)
        term = tuple(found[position : position + length])
        clauses.append(known.get(term, (term,)))
        position += length
    return tuple(dict.fromkeys(clauses))
