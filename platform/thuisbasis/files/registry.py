"""Where content says which recordings it offers, and to whom; files themselves know no content."""

from collections.abc import Callable

from thuisbasis.files.models import Recording
from thuisbasis.network.policies import Visitor

Rule = Callable[[Recording, Visitor], bool]
_rules: list[Rule] = []


def declare_offer(rule: Rule) -> None:
    """Let this rule say for which recordings a visitor may see a page that offers it."""
    if rule not in _rules:
        _rules.append(rule)


def is_offered(recording: Recording, visitor: Visitor) -> bool:
    """Say whether anything that this visitor may see offers the recording; editors get them all."""
    return visitor.is_editor or any(rule(recording, visitor) for rule in _rules)
