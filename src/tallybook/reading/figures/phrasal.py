"""Small words before a number that belong to a verb and bound nothing: "handed over | nine dollars"."""

from __future__ import annotations

from tallybook.reading.figures.measured import Measured
from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.tokens import Tokens

# So few things are counted exactly: "took over three rivals", but "took over 300 photographs".
_FEW = 12


def is_particle(tokens: Tokens, k: int, amount: Measured, unit: str | None, lang: Language) -> bool:
    """True of an "over" at ``k`` that is a part of the verb before it, or says what it leads across.

    "handed over nine dollars", "took over three rivals", "jumped over two fences"; of what is measured only
    a verb of giving has it ("took over 40 minutes", "jumped over 2 metres" are bounds). Likewise the "under"
    of "sold under three brands".
    """
    if tokens.lower[k] in lang.bounds.under_words:
        return unit in lang.bounds.under_names and amount.number.high <= _FEW
    verb = tokens.lower[k - 1]
    if unit in lang.bounds.durations or unit == "percent":
        return False
    if verb in lang.bounds.giving_over:
        return True
    return verb in lang.bounds.leading_over and amount.unit is None and amount.number.high <= _FEW
