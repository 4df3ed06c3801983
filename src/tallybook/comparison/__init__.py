"""Claims beside estimates: timing, derivation, relation, origins, fidelity, verdict; no drawing."""

from tallybook.comparison.arithmetic import check_text, grim
from tallybook.comparison.checks import Check, check_claims
from tallybook.comparison.compare import Comparison, compare
from tallybook.comparison.judgement import Outcome
from tallybook.comparison.ready import TODAY, WRITTEN
from tallybook.comparison.relation import Relation
from tallybook.comparison.verdict import Verdict

__all__ = [
    "TODAY",
    "WRITTEN",
    "Check",
    "Comparison",
    "Outcome",
    "Relation",
    "Verdict",
    "check_claims",
    "check_text",
    "compare",
    "grim",
]
