"""What anybody may read is the same for everybody who is not known, and is asked once."""

from collections.abc import Callable
from typing import TypeVar

from thuisbasis.network.policies import ANONYMOUS, Visitor
from thuisbasis.page_store.memory import remembered

Value = TypeVar("Value")


def remembered_for(visitor: Visitor, name: str, make: Callable[[], Value]) -> Value:
    """Return what `make` finds for this visitor: from memory for who is not known, asked anew for anybody else.

    What `make` says may depend on the visitor and on what stands in the name, and on nothing else.
    """
    return remembered(name, make) if visitor == ANONYMOUS else make()
