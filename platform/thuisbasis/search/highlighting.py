"""Shows why something was found: the words of the query, marked in their sentence."""

from dataclasses import dataclass

from thuisbasis.search.analysis import part_tokens, token_of, words

FRAGMENT_LENGTH = 180
MOST_FRAGMENTS = 2
# Letters of a text that are looked through for a fragment; a book is not read for every search.
LOOKED_THROUGH = 20_000


@dataclass(frozen=True)
class Piece:
    """A stretch of text, marked when it is one of the words looked for."""

    text: str
    is_match: bool = False


def fragments(texts: list[str], wanted: frozenset[str], language: str) -> list[list[Piece]]:
    """Return at most two parts of the texts with the words looked for, or else how the first text begins.

    The first text, the summary, comes first; a part with a word that was not shown yet comes before another.
    The pieces are plain text: the template escapes them.
    """
    found: list[list[Piece]] = []
    shown: set[str] = set()
    for whole in texts:
        text = whole[:LOOKED_THROUGH]
        matches = [(begin, end, token_of(text[begin:end], language)) for begin, end in _matches(text, wanted, language)]
        while len(found) < MOST_FRAGMENTS:
            fresh = [match for match in matches if match[2] not in shown]
            if not fresh and (found or not matches):
                break
            start, stop = _window(text, fresh[0][0])
            inside = [match for match in matches if start <= match[0] and match[1] <= stop]
            shown |= {token for _begin, _end, token in inside} | {fresh[0][2]}
            found.append(_pieces(text, start, stop, [(begin, end) for begin, end, _token in inside]))
    return found or [_pieces(texts[0], *_window(texts[0], 0), [])]


def marked(text: str, wanted: frozenset[str], language: str) -> list[Piece]:
    """Return the whole text in pieces."""
    return _pieces(text, 0, len(text), _matches(text, wanted, language))


def _matches(text: str, wanted: frozenset[str], language: str) -> list[tuple[int, int]]:
    return [(begin, end) for word, begin, end in words(text) if _is_wanted(word, wanted, language)]


def _is_wanted(word: str, wanted: frozenset[str], language: str) -> bool:
    return token_of(word, language) in wanted or any(part in wanted for part in part_tokens(word, language).split())


def _pieces(text: str, start: int, stop: int, matches: list[tuple[int, int]]) -> list[Piece]:
    pieces: list[Piece] = [Piece("… ")] if start else []
    position = start
    for begin, end in matches:
        pieces += [Piece(text[position:begin]), Piece(text[begin:end], is_match=True)]
        position = end
    pieces.append(Piece(text[position:stop]))
    if stop < len(text):
        pieces.append(Piece(" …"))
    return [piece for piece in pieces if piece.text]


def _window(text: str, match: int) -> tuple[int, int]:
    """Return where a fragment around `match` starts and stops, on word boundaries."""
    start = max(0, match - FRAGMENT_LENGTH // 3)
    if start:
        start = text.find(" ", start, match) + 1 or match
    stop = min(len(text), start + FRAGMENT_LENGTH)
    if stop < len(text):
        stop = text.rfind(" ", start, stop) if " " in text[start:stop] else stop
    return start, stop
