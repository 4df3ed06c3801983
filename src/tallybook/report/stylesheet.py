"""What a style sheet may contain: only listed rules and functions, and nothing that a browser would load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import tinycss2  # type: ignore[import-untyped]

from tallybook.report.allowed import AT_RULES, STYLE_FUNCTIONS


@lru_cache(maxsize=4096)
def style_faults(style: str) -> tuple[str, ...]:
    """What is wrong with a style sheet, or with the value of a ``style`` or presentation attribute.

    ``url(#name)``, a part of the same picture, is the only address allowed.
    """
    return tuple(dict.fromkeys(_faults(tinycss2.parse_component_value_list(style))))


def _faults(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type == "at-keyword" and token.lower_value not in AT_RULES:
            yield f"has a style with @{token.value[:40]}"
        elif token.type == "url" and not token.value.startswith("#"):
            yield f"has a style that asks for another file: url({token.value[:80]})"
        elif token.type == "error":
            yield f"has a style that cannot be read: {token.message}"
        elif token.type == "function":
            if not (token.lower_name in STYLE_FUNCTIONS or _is_local(token)):
                yield f"has a style with the function {token.name[:40]}()"
            yield from _faults(token.arguments)
        elif token.type in ("() block", "[] block", "{} block"):
            yield from _faults(token.content)


def _is_local(function: Any) -> bool:
    """True for url("#name")."""
    return function.lower_name == "url" and all(
        argument.type == "whitespace" or (argument.type == "string" and argument.value.startswith("#"))
        for argument in function.arguments
    )
