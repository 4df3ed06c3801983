"""The columns of exported tables: one name, one type and one meaning, whichever table it stands in."""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """``type``: as Table Schema names it: string, number, integer, boolean or date."""

    type: str
    meaning: str


_TEXTS = {
    "claim": "id of a claim of the article",
    "claim_words": "the words of the article that state the figure",
    "measure": "id of what is counted or measured; empty for a claim that nobody has given one yet",
    "hedges": "words that weaken the figure",
    "modifier": "how the words bound the number that they name",
    "unit": "unit of low and high, as the words state it",
    "per": "what low and high are an amount per, as the words state it",
    "attributed_to": "whom the article names for the figure",
    "claim_origin": "id of who produced the claim's figure, as far as the article says",
    "period": "what the figure refers to (EDTF); empty where it is not stated",
    "cites": "ids of the sources that the article cites for the claim",
    "read_by": "who read the number off the words: the reader or a person",
    "recorded_because": "why a person recorded the number of a claim",
    "estimate": "id of a figure of the sources: of a statement, or of what is derived from statements",
    "estimate_words": "the words of the source that state the figure",
    "source": "id of the page or table that gives the figure",
    "publisher": "who published the page",
    "measure_unit": "unit of the measure: of best, zone and compared values, and of those of the claim",
    "origin": "id of who produced the source's figure",
    "origin_name": "who produced the source's figure",
    "family": "id of the source group of the origin: those who are one voice",
    "family_name": "the source group of the origin",
    "period_from": "where the time of the figure comes from",
    "status": "whether the figure was counted, or planned, forecast or could be held",
    "part": "which part of the whole the figure is of, if it is not the whole",
    "scope": "id of the coverage of the figure",
    "scope_words": "the coverage of the figure",
    "relays": "id of the estimate that this one repeats",
    "group": "id of the utterance that several statements repeat",
    "formula": "how a derived figure is computed",
    "inputs": "ids of the estimates that a derived figure is computed from",
    "assumes": "what must hold for a derived figure",
    "superseded_by": "id of the later figure of the same origin that replaced it",
    "remark": "a remark of who recorded the statement",
    "url": "address of the page",
    "relation": "how the estimate bears on the claim",
    "rule": "the rule that decided the relation",
    "reason": "the relation in a sentence",
    "would": "how an estimate that cannot be compared would bear on the claim, were the reason away",
    "incomparable": "why the estimate cannot be compared with the claim",
    "direction": "on which side of the claim the estimate lies",
    "review": "what a person says of it; it changes no verdict",
    "verdict": "what the sources say about the claim, by everything that is known",
    "verdict_when_written": "the verdict by what certainly was out before the article's day",
    "heading": "which answer heads the claim: the verdict, or whether its source says so (attribution)",
    "own_relation": "how the figure of the claim's own side bears on it; empty where it has none",
    "witnesses": "pages, origins and independent witnesses, in words",
    "fidelity": "whether the source that the claim cites says so",
    "distortions": "what happened to the figure on the way, the most severe first",
    "fidelity_why": "whether its source says so, in sentences",
    "why": "why the verdict is what it is, in sentences",
    "slip": "a hint at the one change that would make the claim right; it changes no verdict",
    "title": "title of the page; of one that nobody has seen, what it is said to be",
    "published": "when the page came out, as far as it is known (EDTF: a day, month or year)",
    "published_is": "how sure that is: stated, inferred or unreliable",
    "language": "language of the page (ISO 639)",
    "tier": "how near the page is to who produced its figures",
    "copy_of": "id of the article that the page is a copy of",
    "aside_words": "words of the article that look like a figure and are no claim",
    "aside_kind": "what the words set aside are",
    "aside_because": "why the words are set aside",
    "utterance": "what was said, and several statements repeat",
    "against": "id of the wording that this one is compared with",
    "said": "the figure as this wording has it",
    "changed_why": "what changed from one wording to the next, in words",
    "dial": "which setting or source was changed",
    "change": "the smallest change that gives another verdict; empty where none does",
    "verdict_then": "the verdict under the change",
    "change_says": "the change and its effect in a sentence",
    "test": "which test of the article's figures against each other",
    "about": "ids or words of the figures that were tested",
    "result": "what came of the test",
    "result_why": "the test in a sentence",
    "table": "name of a table",
    "column": "name of a column of the table",
    "column_type": "what the values of the column are: string, number, integer, boolean or date",
    "column_means": "what the column holds",
}
_NUMBERS = {
    "low": "the least that the words name, in unit",
    "high": "the most that the words name, in unit; INF where the words set no limit",
    "best_low": "the least that the source's words name, in measure_unit",
    "best_high": "the most that the source's words name, in measure_unit",
    "zone_low": "the least for which the source's words are true, in measure_unit",
    "zone_high": "the most for which the source's words are true, in measure_unit",
    "compared_low": "the least that the estimate allows as it was compared, in measure_unit",
    "compared_high": "the most that the estimate allows as it was compared, in measure_unit",
    "claim_low": "the least for which the claim's words are true, in measure_unit",
    "claim_high": "the most for which the claim's words are true, in measure_unit",
    "claim_best_low": "the least that the claim's words name, in measure_unit",
    "claim_best_high": "the most that the claim's words name, in measure_unit",
    "gap": "how far the estimate lies from what the claim allows, in measure_unit; 0 inside",
    "gap_factor": "the same as a factor",
}
_COUNTS = {
    "paragraph": "paragraph of the article, from 1",
    "start": "first character of the words in their text, from 0",
    "end": "the character behind the last of the words",
    "supporting": "how many independent source groups agree with the claim or support it",
    "differing": "how many independent source groups differ",
    "compatible": "how many independent source groups are only compatible",
    "aside": "how many estimates cannot be compared",
    "pages": "how many pages give a figure of the measure",
    "origins": "how many origins give a figure of the measure",
    "families": "how many source groups give a figure of the measure",
    "statements": "how many statements of the page bear on the case",
    "step": "how many steps the wording is from the one nearest to the origin",
}
_FLAGS = {
    "derived": "whether the figure is derived from statements",
    "own": "whether the estimate is of the claim's own side",
    "echo": "whether the estimate is computed from what the claim's own side says",
    "independent": "whether the origin's source group is independent of others",
    "if_of_that_time": "whether the relation holds only if the figure is of the claim's time",
    "voice": "whether the estimate represents its source group on the claim",
    "repeats": "whether it repeats another statement, or stands on a copy of the article",
    "judgement": "whether the verdict is for the claim, against it, or both; else it says nothing on it",
    "superseded": "whether the claim's origin has given a newer figure since",
    "material": "whether what happened to the figure makes it say something else",
    "seen": "whether somebody has seen the page",
    "nearest": "whether this wording is the one nearest to the origin",
    "fragile": "whether a small change moves the verdict to another side",
}
_DAYS = {
    "period_start": "first day of the period; empty where it is open",
    "period_end": "last day of the period; empty where it is open",
    "read_on": "the day on which the page was read",
}

COLUMNS = {
    name: Column(type_, meaning)
    for type_, of_type in (
        ("string", _TEXTS),
        ("number", _NUMBERS),
        ("integer", _COUNTS),
        ("boolean", _FLAGS),
        ("date", _DAYS),
    )
    for name, meaning in of_type.items()
}
