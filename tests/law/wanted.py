"""One thing that a case expects, beside what came out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Check:
    """``soft``: it is shown and decides nothing."""

    what: str
    got: str
    wanted: str
    right: bool
    soft: bool = False

    def __str__(self) -> str:
        return f"{self.what}: came out {self.got}; expected {self.wanted}"


Checks = Iterable[Check]


def check(what: str, got: Any, wanted: Any, *, shown: str = "") -> Check:
    """``wanted``: a value, or a list of which any is right. Compared as text, as YAML has them."""
    allowed = one_of(wanted)
    return Check(what, shown or _text(got), " or ".join(allowed), _text(got) in allowed)


def one_of(wanted: Any) -> list[str]:
    return [_text(value) for value in (wanted if isinstance(wanted, list) else [wanted])]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
