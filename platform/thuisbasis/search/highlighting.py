"""Shows why something was found: the words of the query, marked in their sentence."""

from dataclasses import dataclass

from thuisbasis.search.analysis import stem, words

FRAGMENT_LENGTH = 180


@dataclass(frozen=True)
class Piece:
    """A stretch of text, marked when it is one of the words looked for."""

    text: str
    is_match: bool = False


def fragment(text: str, wanted: frozenset[str], language: str) -> list[Piece]:
    """Return the part of the text around the first match, in pieces; its start without a match.

    The pieces are plain text: the template escapes them.
    """
    matches = [(begin, end) for word, begin, end in words(text) if stem(word, language) in wanted]
    start, stop = _window(text, matches[0][0] if matches else 0)
    pieces: list[Piece] = [Piece("… ")] if start else []
    position = start
    for begin, end in matches:
        if begin < position or end > stop:
            continue
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
