"""Which changes are made: the operators of mutmut that touch what decides, and six of our own.

Left out of mutmut's: strings, which are wording here; arguments taken from a call and ``None`` assigned for a
value, which any test catches. Ours are what it lacks: the other branch, the other members of a comprehension,
the larger for the smaller, a value not returned, a number one smaller or twice as large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import libcst as cst
from mutmut.mutation import mutators

Operator = Callable[[Any], Iterable[cst.CSTNode]]
"""Of a node, every node that may stand in its place."""

_EXTREMES = (("min", "max"), ("any", "all"), ("floor", "ceil"))
_OTHER_EXTREME = dict(_EXTREMES) | {b: a for a, b in _EXTREMES}


def other_branch(node: cst.If | cst.While | cst.IfExp) -> Iterator[cst.CSTNode]:
    yield node.with_changes(test=_negated(node.test))


def other_members(node: cst.CompIf) -> Iterator[cst.CSTNode]:
    yield node.with_changes(test=_negated(node.test))


def _negated(test: cst.BaseExpression) -> cst.BaseExpression:
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        return test.expression.with_changes(lpar=[*test.lpar, cst.LeftParen()], rpar=[cst.RightParen()])
    inner = test.with_changes(lpar=[cst.LeftParen(), *test.lpar], rpar=[*test.rpar, cst.RightParen()])
    return cst.UnaryOperation(cst.Not(), inner)


def other_extreme(node: cst.Call) -> Iterator[cst.CSTNode]:
    """``min(a, b)`` for ``max(a, b)``, ``any`` for ``all``, ``math.ceil`` for ``math.floor``."""
    name = node.func.attr if isinstance(node.func, cst.Attribute) else node.func
    if isinstance(name, cst.Name) and name.value in _OTHER_EXTREME:
        yield node.with_deep_changes(name, value=_OTHER_EXTREME[name.value])


def nothing_returned(node: cst.Return) -> Iterator[cst.CSTNode]:
    """Of False nobody could tell it."""
    nothing = isinstance(node.value, cst.Name) and node.value.value in ("None", "False")
    if node.value is not None and not nothing:
        yield node.with_changes(value=cst.Name("None"), whitespace_after_return=cst.SimpleWhitespace(" "))


def one_smaller(node: cst.Integer) -> Iterator[cst.CSTNode]:
    value = node.evaluated_value - 1
    yield cst.Integer(str(value)) if value >= 0 else cst.parse_expression(f"({value})")


def twice(node: cst.Integer | cst.Float) -> Iterator[cst.CSTNode]:
    if node.evaluated_value:
        yield node.with_changes(value=repr(2 * node.evaluated_value))


OPERATORS: tuple[tuple[type | tuple[type, ...], Operator], ...] = (
    (cst.BaseNumber, mutators.operator_number),
    (cst.Name, mutators.operator_name),
    (cst.AugAssign, mutators.operator_augmented_assignment),
    (cst.UnaryOperation, mutators.operator_remove_unary_ops),
    (cst.CSTNode, mutators.operator_keywords),
    (cst.CSTNode, mutators.operator_swap_op),
    (cst.Match, mutators.operator_match),
    ((cst.If, cst.While, cst.IfExp), other_branch),
    (cst.CompIf, other_members),
    (cst.Call, other_extreme),
    (cst.Return, nothing_returned),
    (cst.Integer, one_smaller),
    ((cst.Integer, cst.Float), twice),
)
