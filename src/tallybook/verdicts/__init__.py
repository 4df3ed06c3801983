"""Claims beside estimates, judged: attribution, corroboration, drift, robustness, explanation; no drawing."""

from tallybook.matching.matcher import TODAY, WRITTEN
from tallybook.matching.relation import Relation
from tallybook.verdicts.comparison import Comparison, compare
from tallybook.verdicts.judgement import Outcome
from tallybook.verdicts.verdict import Verdict

__all__ = ["TODAY", "WRITTEN", "Comparison", "Outcome", "Relation", "Verdict", "compare"]
