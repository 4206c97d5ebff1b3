"""Small mistakes that somebody could make in a rule, one at a time: a condition turned round, a line forgotten.

The operators are the classic ones (DeMillo, Lipton and Sayward, "Hints on test data selection", 1978), and two of
Django's own: a link of a queryset's chain forgotten, and an argument by name forgotten. What no sequential test can
see is left out: locks, prefetching, which columns a `save` writes, and the wording of messages.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

OPPOSITES: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Mult: ast.Add,
}  # fmt: skip
UNSEEN_LINKS = {"select_related", "prefetch_related", "select_for_update", "only", "defer", "iterator"}
UNSEEN_ARGUMENTS = {"update_fields", "using", "maxsplit", "batch_size", "chunk_size"}
LINKS = {
    "filter", "exclude", "order_by", "distinct", "annotate", "union", "reverse", "strip", "lower", "casefold",
    "visible_to", "live", "public", "current", "specific", "split",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where a node hangs in its tree."""

    parent: ast.AST
    field: str
    index: int | None

    def put(self, node: ast.AST) -> None:
        """Hang another node here."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


@dataclass(frozen=True)
class Mutant:
    """One changed function: its name within the module, the line, what was changed, and the changed tree."""

    function: str
    line: int
    change: str
    tree: ast.Module


Change = tuple[str, Callable[[ast.AST, Place], None]]


def places(node: ast.AST) -> Iterator[tuple[Place, ast.AST]]:
    """Yield every node below this one with its place; what only type checkers read is passed over."""
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "args"} and not isinstance(node, ast.Call):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST):
                yield Place(node, field, index), child
                yield from places(child)


def statement_changes(node: ast.AST) -> Iterator[Change]:
    """Forget a statement, or what it gives back."""
    forgettable = isinstance(node, ast.Raise | ast.Continue | ast.Break | ast.AugAssign)
    forgettable |= isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    forgettable |= isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name | ast.Tuple)
    if forgettable:
        yield "forgotten", lambda node, place: place.put(ast.copy_location(ast.Pass(), node))
    if isinstance(node, ast.Return) and node.value and not isinstance(node.value, ast.Constant):
        yield "gives nothing back", lambda node, place: place.put(ast.copy_location(ast.Return(None), node))


def negated(node: ast.AST) -> ast.AST:
    """Return the opposite of a condition."""
    return ast.copy_location(ast.UnaryOp(ast.Not(), node), node)


def turn_round(field: str) -> Callable[[ast.AST, Place], None]:
    """Return what turns a node's condition round."""
    return lambda node, _place: setattr(node, field, negated(getattr(node, field)))


def condition_changes(node: ast.AST) -> Iterator[Change]:
    """Turn a condition round, or the sign in it."""
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "condition turned round", turn_round("test")
    if isinstance(node, ast.comprehension):
        for number in range(len(node.ifs)):
            yield (
                "condition turned round",
                lambda node, _place, number=number: node.ifs.__setitem__(number, negated(node.ifs[number])),
            )
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not forgotten", lambda node, place: place.put(node.operand)
    if isinstance(node, ast.Compare) and type(node.ops[0]) in OPPOSITES:
        yield "comparison", lambda node, _place: node.ops.__setitem__(0, OPPOSITES[type(node.ops[0])]())
    if isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in OPPOSITES:
        yield "operator", lambda node, _place: setattr(node, "op", OPPOSITES[type(node.op)]())


def value_changes(node: ast.AST) -> Iterator[Change]:
    """Another number, the other truth."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "the other truth", lambda node, _place: setattr(node, "value", not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield "one more", lambda node, _place: setattr(node, "value", node.value + 1)


def call_changes(node: ast.AST) -> Iterator[Change]:
    """Forget an argument by name, or a link of a chain."""
    if not isinstance(node, ast.Call):
        return
    for number, keyword in enumerate(node.keywords):
        if keyword.arg and keyword.arg not in UNSEEN_ARGUMENTS:
            yield f"without {keyword.arg}", lambda node, _place, number=number: node.keywords.pop(number)
    if isinstance(node.func, ast.Attribute) and node.func.attr in LINKS:
        yield f"without .{node.func.attr}()", lambda node, place: place.put(node.func.value)


def changes(node: ast.AST) -> Iterator[Change]:
    """Yield every small mistake in this very node."""
    for kind in (statement_changes, condition_changes, value_changes, call_changes):
        yield from kind(node)


def bodies(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield functions and methods with their qualified names; functions within functions belong to these."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from (
                (f"{node.name}.{inner.name}", inner) for inner in node.body if isinstance(inner, ast.FunctionDef)
            )


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module's functions."""
    tree = ast.parse(source)
    for position, (name, function) in enumerate(bodies(tree)):
        for site, (_place, node) in enumerate(places(function)):
            for number, (change, _apply) in enumerate(changes(node)):
                copied = copy.deepcopy(tree)
                place, same = list(places(list(bodies(copied))[position][1]))[site]
                list(changes(same))[number][1](same, place)
                yield Mutant(name, getattr(node, "lineno", function.lineno), change, ast.fix_missing_locations(copied))
