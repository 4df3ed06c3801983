"""Sums whose whole and parts stand in one passage of up to three sentences, whatever words part them.

"The library lent 84,000 books, 12,500 audiobooks and 6,200 films. The total of 102,700 items was its best."
"Of the 96 pupils, 41 chose French, 33 Spanish and the remaining 22 German."

Words must call a number the whole, or a part the rest: by them the one filling is found that fits. A sum that
fails is told only if no other choice of the figures there closes, and nothing of another subject, time or
plan stands among them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from tallybook.consistency.any_case import AnyCase, beginnings_of, has_any, in_small_letters, words_of
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import is_length_of_time, told_of
from tallybook.consistency.filled_sums import Filling, checked
from tallybook.consistency.forms import EXACT
from tallybook.consistency.part_words import exclusive_labels, exclusive_nouns
from tallybook.consistency.parts_apart import unit_times
from tallybook.consistency.passage_amounts import REST, may_have_rest
from tallybook.consistency.passages import are_near
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.consistency.remainders import TEST_REST, TEST_SUM, may_be_latest
from tallybook.consistency.shares import OF_BEFORE, is_part_of
from tallybook.consistency.total_words import (
    ALL_OF_THEM,
    BEHIND_IN_ALL,
    CLOSED,
    COMING,
    GENERIC,
    MADE_OF,
    MAKES,
    NUMBER_OF_PARTS,
    ONE_AND_ANOTHER,
    OPENS_IN_ALL,
    OTHER_WHOLE,
    PARALLEL,
    SIGNS,
    STRAYS,
    TOGETHER,
    TOTAL_OF,
)
from tallybook.reading import Mention
from tallybook.terms import BOUNDS

# Looked for in small letters.
_CUE = re.compile(
    r"\b(?:total|sum|tally|aggregate|in all|altogether|all told|combined|together|between them|making|makes?"
    r"|made|comes to|came to|adds? up|added up|amount\w*|that is|that['’]s|so|remaining|rest|remainder"
    r"|other|last"
    r"|final|balance|consist\w*|compos\w+|compris\w+|split|divided|shared|broken|breaks|with|of (?:them"
    r"|whom|which))\b|: | – | — |\("
)
_CUE_MARKS = (": ", " – ", " — ", "(")
_CUE_PHRASES = (
    "in all", "all told", "between them", "comes to", "came to", "add", "that is", "that's", "that’s",
    "of them", "of wh", "amount", "consist", "compos", "compris",
)  # fmt: skip
_CUE_WORDS = word_set(
    """
    total sum tally aggregate altogether combined together making make makes made so remaining rest remainder
    other last final balance split divided shared broken breaks with
    """
)
_IN_PHRASES = word_set("all between comes came add adds added that them which whom amou cons comp")
"""Each of the marks and words is a cue; one of the phrases is in whatever holds another, and one of the last
among its words, or how one of them begins."""
_ALL_WORDS = word_set("all total together combined between jointly sum tally aggregate altogether overall")
"""One of them is in all words that call a number a total, or all of those before it."""
_MOST, _LONGEST, _APART = 8, 560, 170
_MOST_PARTS = 7
_NEAR = {"makes": 100, "total": 40, "behind": 30}
_LIST = AnyCase(r"[:(–—]|,|\b(?:with|between|among|into|of)\b")
_BREAK = re.compile(r"[;:(]| – | — |—|,? of (?:which|whom|these|those|them|that)\b")
_THEM = frozenset({"them", "these", "those", "whom", "which", "that"})
_DEFINITE = re.compile(r"^[“\"‘']?(?:The|Its|Their|His|Her|Our|This|That|All) $")
_ALL_TOLD = re.compile(r"[^.;:\d]{0,60}, (?:with )?(?:[\w’'-]+ ){0,4}$")
_ONLY_TWO = re.compile(r"\b(?:only|sole) (?:\w+ )?(?:opponent|rival|challenger|other|alternative)\b")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_TIMES = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:first|second|next|last) (?:day|night|week|year)"
    r"|morning|afternoon|evening|night|yesterday|today)\b"
)


def summed_lists(
    text: str,
    amounts: Sequence[tuple[Mention, ...]],
    fitting: Sequence[tuple[Mention, ...]],
    checks: Sequence[Check],
) -> Iterator[Check]:
    """A check for every passage that is a whole and its parts, apart from those of ``checks``. ``amounts``:
    the figures of each sentence that has some; ``fitting``: those that are one number of it."""
    lowered = in_small_letters(text)
    if sum(map(len, fitting)) < 3 or not _has_cue(lowered):
        return
    named = not _ALL_WORDS.isdisjoint(words_of(lowered))
    left = may_have_rest(text)
    is_told = told_of(checks)
    cued: dict[int, bool] = {}
    roles: dict[int, str] = {}
    done = -1
    for k in range(len(amounts)):
        for last in _windows(text, amounts, k):
            figures = [m for some in fitting[k : last + 1] for m in some]
            if len(figures) < 3 or figures[-1].start <= done:
                continue
            if not any(_is_cued(text, amounts, n, cued) for n in range(k, last + 1)):
                continue
            for m in figures:
                if m.start not in roles:
                    roles[m.start] = _role(text, m, named=named, left=left)
            check = _of_passage(text, figures, roles, is_told)
            if check is not None:
                yield check
                done = check.end or 0
                break


def _is_cued(text: str, amounts: Sequence[tuple[Mention, ...]], k: int, cued: dict[int, bool]) -> bool:
    """Whether the sentence at ``k`` has a word that a whole or a rest needs; ``cued``: what is known."""
    if k not in cued:
        start, end = amounts[k][0].sentence
        cued[k] = _has_cue(text[start:end].lower())
    return cued[k]


def _has_cue(lowered: str) -> bool:
    """Whether some words, in small letters, name a whole, its parts or a rest."""
    words = words_of(lowered)
    if not _CUE_WORDS.isdisjoint(words) or has_any(lowered, _CUE_MARKS):
        return True
    if _IN_PHRASES.isdisjoint(words) and _IN_PHRASES.isdisjoint(beginnings_of(lowered)):
        return False
    return has_any(lowered, _CUE_PHRASES) and _CUE.search(lowered) is not None


def _windows(text: str, amounts: Sequence[tuple[Mention, ...]], k: int) -> Iterator[int]:
    """The last sentence of each passage that begins at ``k``."""
    many = 0
    for n in range(k, min(k + 3, len(amounts))):
        if n > k and not are_near(text, amounts[n - 1], amounts[n]):
            return
        many += len(amounts[n])
        if many > _MOST + 4 or amounts[n][0].sentence[1] - amounts[k][0].sentence[0] > _LONGEST:
            return
        yield n


def _of_passage(
    text: str, figures: Sequence[Mention], roles: Mapping[int, str], is_told: Callable[[Mention], bool]
) -> Check | None:
    said = {roles.get(m.start, "") for m in figures}
    behind = _behind(text, figures, roles) if said - {"", "rest"} else ()
    listed = "rest" in said or _LIST.search(text, figures[0].end, figures[-1].end) is not None
    ahead = _ahead(text, figures) if listed else ()
    for filling in itertools.chain(behind, ahead):
        if any(map(is_told, (filling.whole, *filling.parts))):
            continue
        check = checked(text, filling)
        if check is not None:
            return check
    return None


def _behind(text: str, figures: Sequence[Mention], roles: Mapping[int, str]) -> Iterator[Filling]:
    """A whole behind its parts: "all told, the 13,600 parcels", "which makes 26 on board altogether"."""
    for k in range(2, len(figures)):
        whole = figures[k]
        called = _called(roles.get(whole.start, ""), text, figures[k - 1], whole)
        if not called:
            continue
        parts: list[Mention] = []
        for part in reversed(figures[:k]):
            end = parts[0].start if parts else whole.start
            if not _adds(part, whole) or end - part.end > _APART:
                if _only_counts(part, len(parts)) or (is_length_of_time(part) and parts):
                    continue
                break
            if parts and not ONE_AND_ANOTHER.search(text[part.end : parts[0].start]):
                break
            parts.insert(0, part)
        if 2 <= len(parts) <= _MOST_PARTS and _are_of(whole, parts):
            yield Filling(whole, tuple(parts), _sure_behind(text, parts, whole, called), TEST_SUM)


def _role(text: str, mention: Mention, *, named: bool, left: bool) -> str:
    """What words right around a number call it: the whole of those before it, by which words, or the rest.

    ``named``, ``left``: whether the text has words for a total, or for a rest, at all.
    """
    start = mention.sentence[0]
    before = text[max(start, mention.start - 80) : mention.start]
    if MAKES.search(before):
        return "makes"
    if named:
        called = _called_all(text, mention, before)
        if called:
            return called
    return "rest" if left and REST.search(before[-40:]) else ""


def _called_all(text: str, mention: Mention, before: str) -> str:
    """Whether words call a number a total or all of those before it, and by which: "" if none do."""
    if TOTAL_OF.search(before):
        return "total"
    start = mention.sentence[0]
    opens = mention.start - start < 90 and OPENS_IN_ALL.match(text[start : mention.start])
    if opens or TOGETHER.search(before):
        return "opens"
    return "behind" if BEHIND_IN_ALL.match(text, mention.end) else ""


def _called(role: str, text: str, last: Mention, whole: Mention) -> int:
    """Whether words call a number the whole of those before it: 2 if they are drawn from them, 1 if not."""
    if role not in _NEAR:
        return 1 if role == "opens" else 0
    near = role == "makes" or last.sentence == whole.sentence
    return 2 if near and whole.start - last.end < _NEAR[role] else 1


def _adds(part: Mention, whole: Mention) -> bool:
    return part.modifier not in BOUNDS and unit_times(whole, part) is not None


def _only_counts(figure: Mention, many: int) -> bool:
    """Whether a figure only says how many parts there are: "three things: ", "the two halls"."""
    return figure.low == many and figure.unit in NUMBER_OF_PARTS


def _are_of(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the nouns of parts may be of the whole: its own, none, or kinds of it."""
    if is_measured(whole.unit):
        plain = [part.unit is None for part in parts]
        return not all(plain) and not (
            any(plain) and "." in "".join(m.words for m in parts if m.unit is None)
        )
    if whole.unit is None or whole.inferred or whole.unit in GENERIC:
        return True
    units = {part.unit for part in parts} - {None}
    return units <= {whole.unit} or (whole.unit not in units and len(units) == len(parts))


def _sure_behind(text: str, parts: Sequence[Mention], whole: Mention, called: int) -> int:
    if OTHER_WHOLE.match(text[whole.end : whole.end + 60]) and called < 2:
        return 0
    gaps = " ".join(text[one.end : other.start] for one, other in pairwise((*parts, whole)))
    before = text[max(parts[0].sentence[0], parts[0].start - 60) : parts[0].start]
    if STRAYS.search(f"{before} {gaps}") or SIGNS.search(gaps):
        return 0
    above = sum(part.low for part in parts) > whole.low
    overlap = above and not is_measured(whole.unit) and _TIMES.search(gaps) is not None
    return min(called, 1) if overlap else called  # who came on Friday may have come on Saturday as well


def _ahead(text: str, figures: Sequence[Mention]) -> Iterator[Filling]:
    """A whole before its parts, of which the last is the rest, or which are a list that is all of it."""
    for k, whole in enumerate(figures[:-2]):
        if whole.modifier in BOUNDS or whole.of in _THEM or (whole.low < 3 and not is_measured(whole.unit)):
            continue
        if text.endswith(" percent of ", 0, whole.start):
            continue  # "44 percent of 7,100 voted: 1,840 for it and 1,260 against"
        behind = [m for m in figures[k + 1 :] if _adds(m, whole)]
        if len(behind) < 2 or len(behind) > _MOST_PARTS + 1:
            continue
        if _only_counts(behind[0], len(behind) - 1):
            yield from _listed(text, whole, behind[1:], counted=True)
            continue
        rest = next((n for n, m in enumerate(behind) if n and _is_rest(text, behind[n - 1], m)), None)
        if rest is not None and max(m.low for m in behind[: rest + 1]) < whole.low:
            parts = behind[: rest + 1]
            since = parts[0].end if _BREAK.search(text[whole.end : parts[0].start]) else whole.end
            if _YEAR.search(text[since : parts[-1].start]):
                continue  # "120 in 2019 and 90 in 2020; the other 30 places"
            many = sum(part.low for part in parts)
            nested = (k and figures[k - 1].low == many) or (len(parts) > 2 and many == 2 * parts[0].low)
            if nested and many != whole.low:
                continue  # "nine of the 20 seats: five here, two there and the other two"
            yield Filling(whole, tuple(parts), _sure_rest(text, whole, parts, figures), TEST_REST)
        elif rest is None and len(behind) <= _MOST_PARTS:
            if k and is_part_of(text, figures[k - 1], whole):
                continue  # the list behind "seven of the 12 medals" is of the seven
            yield from _listed(text, whole, behind, counted=False)


def _is_rest(text: str, before: Mention, part: Mention) -> bool:
    return REST.search(text[max(before.end, part.start - 40) : part.start]) is not None


def _sure_rest(text: str, whole: Mention, parts: Sequence[Mention], figures: Sequence[Mention]) -> int:
    last = parts[-1]
    if whole.modifier is not EXACT or not _is_kind(text, parts, whole) or not _is_known(text, whole, parts):
        return 0
    if may_be_latest(text, last, listed=len(parts) > 2):
        return 0
    gaps = " ".join(text[one.end : other.start] for one, other in pairwise((whole, *parts)))
    gaps = re.sub(r"\bof (?:these|those|them|which|whom|that)\b", "", gaps)
    among = " ".join(text[one.end : other.start] for one, other in pairwise(parts))
    if STRAYS.search(gaps) or SIGNS.search(among) or COMING.search(among):
        return 0
    if re.search(r"\b[Oo]ne\b", gaps) or _goes_on(text, last, figures):
        return 0  # "one had 1,047, the other 565 and a third 171"
    joined = all(ONE_AND_ANOTHER.search(text[one.end : other.start]) for one, other in pairwise(parts))
    if not joined or max(len(text[one.end : two.start]) for one, two in pairwise(parts)) > _APART:
        return 0
    return 2 if last.start - whole.end < 320 else 1


def _goes_on(text: str, last: Mention, figures: Sequence[Mention]) -> bool:
    """Whether "and" or a comma joins a further number to the rest."""
    after = next((m for m in figures if m.start > last.start), None)
    if after is None or after.sentence != last.sentence or not (after.unit is None or after.inferred):
        return False
    return re.search(r",|\band\b", text[last.end : after.start]) is not None


def _is_known(text: str, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a whole is named before its parts begin. In "Seven were flown out, two carried and the other
    three walked" the seven are a part."""
    first = parts[0]
    gap = text[whole.end : first.start]
    if whole.sentence != first.sentence or _BREAK.search(gap) or (first.of or "") in _THEM:
        return True
    start = whole.sentence[0]
    if whole.start - start < 12 and _DEFINITE.search(text[start : whole.start]):
        return True
    return OF_BEFORE.search(text[max(whole.sentence[0], whole.start - 60) : whole.start]) is not None


def _is_kind(text: str, parts: Sequence[Mention], whole: Mention) -> bool:
    """Whether the rest counts what its whole does: by its noun, by a name ("32 German"), or as one of kinds
    that all parts are ("41 were ewes and the other 27 rams")."""
    last = parts[-1]
    if is_measured(whole.unit):
        return parts[0].of in _THEM or (parts[0].unit is not None and last.unit is not None)
    if last.unit in (None, whole.unit) or last.inferred or (last.noun or "a")[0].isupper():
        return True
    if last.noun != last.unit and last.low > 1 and last.noun is not None and last.noun[-1:] != "s":
        return True  # an adjective or the like
    units = [part.unit for part in parts]
    if None not in units and len(set(units)) == len(units) and whole.unit not in units:
        return True
    gap = text[parts[-2].end : last.start] if len(parts) > 1 else ""
    return re.match(r" (?:were|are|was|is|being) [\w-]+s\b", gap) is not None


def _listed(text: str, whole: Mention, parts: Sequence[Mention], *, counted: bool) -> Iterator[Filling]:
    """A list behind a whole that is all of it: "split between", "three things: ", or a colon."""
    if len(parts) < 2 or any(part.sentence != parts[0].sentence for part in parts):
        return
    gap = text[whole.end : parts[0].start]
    if len(gap) > 130 or not all(_joined(text, one, other) for one, other in pairwise(parts)):
        return
    last = text[parts[-2].end : parts[-1].start]
    ends = (
        re.search(r"\band\b|\bplus\b|;", last) is not None
        and "%" not in text[parts[-1].end : whole.sentence[1]]
    )
    if not ends:
        return
    said = f"{gap} {' '.join(text[one.end : other.start] for one, other in pairwise(parts))}"
    made = MADE_OF.search(text[whole.start : parts[0].start]) is not None
    marked = re.search(r": | – | — |—|\($", gap) is not None and parts[0].sentence == whole.sentence
    if STRAYS.search(said) or SIGNS.search(said) or whole.modifier is not EXACT:
        yield Filling(whole, tuple(parts), 0, TEST_SUM)
    elif made or (counted and (marked or ":" in gap)):
        yield Filling(whole, tuple(parts), 2 if len(parts) > 1 else 1, TEST_SUM)
    elif _ALL_TOLD.match(gap) and _are_apart(text, parts):
        behind = text[parts[0].end : min(parts[-1].sentence[1], parts[-1].end + 90)]
        yield Filling(
            whole, tuple(parts), 2 if CLOSED.search(behind) or _ONLY_TWO.search(behind) else 0, TEST_SUM
        )
    elif parts[0].of in _THEM:
        yield Filling(whole, tuple(parts), 0, TEST_SUM)
    elif marked and (len(parts) > 2 or _are_apart(text, parts)):
        yield Filling(whole, tuple(parts), _sure_listed(text, whole, parts), TEST_SUM)


def _joined(text: str, one: Mention, other: Mention) -> bool:
    gap = text[one.end : other.start]
    return len(gap) < 90 and ONE_AND_ANOTHER.search(gap) is not None


def _sure_listed(text: str, whole: Mention, parts: Sequence[Mention]) -> int:
    """A list behind a colon: above its whole it fails if nothing is in two parts, below it as slips do."""
    above = sum(part.low for part in parts) > whole.low
    if not _are_apart(text, parts):
        return 0
    if above:
        return 2
    return 2 if len(parts) > 2 or ALL_OF_THEM.search(text, parts[-1].end, parts[-1].end + 90) else 1


def _are_apart(text: str, parts: Sequence[Mention]) -> bool:
    """Whether nothing is counted in two parts: opposites, kinds with nouns of their own, or one word of place
    behind each ("25 went to Labour, 17 to the Greens")."""
    ends = [*(part.start for part in parts[1:]), min(parts[-1].sentence[1], parts[-1].end + 60)]
    labels = [text[part.end : end] for part, end in zip(parts, ends, strict=True)]
    if exclusive_labels(labels) or exclusive_nouns([part.unit or "" for part in parts]):
        return True
    if any(_TIMES.search(label) for label in labels):
        return False
    heads = {head[1] if (head := PARALLEL.match(label)) else "" for label in labels}
    if len(heads) == 1 and "" not in heads:
        return True
    bracketed = all(text[part.start - 1 : part.start] == "(" for part in parts)
    return bracketed and len(parts) > 2
