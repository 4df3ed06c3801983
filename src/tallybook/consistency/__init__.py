"""Self-consistency: tests of the figures of one article or text, without sources."""

from tallybook.consistency.claim_changes import check_claims
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.text import check_text, grim

__all__ = ["Check", "check_claims", "check_text", "grim"]
