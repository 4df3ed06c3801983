"""Whom an article names for a figure, guessed from the words of its sentence. A person looks at each guess.

"X said", "according to X", and words between quotation marks are somebody's word; all else is the article's
own. English alone: of another language nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallybook.consistency.printed_numbers import word_set
from tallybook.reading import Mention

_SAYS = (
    r"(?:said|says|told|tells|reported|reports|estimated|estimates|claimed|claims|announced|announces"
    r"|confirmed|confirms|stated|states|suggested|suggests?|warned|warns|added|adds|noted|notes|argued|argues"
    r"|wrote|writes|explained|explains|put|puts|counted|found|finds|showed?|shows|insisted|insists"
    r"|predicted|predicts|forecasts?|expects?|acknowledged|admitted|declared|testified|recorded"
    r"|calculated|calculates|revealed|reveals|maintains?|boasted)"
)
_BOTH_WAYS = frozenset({"put", "puts", "counted", "found", "finds", "recorded", "showed", "show", "shows"})
"""Verbs that take a thing as often as a clause: a figure must follow at once, or "that"."""

_SAID_THAT = re.compile(
    rf"(?P<who>[^,.;:!?“”\"()]{{2,90}}?),?\s+(?:(?:has|have|had|also|later|then|reportedly|further)\s+){{0,2}}"
    rf"(?P<verb>{_SAYS})\b"
)
_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|[Cc]iting|[Dd]ata (?:from|of)|[Ff]igures (?:from|of|by)|[Ee]stimates (?:from|of|by))\s+"
    r"(?P<who>[^,.;:!?“”\"()]{2,90})"
)
_PASSIVE = re.compile(r"\bwas quoted (?:[^,.;:!?“”\"]{0,60} )?as (?:saying|stating|telling)\b")
_INVERTED = re.compile(rf"^,?[”\"’']?,?\s*(?:{_SAYS})\s+(?P<who>[A-Z][^,.;:!?“”\"()]{{1,90}})")
_DROP = re.compile(
    r"^(?:(?:but|and|while|as|when|although|however|meanwhile|because|that|which|who|where|also|then|so|yet"
    r"|(?:on|in|by|at|during|for|over) (?:the )?(?:\w+ )?(?:day|week|month|year|morning|evening|night|end)s?"
    r"|in [a-z]+|on [A-Z][a-z]+day|on [A-Z][a-z]+|last \w+|this \w+|earlier|later|yesterday|today)\s+)+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+(?:on|in|at|to|this|last|earlier|late|yesterday|today|and|but|that)\b.*\Z", re.IGNORECASE)
_PRONOUNS = word_set("he she they it we i who which that this these those there you one")
_OPENING, _CLOSING = "“„«", "”«»“"
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
        who = _named_before(text[first : mention.start]) or _named_before(before)
    return Voice(True, quoted, who)


def _of_sentence(mention: Mention, text: str, sentence: tuple[int, int]) -> str | None:
    """The subject of "said" before the figure, or behind it; "according to" anywhere in the sentence."""
    first, last = sentence
    first, last = max(first, mention.start - _LONGEST_QUOTATION), min(last, mention.end + _LONGEST_QUOTATION)
    before, after = text[first : mention.start], text[mention.end : last]
    found = _last_subject(before)
    if found is not None:
        return found
    named = _ACCORDING.search(before) or _ACCORDING.search(after)
    if named is not None:
        return _name(named["who"])
    behind = re.search(rf"[,”\"]\s*(?P<who>[^,.;:!?“”\"()]{{2,90}}?)\s+(?P<verb>{_SAYS})\s*[.”\"]?\s*(?:$|[.:;,])", after)
    if behind is not None:
        return _name(behind["who"])
    turned = re.search(rf"[,”\"]\s*(?:said|says|reported|added|according to)\s+(?P<who>[^,.;:!?“”\"()]{{2,90}})", after)
    return _name(turned["who"]) if turned else None


def _last_subject(before: str) -> str | None:
    """Of the last "X said" whose clause the figure stands in."""
    found = None
    for said in _SAID_THAT.finditer(before):
        between = before[said.end() :]
        if re.search(r"[;:!?]|[.](?=\s|$)", between.rstrip(" :“\"")):
            continue
        if said["verb"] in _BOTH_WAYS and not re.match(r"\s*(?:that\b|$)|\s*\S{0,12}\s*$", between):
            continue
        found = _subject(said, before) or found
    if found is None and (passive := _PASSIVE.search(before)):
        return _name(before[: passive.start()].rpartition(".")[2].partition(",")[0])
    return found


def _subject(said: re.Match[str], before: str) -> str | None:
    """Who stands before the verb; "Anna Berg, 52, said" is Anna Berg, and "some estimates suggest" estimates."""
    who = said["who"].strip()
    if re.match(rf"\s+{_SAYS}\b", before[said.end() :]):
        who = f"{who} {said['verb']}"
    if who.isdecimal():
        who = before[max(0, said.start("who") - 90) : said.start("who")].rstrip(", ").rpartition(",")[2]
        who = re.split(r"[.;:!?“”\"()]", who)[-1]
    return _name(who)


def _of_quotation(paragraph: str, at: int) -> str | None:
    """Who speaks the quotation around a place: "…," X said; said X; or X said: "…"."""
    end = paragraph.find("”", at)
    end = paragraph.find('"', at) if end < 0 else end
    if 0 <= end:
        after = paragraph[end + 1 : end + 160]
        plain = re.match(rf"\s*(?P<who>[^,.;:!?“”\"()]{{1,90}}?)\s+(?:reportedly |later |also )?(?P<verb>{_SAYS})\b", after)
        turned = _INVERTED.match(after)
        found = turned or plain
        if found is not None:
            return _name(found["who"])
    said = list(_SAID_THAT.finditer(paragraph[:at]))
    return _subject(said[-1], paragraph[:at]) if said else None


def _between_marks(paragraph: str, at: int) -> bool:
    """Whether a place stands between quotation marks of its paragraph; one left open runs to its end."""
    before = paragraph[max(0, at - _LONGEST_QUOTATION) : at]
    opened, closed = before.rfind("“"), before.rfind("”")
    if opened > closed:
        return True
    return before.count('"') % 2 == 1


def _named_before(text: str) -> str | None:
    """The last one who is named as speaking, by a name and not by a pronoun."""
    for said in reversed(list(_SAID_THAT.finditer(text[-_LONGEST_QUOTATION:]))):
        name = _name(said["who"])
        if name and name.split()[0].lower() not in _PRONOUNS:
            return name
    return None


def _name(words: str) -> str | None:
    """The words as a name: without what leads into them; None where they are no name."""
    words = " ".join(words.split())
    shorter = _DROP.sub("", words)
    words = shorter or words
    if len(words.split()) > _MOST_WORDS:
        return None
    words = _TAIL.sub("", words) if len(words.split()) > 2 else words
    return words.strip(" -–—'’") or None
