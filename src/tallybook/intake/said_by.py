"""Whom an article names for a figure, guessed from the words of its sentence. A person looks at each guess.

"X said", "according to X", and words between quotation marks are somebody's word; all else is the article's
own. English alone: of another language nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallybook.consistency.printed_numbers import word_set
from tallybook.prose import MONTH_NAMES
from tallybook.reading import Mention

_SAYS = (
    r"(?:said|says?|told|tells|reported|reports|estimated|estimates|estimate|claimed|claims|announced|announces"
    r"|confirmed|confirms|stated|states|suggested|suggests?|warned|warns|added|adds|noted|notes|argued|argues"
    r"|wrote|writes|explained|explains|puts?|counted|found|finds|show(?:s|ed)?|insisted|insists|alleged?"
    r"|alleges|predicted|predicts|forecasts?|expect(?:s|ed)?|acknowledged|admitted|declared|testified"
    r"|recorded|calculated|calculates|revealed|reveals|maintains?|boasted)"
)
_ALSO_NOUNS = (
    r"(?:its|the|a|an|this|that|their|his|her|our|of|for|in|by|from|on|to|with|latest|new|first|earlier|no|and"
    r"|is|are|was|were|be|been|being|as|it’s|not|can|could|may|must|should|would|will)"
)
_BOTH_WAYS = frozenset(
    {"put", "puts", "counted", "found", "finds", "recorded", "show", "shows", "showed", "added", "adds"}
)
"""Verbs that take a thing as often as a clause: a figure must follow at once, or "that", or "at"."""

_VERB = re.compile(rf"(?<![\w’'-]){_SAYS}(?![\w’'-])")
_NO_VERB = re.compile(rf"(?:^|[\s(]){_ALSO_NOUNS}\s*\Z", re.IGNORECASE)
_SAYS_IT = re.compile(rf"(?<![\w’'-]){_SAYS}\s*\Z")
_MORE_NOUNS = frozenset({"claims", "estimates", "forecasts", "reports"})
"""No verbs behind one of saying: "insurers expect claims of"."""

_LIVES = re.compile(r"\b(?:lives|life|victims?)\b")
"""What is claimed without a word: "the flood has claimed 14 lives"."""

_AT_ONCE = re.compile(r"\s*(?:(?:a|an|the|some|about|only|just|another|over|nearly|more than|up to)\s)*")
"""Whom a house took in: "the hospital admitted 40 patients"; "the firm admitted that 40 left" is a word."""

_TAKES_A_CLAUSE = re.compile(
    r"\s*(?:that\b|\Z)|\s*\S{0,12}\s*\Z|\s+(?:the|its|their)\s(?:[\w’-]+\s){1,4}at\s*\Z"
)
_ADVERBS = re.compile(
    r"(?:,|\s)+(?:(?:(?:has|have|had)(?:\s+\w+ly)?|also|later|then|reportedly|further|recently|earlier|since|now"
    r"|still)(?:\s+|\Z))+\Z"
)
_CLAUSE_START = re.compile(
    r"[.;:!?](?=\s)|[“”\"()]|\b(?:but|while|whereas|although|because|and|that|as)\b(?=\s)|\s[–—]\s"
)
_CHUNK = re.compile(r",\s+")
_ASIDE = re.compile(
    r"(?:which|who|whose|where|when|published|based|citing|adding|including|speaking|known|led|run|owned|called"
    r"|released|in|on|at|by|of|for|from|with|after|before|a former|an? \w+ (?:at|of|for|in|with))\b|\d"
)
_IN_AN_ASIDE = re.compile(r",\s+(?:which|who|whose|where|when)\b[^,]*\Z")
"""What stands in it is the article's own word: "the firm, which employs 300 people, said"."""

_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|[Cc]iting|[Dd]ata (?:from|of)|[Ff]igures (?:from|of|by)"
    r"|[Ee]stimates (?:from|of|by))\s+(?P<who>[^,.;:!?“”\"()]{2,90})"
)
_CITING = re.compile(r"\b(?:[Cc]iting|[Qq]uoting|[Rr]eferring to)\s+(?P<who>[^,.;:!?“”\"()]{2,90})")
_PASSIVE = re.compile(r"\bwas quoted (?:[^,.;:!?“”\"]{0,60} )?as (?:saying|stating|telling)\b")
_INVERTED = re.compile(rf"^,?[”\"’']?,?\s*(?:{_SAYS})\s+(?P<who>[A-Z][^,.;:!?“”\"()]{{1,90}})")
_TOLD_WHOM = (
    r"(?:(?<=told|ells)\s+(?:(?:the )?(?:reporters|journalists|lawmakers|parliament|media|press)"
    r"|(?:the )?[A-Z][\w.&’'-]{0,30}(?:\s[A-Z][\w.&’'-]{0,30}){0,3}))?"
)
"""Whom somebody told: "the mayor told reporters on Monday", "the mayor told the Evening News"."""

_BEHIND = re.compile(
    rf"[,”\"]\s*(?P<who>[^,.;:!?“”\"()]{{2,90}}?),?\s+(?P<verb>{_SAYS}){_TOLD_WHOM}\s*[”\"]?\s*"
    r"(?:$|[.:;,]|(?:on|in|at|this|last|late|early|earlier|yesterday|today|to)\b)"
)
_TURNED = re.compile(
    r"[,”\"]\s*(?:said|says|reported|added)\s+(?P<who>(?:the |an? |[A-Z])[^,.;:!?“”\"()]{1,90})"
)
_DROP = re.compile(
    r"^(?:(?:but|and|while|as|when|although|however|meanwhile|because|that|which|who|where|also|then|so|yet"
    r"|(?:on|in|by|at|during|for|over) (?:the )?(?:\w+ )?(?:day|week|month|year|morning|evening|night|end)s?"
    rf"|(?:{'|'.join(MONTH_NAMES)})(?: \d{{1,2}},?)? \d{{4}}"
    r"|in [a-z]+|on [A-Z][a-z]+day|on [A-Z][a-z]+|last \w+|this \w+|earlier|later|yesterday|today)\s+)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf"\s+(?:on|in|at|to|this|last|earlier|late|yesterday|today|and|but|that|{_SAYS})\b.*\Z", re.IGNORECASE
)
_PRONOUNS = word_set("he she they it we i who which that this these those there you one nobody everyone")
_LONGEST_QUOTATION = 1_500
_MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Voice:
    """``quoted``: the figure stands between quotation marks; ``who``: as the article names them, None where
    it is the article's own word or nobody is named; ``said``: whether it is somebody's word at all."""

    said: bool
    quoted: bool
    who: str | None

    @property
    def label(self) -> str:
        return "said" if self.said else "own voice"


def voice_of(mention: Mention, text: str, paragraph: tuple[int, int], before: str = "") -> Voice:
    """Whose word a figure is. ``paragraph``: its bounds in the text; ``before``: the paragraph before it."""
    first, last = paragraph
    quoted = _between_marks(text[first:last], mention.start - first)
    sentence = (max(first, mention.sentence[0]), min(last, mention.sentence[1]))
    who = _of_sentence(mention, text, sentence)
    if who is None and quoted:
        who = _of_quotation(text[first:last], mention.start - first)
    if who is None and not quoted:
        return Voice(False, False, None)
    if who is not None and who.split()[0].lower() in _PRONOUNS:
        who = _last_named(text[first : mention.start]) or _last_named(before)
    return Voice(True, quoted, who)


def cited_by(sentence: str) -> str | None:
    """Whom a sentence names behind "citing": of "Yonhap reported, citing the ministry", the ministry."""
    named = _CITING.search(sentence)
    return _name(named["who"], tail=True) if named is not None else None


def _of_sentence(mention: Mention, text: str, sentence: tuple[int, int]) -> str | None:
    """The subject of "said" before the figure, or behind it; "according to" anywhere in the sentence."""
    first, last = sentence
    first, last = max(first, mention.start - _LONGEST_QUOTATION), min(last, mention.end + _LONGEST_QUOTATION)
    before, after = text[first : mention.start], text[mention.end : last]
    found = _last_subject(before, text[mention.start : mention.end])
    if found is not None or _IN_AN_ASIDE.search(before):
        return found
    for pattern, words in ((_ACCORDING, before), (_ACCORDING, after), (_BEHIND, after), (_TURNED, after)):
        named = pattern.search(words)
        if named is not None and not _ASIDE.match(named["who"]) and not _NO_VERB.search(named["who"]):
            return _name(named["who"], tail=pattern is not _BEHIND)
    return None


def _last_subject(before: str, figure: str) -> str | None:
    """Of the last "X said" whose clause the figure stands in. ``figure``: its words."""
    found = None
    for verb in _VERB.finditer(before):
        behind = before[verb.end() :]
        if re.search(r"[;:!?]|[.](?=\s|$)", behind.rstrip(' :“"')):
            continue
        if verb[0].startswith("add") and not re.match(r"\s*(?:that\b|[:“\"])", behind):
            continue
        if verb[0].startswith("claim") and _LIVES.search(behind + figure):
            continue
        if verb[0] in _MORE_NOUNS and _SAYS_IT.search(before[: verb.start()]):
            continue
        if verb[0] == "admitted" and _AT_ONCE.fullmatch(behind):
            continue
        if verb[0] in _BOTH_WAYS and not _TAKES_A_CLAUSE.match(behind):
            continue
        found = _subject(before[: verb.start()]) or found
    if found is None and (passive := _PASSIVE.search(before)):
        return _name(before[: passive.start()].rpartition(".")[2].partition(",")[0])
    return found


def _subject(before: str) -> str | None:
    """Who stands before a verb of saying, given all the words before it.

    "Anna Berg, 52, said" is Anna Berg, "the study, published on Monday, found" the study, and in "its
    forecast" and "some estimates suggest" the word is no verb.
    """
    before = _ADVERBS.sub("", before[-_LONGEST_QUOTATION:]).rstrip(", ")
    if not before or _NO_VERB.search(before):
        return None
    clause = before[max((m.end() for m in _CLAUSE_START.finditer(before)), default=0) :]
    chunks = [chunk.strip() for chunk in _CHUNK.split(clause) if chunk.strip()]
    while len(chunks) > 1 and _ASIDE.match(chunks[-1]):
        chunks.pop()
    return _name(chunks[-1]) if chunks else None


def _of_quotation(paragraph: str, at: int) -> str | None:
    """Who speaks the quotation around a place: "…," X said; said X; or X said: "…"."""
    end = paragraph.find("”", at)
    end = paragraph.find('"', at) if end < 0 else end
    if end >= 0:
        after = paragraph[end + 1 : end + 160]
        turned = _INVERTED.match(after)
        if turned is not None:
            return _name(turned["who"], tail=True)
        verb = _VERB.search(after)
        if verb is not None and not re.search(r"[.;!?]\s", after[: verb.start()]):
            return _subject(after[: verb.start()].lstrip(" ,"))
    before = paragraph[max(0, at - _LONGEST_QUOTATION) : at]
    return _last_named(before)


def _between_marks(paragraph: str, at: int) -> bool:
    """Whether a place stands between quotation marks of its paragraph; one left open runs to its end."""
    before = paragraph[max(0, at - _LONGEST_QUOTATION) : at]
    opened, closed = before.rfind("“"), before.rfind("”")
    if opened > closed:
        return True
    return before.count('"') % 2 == 1


def _last_named(text: str) -> str | None:
    """The last one who is named as speaking, by a name and not by a pronoun."""
    text = text[-_LONGEST_QUOTATION:]
    for verb in reversed(list(_VERB.finditer(text))):
        name = _subject(text[: verb.start()])
        if name and name.split()[0].lower() not in _PRONOUNS:
            return name
    return None


def _name(words: str, *, tail: bool = False) -> str | None:
    """The words as a name: without what leads into them; None where they are no name.

    ``tail``: words may follow the name, as in "according to the police on Sunday".
    """
    words = " ".join(words.split())
    words = _DROP.sub("", words) or words
    if tail and len(words.split()) > 1:
        words = _TAIL.sub("", words)
    if len(words.split()) > _MOST_WORDS:
        return None
    return words.strip(" -–—'’,") or None
