"""Percentages listed in one sentence as the parts of one whole.

A list that adds up to 100 closes. One that does not is an error only where the words part a whole without
overlap: a remainder ("the rest, 91 per cent"), shares of one thing by several ("wind supplied 34% of it,
gas 41%"), or answers of which each has one ("as their main way", "yes", "no", "undecided"). Several
answers by one person, several years, places or wholes are silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import SHARE
from tallybook.consistency.printed_numbers import exact, printed, word_set
from tallybook.prose import converted, listed
from tallybook.reading import Mention, Reading
from tallybook.terms import Form

TEST = "percentages of a whole"
_MOST = 12
_WORD = re.compile(r"[^\W\d_]+(?:['’]\w+)?")
# Words which show that the percentages of a list are not parts of one whole.
_NOT_PARTS = word_set(
    """
    from to than compared versus vs against up down rose rises rise fell falls fall grew grow increased
    increase decreased decrease dropped drop gained lost cut raised over under above below before after
    although but despite respectively chance likely margin error rate inflation interest unemployment growth
    turnout tax stake discount off ago year years month months week quarter each also too including among
    """
)
_BEFORE_A_LIST = word_set("among over under to from year after before each")
_CHANGES = re.compile(
    r"\b(?:rose|rises?|fell|falls?|grew|grow|grown|increas\w+|decreas\w+|drop(?:ped|s)?"
    r"|(?<!made )(?<!make )(?<!makes )(?<!king )up|down|from \d\S* (?:%|per ?cent) to"
    r"|compared|versus|respectively|margin|inflation|unemployment|interest|discount|chance|likely"
    r"|also|too|including"
    r"|both|than|together|combined|of all kinds|in (?:19|20)\d\d|while those)\b|\b(?:last|previous"
    r"|next) (?:year|month) (?:and|to)\b",
    re.IGNORECASE,
)
_SEVERAL_ANSWERS = re.compile(
    r"\b(?:multiple|more than one|several answers|at least one|all that apply|overlap\w*"
    r"|up to (?:two|three|four|five)"
    r"|(?:name|choose|pick|give|list|tick|select) (?:two|three|four|five|several|as many)|(?:two"
    r"|three|several) each"
    r"|respectively|polls|surveys|elections)\b",
    re.IGNORECASE,
)
_UNDECIDED = re.compile(r"\b(?:undecided|abstain(?:ed|ing)?)\b", re.IGNORECASE)
_REST = re.compile(
    r"\b(?:the rest|the remaining|the remainder|the other|the balance)(?:,? (?:of|is|was|some|about"
    r"|or|being|at|–|—|\()){0,2}"
    r"[ ,:(–—-]{0,3}$|\b(?:remaining|other|final|last)\s$",
    re.IGNORECASE,
)
_REST_WITHOUT = re.compile(
    r"\b(?:the rest|the remaining|the remainder|the other|the balance)\b", re.IGNORECASE
)
_REST_SHARE = re.compile(
    r"[^.;%]{0,60}\bthe remaining (?:one[ -])?(half|third|quarter|fifth|sixth|eighth"
    r"|tenth)\b",
    re.IGNORECASE,
)
_SHARE_OF = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_ONE_EACH = re.compile(
    r"\b(?:their|his|her|one|its|your|whose|the most|a) (?:single )?(?:main|chief|favou?rite|preferred"
    r"|first choice|usual|principal|primary|important)\b|\bfirst choice\b"
    r"|\bone (?:answer|choice|[a-z]+ (?:only|each)|vote)\b|\bonly one\b|^By [a-z-]+(?: [a-z]+)?, "
    r"|\bcast (?:their|its|his|a) (?:ballots?|votes?)\b|\b(?:full marks|failing)\b|\bfailed[.,]"
    r"|\b(?:would|will|to|had) voted? for\b|\bwhich (?:party|candidate)\b"
    r"|\bspoil(?:ed|t) (?:their |its )?(?:ballots?|votes?|papers?)\b",
    re.IGNORECASE,
)
_GRADES = re.compile(r"\ban? A\b.*\ba B\b", re.DOTALL)
_WHOLLY = re.compile(
    r"\b(?:wholly|entirely|fully) (?:owned|held|divided|made)\b"
    r"|\b(?:split|divided|shared)(?: out| up)? (?:between|among)\b",
    re.IGNORECASE,
)
_MADE_OF = re.compile(
    r"\b(?:alloy|soil|mixture|mix|blend|fabric|cloth|air|atmosphere|dough|feed|concrete|bronze"
    r"|brass|compost|fertili[sz]er"
    r"|solution|gas|body|cheese|flour) (?:is|was|are|contains|consists of|is made (?:up )?of) (?:about )?$"
    r"|\b(?:consists?|made(?: up)?|composed) of (?:about )?$",
    re.IGNORECASE,
)
_TO_BLAME = re.compile(r" (?:to blame|at fault|responsible|liable)\b")
_GOES_TO = re.compile(
    r"\b(?:goes (?:to|on)|went (?:to|on)|(?:is|was) (?:spent on|made up of|divided|split|shared)|consists of"
    r"|splits? into|breaks down|comes from|came from)\b"
)
_CAME_FROM = re.compile(r"\b(?:came|come|comes|hail|arrived|were born) (?:from|in)\b")
_SUPPLIES = re.compile(
    r"\b(?:suppl(?:y|ies|ied|ying)|provid(?:es?|ed|ing)|account(?:s|ed|ing)? for|ma(?:de|kes?"
    r"|king) up|generat(?:es?|ed|ing)"
    r"|produc(?:es?|ed|ing)|w[io]ns?|winning|t(?:ook|akes?|aken|aking)|receiv(?:es?|ed|ing)"
    r"|g[eo]ts?|secured|polled"
    r"|claim(?:s|ed)|captured|owns?|owned|owning|holds?|held|holding|pays?|paid|paying"
    r"|contribut(?:es?|ed|ing)"
    r"|represent(?:s|ed)|form(?:s|ed)|constitut(?:es?|ed)|compris(?:es?|ed)|garnered|delivered|did|does|do|performed|carr(?:y|ies|ied)|handled|used|uses?|consumed?|consumes"
    r"|covered|covers|met"
    r"|earned|collected|(?:was|were|is|are) (?:produced|supplied|generated|owned|held|paid|provided) by) "
    r"(?:just |only |about |some |nearly |over |roughly )?$",
    re.IGNORECASE,
)
_OF_ONE = re.compile(r" of (?:the |all |its |his |her |their |valid |total )?[\w’'-]+")
_OWN_PLACE = re.compile(r"^\s*(?:and )?(?:in|among|for|at|during|on)\b", re.IGNORECASE)
_TWO = re.compile(
    r"\btwo[ -](?:candidate|way|horse|person|man|woman|party)\b|\brun[ -]?off\b"
    r"|\bhead[ -]to[ -]head\b|\bonly (?:rival|opponent|challenger)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r" (?:in|at|among) (?!the (?:two|run|second|final|head))")
_TO_THE_OTHER = re.compile(
    r" of (?:the )?(?:valid )?votes?(?: cast)?,? (?:(?:and|to|against|while"
    r"|with) )?(?:[\w’'-]+ ){1,6}?(?:(?:took|got|had|won|received|on|with|and) )?"
)
_OPPOSITES = [
    *({"yes", "no"}, {"approve", "disapprove"}, {"approved", "disapproved"}, {"agree", "disagree"}),
    *({"support", "oppose"}, {"supported", "opposed"}, {"favor", "oppose"}, {"favour", "oppose"}),
    *({"for", "against"}, {"approves", "disapproves"}, {"backed", "opposed"}, {"satisfied", "dissatisfied"}),
]
_FOR_AND_AGAINST = re.compile(r"\bfor\b[,; ].{0,40}\bagainst\b", re.DOTALL)


def percentages(reading: Reading) -> Iterator[Check]:
    """A check for every list of percentages that are, or may be, the parts of one whole."""
    text = reading.text
    tested: set[tuple[int, int]] = set()
    led = _led_by_a_fraction(reading)
    for figures in _of_sentences(reading):
        found = _whole(text, figures) if len(figures) > 1 and figures[0].sentence not in led else None
        if found is not None:
            tested.add(figures[0].sentence)
            yield found
    for run in _runs(reading):
        if run[0].sentence in tested:
            continue
        if run[0].sentence in led:
            continue
        check = _check(run, _slack(run), apart=_is_apart(text, run), whole=_rest_behind(text, run))
        if check is not None:
            yield check


def _led_by_a_fraction(reading: Reading) -> set[tuple[int, int]]:
    """The sentences of lists like "half would stay, 42 per cent leave and the remaining 8 per cent …"."""
    first: dict[tuple[int, int], bool] = {}
    for mention in reading:
        share = mention.unit == SHARE and mention.form is Form.FRACTION
        if share or mention.unit == "percent":
            first.setdefault(mention.sentence, share)
    return {sentence for sentence, is_fraction in first.items() if is_fraction}


def _slack(run: Sequence[Mention]) -> float:
    """By how much the rounding of all may move the sum; -1 if one of them has no printed digits."""
    steps = [printed(mention) for mention in run]
    return sum(step[0].step / 2 for step in steps) if all(steps) else -1.0


def _check(
    run: Sequence[Mention], slack: float, more: float = 0.0, *, apart: bool, whole: bool
) -> Check | None:
    """``apart``: nothing is counted twice; ``whole``: nothing is left out; ``more``: a part in words."""
    total = round(sum(m.low for m in run) + more, 6)
    fits = abs(total - 100) <= slack + 1e-9
    if not fits and (not apart or (total < 100 and not whole)):
        return None
    parts = listed([m.words for m in run]) + (f" with the {converted(more, [])}% left" if more else "")
    why = f"{parts} add up to {converted(total, [] if total == 100 else [100])}%"
    why += "." if total == 100 else f", which rounding {'explains' if fits else 'does not explain'}."
    gap = None if fits else round(total - 100, 6)
    about = tuple(m.words for m in run)
    return Check(TEST, about, fits, why, gap, run[0].start, run[-1].end)


def _of_sentences(reading: Reading) -> Iterator[list[Mention]]:
    """The percentages of each sentence that has no others."""
    found: list[Mention] = []
    for mention in reading:
        if mention.unit != "percent":
            continue
        if found and mention.sentence != found[0].sentence:
            yield found
            found = []
        found.append(mention)
    if found:
        yield found


def _whole(text: str, run: Sequence[Mention]) -> Check | None:
    """The check of a sentence whose words part one whole; None where they do not, or leave it open."""
    start, end = run[0].sentence
    if len(run) > _MOST or end - start > 700 or not all(map(_is_part, run)):
        return None
    words, slack = text[start:end], _slack(run)
    check = _parted(text, run, words, slack) if slack >= 0 else None
    if check is None or _CHANGES.search(words) or _SEVERAL_ANSWERS.search(words):
        return None
    return None if _other_wholes(text, run) else check


def _parted(text: str, run: Sequence[Mention], words: str, slack: float) -> Check | None:
    """The check, by what the words say of the parts: a remainder, one of two, one whole, one answer each."""
    if _two(text, run, words):
        return _check(run, slack, apart=True, whole=False)
    if not _listed(text, run):
        return None
    more = _REST_SHARE.match(text, run[-1].end)
    left = 100 / _SHARE_OF[more[1].lower()] if more else 0.0
    if more or _REST.search(text[max(run[-2].end, run[-1].start - 40) : run[-1].start]):
        return _check(run, slack, left, apart=True, whole=True)
    if len(run) < 3:
        return None
    closing = _check(run, slack, apart=False, whole=False)
    if closing is not None:
        return closing  # a list that adds up to 100
    if _WHOLLY.search(words):
        return _check(run, slack, apart=True, whole=True)
    if _supplied(text, run) or _one_answer(text, run, words):
        return _check(run, slack, apart=True, whole=False)
    return None


def _other_wholes(text: str, run: Sequence[Mention]) -> bool:
    """Whether a later percentage is of something that the first is not: "31% of men, 38% of women"."""
    first = _OF_ONE.match(text, run[0].end)
    for mention in run[1:]:
        own = _OF_ONE.match(text, mention.end)
        if own is not None and (first is None or own[0].lower() != first[0].lower()):
            return True
    return False


def _listed(text: str, run: Sequence[Mention]) -> bool:
    """Whether commas, semicolons or "and" part the percentages, with few words and no year between them."""
    for one, two in pairwise(run):
        gap = text[one.end : two.start]
        listing = "," in gap or ";" in gap or re.search(r"\b(?:and|while|with)\b", gap)
        if not listing or len(gap) > 110 or re.search(r"\b(?:1[89]|20)\d\d\b", gap):
            return False
    return True


def _supplied(text: str, run: Sequence[Mention]) -> bool:
    """ "Wind supplied 34% of the electricity, gas 41% and solar 35%": several that share one thing."""
    first = run[0]
    before = text[max(first.sentence[0], first.start - 60) : first.start]
    if not _SUPPLIES.search(before) or not _OF_ONE.match(text, first.end):
        return False
    for one, two in pairwise(run):
        gap = text[one.end : two.start]
        cut = max(gap.rfind(","), gap.rfind(";"), gap.rfind(" and "), gap.rfind(" while "))
        subject = re.sub(r"^(?:,|;| and | while )\s*(?:and |while )?", "", gap[cut:]) if cut >= 0 else ""
        if not subject.strip() or _OWN_PLACE.match(subject):
            return False
    behind = text[run[-1].end : run[-1].end + 12]
    return not _OWN_PLACE.match(behind) and not _placed_first(text, run)


def _placed_first(text: str, run: Sequence[Mention]) -> bool:
    """ "44% of the vote in the north, 38% in the east": each of another place."""
    return any(_OWN_PLACE.match(text[m.end : m.end + 12]) for m in run[1:])


def _one_answer(text: str, run: Sequence[Mention], words: str) -> bool:
    """Whether each one counted is in one part only."""
    if _ONE_EACH.search(words) or _GRADES.search(words):
        return True
    if _UNDECIDED.search(words) or _opposites(words):
        return True
    before = text[max(run[0].sentence[0], run[0].start - 60) : run[0].start]
    if _MADE_OF.search(before) or _TO_BLAME.match(text, run[0].end):
        return True
    bracketed = all(text[m.start - 1 : m.start] == "(" and text[m.end : m.end + 1] == ")" for m in run)
    if bracketed and _GOES_TO.search(before):
        return True
    gap = text[run[0].end : run[1].start]
    return bool(_CAME_FROM.search(gap)) and all(text.startswith(" from ", m.end) for m in run[1:])


def _two(text: str, run: Sequence[Mention], words: str) -> bool:
    if len(run) != 2 or not _TWO.search(words) or _ELSEWHERE.match(text, run[1].end):
        return False
    gap = text[run[0].end : run[1].start]
    return bool(_TO_THE_OTHER.fullmatch(gap[:120])) or bool(
        re.fullmatch(r",? (?:and|to|against) (?:[\w’'-]+ ){1,4}", gap[:80])
    )


def _is_apart(text: str, run: Sequence[Mention]) -> bool:
    start, end = run[0].sentence
    sentence = text[max(start, run[0].start - 200) : min(end, run[-1].end + 200)]
    if _SEVERAL_ANSWERS.search(sentence):
        return False
    return bool(_UNDECIDED.search(sentence) or _REST_WITHOUT.search(sentence) or _opposites(sentence))


def _rest_behind(text: str, run: Sequence[Mention]) -> bool:
    return bool(_REST_WITHOUT.search(text, run[-2].end, run[-1].end))


def _opposites(sentence: str) -> bool:
    words = {word.lower() for word in _WORD.findall(sentence)}
    if "both" in words:
        return False
    pairs = [pair for pair in _OPPOSITES if pair <= words]
    return bool(pairs) and (pairs != [{"for", "against"}] or bool(_FOR_AND_AGAINST.search(sentence)))


def _runs(reading: Reading) -> Iterator[list[Mention]]:
    """Lists of at least three percentages in one sentence, without another number between them."""
    run: list[Mention] = []
    everything = sorted([*reading, *reading.asides], key=lambda m: m.start)
    for mention in everything:
        if _is_part(mention) and (not run or _joined(reading.text, run[-1], mention)):
            run.append(mention)
            continue
        if _complete(reading.text, run, mention):
            yield run
        run = [mention] if _is_part(mention) else []
    if _complete(reading.text, run, None):
        yield run


def _is_part(mention: Mention) -> bool:
    return mention.unit == "percent" and exact(mention) and not mention.per and 0 <= mention.low < 100


def _joined(text: str, first: Mention, second: Mention) -> bool:
    """Whether a comma, a semicolon or "and" joins two percentages, without words of a comparison."""
    if first.sentence != second.sentence or (second.of and second.of != first.of):
        return False
    gap = text[first.end : second.start]
    words = [word.lower() for word in _WORD.findall(gap)]
    listing = "," in gap or ";" in gap or "and" in words
    return listing and len(words) <= 9 and not _NOT_PARTS & set(words) and "(" not in gap


def _complete(text: str, run: Sequence[Mention], following: Mention | None) -> bool:
    if not 3 <= len(run) <= _MOST or _slack(run) < 0:
        return False
    if following is not None and following.sentence == run[0].sentence and following.unit == "percent":
        return False  # a further percentage is not joined to them: its whole is not clear
    before = text[run[0].sentence[0] : run[0].start][-60:]
    behind = text[run[-1].end : run[-1].sentence[1]][:25]
    words = {word.lower() for word in _WORD.findall(before)} - _BEFORE_A_LIST
    return not _NOT_PARTS & words.union(word.lower() for word in _WORD.findall(behind))
