"""Self-consistency: tests of the figures of one article or text, without sources.

The rules are imported when they are first used: they are many, and whoever asks for a verdict needs none.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tallybook.consistency.claim_changes import check_claims
    from tallybook.consistency.claim_pairs import Check
    from tallybook.consistency.counts import grim
    from tallybook.consistency.text import check_text

__all__ = ["Check", "check_claims", "check_text", "grim"]

_HOME = {"Check": "claim_pairs", "check_claims": "claim_changes", "check_text": "text", "grim": "counts"}


def __getattr__(name: str) -> Any:
    """Public names are found on first use (PEP 562)."""
    if name in _HOME:
        return getattr(import_module(f"tallybook.consistency.{_HOME[name]}"), name)
    raise AttributeError(f"module 'tallybook.consistency' has no attribute {name!r}")
