"""Claims beside estimates: timing, derivation, relation, origins, fidelity, verdict; no drawing."""

from tallybook.comparison.compare import TODAY, WRITTEN, Comparison, compare
from tallybook.comparison.relation import Relation
from tallybook.comparison.verdict import Outcome, Verdict

__all__ = ["TODAY", "WRITTEN", "Comparison", "Outcome", "Relation", "Verdict", "compare"]
