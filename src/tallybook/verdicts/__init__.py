"""Judging claims by estimates: attribution, corroboration, drift, robustness, explanation; no drawing."""

from tallybook.verdicts.comparison import Comparison, compare
from tallybook.verdicts.verdict import ClaimVerdict

__all__ = ["ClaimVerdict", "Comparison", "compare"]
