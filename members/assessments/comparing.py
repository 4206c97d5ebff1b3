"""What a practice may be compared with, under rules that let nobody be recognised."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

LEAST_PRACTICES = 5
LEAST_PROVIDERS = 3
LARGEST_SHARE = Fraction(1, 2)
LEAST_FOR_QUARTILES = 10
# Goes with each benchmark, so that a frozen figure says under which rules it was made.
POLICY = "n>=5, providers>=3, share<=1/2, quartiles n>=10"


@dataclass(frozen=True, kw_only=True)
class Peer:
    """One figure of one practice: its own number and that of its care provider at the close of the round."""

    practice: int
    provider: int
    value: Fraction


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """The middle of other practices; `reason` is a key that says why there is none: "" when there is.

    Never a mean, a lowest or a highest value: those would show a single practice.
    """

    count: int
    reason: str = ""
    median: Fraction | None = None
    lower_quartile: Fraction | None = None
    upper_quartile: Fraction | None = None


def compare(peers: Sequence[Peer], *, without: int | None = None) -> Benchmark:
    """Return the benchmark of these practices for the practice `without`, which is never one of its own peers."""
    others = [peer for peer in peers if peer.practice != without]
    count = len(others)
    reason = _refusal(others)
    if reason:
        return Benchmark(count=count, reason=reason)
    values = sorted(peer.value for peer in others)
    quartiles: tuple[Fraction | None, Fraction | None] = (None, None)
    if count >= LEAST_FOR_QUARTILES:
        lower, _middle, upper = statistics.quantiles(values, n=4, method="inclusive")
        quartiles = (lower, upper)
    return Benchmark(
        count=count, median=statistics.median(values), lower_quartile=quartiles[0], upper_quartile=quartiles[1]
    )


def _refusal(others: Sequence[Peer]) -> str:
    if len(others) < LEAST_PRACTICES:
        return "too_few_practices"
    sizes = Counter(peer.provider for peer in others)
    if len(sizes) < LEAST_PROVIDERS:
        return "too_few_providers"
    return "one_provider" if Fraction(max(sizes.values()), len(others)) > LARGEST_SHARE else ""


def may_narrow(*, inside: int, everyone: int) -> bool:
    """Say whether a group may be shown beside the whole: it and the rest are both large enough, or there is no rest."""
    rest = everyone - inside
    return inside >= LEAST_PRACTICES and (rest == 0 or rest >= LEAST_PRACTICES)
