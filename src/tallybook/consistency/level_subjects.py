"""Whether a sentence goes on about what the sentence of a change spoke of, as its opening words tell.

It does if it opens with a pronoun ("it stood at"), with somebody who counts ("officers logged", "the
station dealt with"), or with a noun of the change's sentence; not if it opens with another place, another
name or "a teacher".
"""

from __future__ import annotations

import re

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.same_words import content
from tallybook.reading import Mention

_LONGEST = 200
_LEAST = 12
"""Fewer characters in front of a figure name no subject."""
_OPENING = AnyCase(
    r"[\s“”\"'‘’(–—:;-]*(?:(?:and|but|so|yet|or|now|then|today|still|only|just|even|overall|in all|since),? "
    r"){0,2}",
)
_WHEN = AnyCase(
    r"(?:(?:in|on|at|by|with|before|after|since|until|back|during|over|from|between|last|this|the (?:year|"
    r"month|week|season|summer|winter|"
    r"spring|autumn|day|night|previous|same|first|second)|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\d+|"
    r"some|barely|just|only|about|twelve|early|late|once|when|while|where|then|now|today|previously|formerly|originally)\b"
    r"[^,;:“”]{0,48}?, ?|"
    r"(?:in|since|by|of|until|before|after|during) (?:(?:early|late|mid-?) ?)?(?:(?:January|February|March|"
    r"April|May|June|July|"
    r"August|September|October|November|December) ?)?(?:(?:1[5-9]|20)\d\d|the (?:\w+ )?(?:year|month|week|"
    r"season|summer|winter|spring|"
    r"autumn|quarter|half|decade|survey|poll|census)s?(?: of \w+| before| earlier)?|(?:last|this) \w+) |"
    r"(?:in|since|by|until) (?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|"
    r"spring|summer|autumn|winter|Christmas|Easter) |"
    r"(?:last|this|the previous|the same) (?:year|month|week|season|summer|winter|spring|autumn|time) |"
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\d+) (?:\w+ )?(?:year|month|"
    r"week|day|decade|season)s? (?:ago|before|"
    r"earlier) |(?:back then|then|now|today|before that|until then|at the (?:start|time|end|outset)|in "
    r"those days|these days) )",
)
_PLACED = re.compile(
    r"\b(?:in|at|across|around|near|outside|within|throughout|among|for) (?:(?:the|neighbou?ring|nearby) "
    r")*(?!(?:January|February|March|April|May|"
    r"June|July|August|September|October|November|December|Christmas|Easter|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|"
    r"Sunday)\b)([A-Z][\w’'-]+)"
)
_PRONOUN = AnyCase(
    r"(?:it|they|there|that|this|these|those|he|she|we|i|you|its|their|his|her|our|my|here|which|who|both)\b",
)
_SAME = re.compile(
    r"(?:the|that|this) (?:\w+ )?(?:figures?|numbers?|totals?|counts?|tally|average|rates?|shares?|levels?|"
    r"price|bill|toll|queue|list|"
    r"best|record|ones?)\b|(?:numbers|figures|prices)\b",
    re.IGNORECASE,
)
_INSTITUTION = (
    r"(?:council|company|firm|club|charity|trust|school|hospital|authority|force|station|agency|department|service|office|ministry|"
    r"group|union|university|museum|library|society|board|brigade|clinic|surgery|college|church|parish|team|crew|owner|manager|"
    r"airline|brewery|orchard|farm|plant|mill|mine|port|harbour|hotel|restaurant|shop|store|zoo|theatre|park|festival|show|bank|"
    r"association|federation|bureau|court|prison|village|town|city|county|district|state|region|borough|country|survey|census|"
    r"register|records?|books|accounts|operator|organis\w+|police|staff|lifeboat|site|line|route|scheme|centre|center|branch|unit|ward|"
    r"practice|depot|factory|works|garden|castle|cinema|arena|stadium|pool|market|fair|choir|band|orchestra|league|regiment|army|"
    r"navy|coastguard|fleet|chain|network|programme|program|project|fund|foundation)"
)
_AGENT = AnyCase(
    rf"(?:the|that|this) (?:[\w’'-]+ ){{0,2}}?{_INSTITUTION}\b(?!['’])|(?:(?:the|some|most|all|local|"
    rf"property|police|its) )*"
    r"(?:[\w-]+(?:ers|ors|ists|ians|men|women)|police|staff|crews?|teams?|clerks|guards|nurses|officials|rangers|parents|residents|"
    r"experts|scientists|records|accounts|books|statistics|data|members|fans|customers|guests|tenants|passengers|patients|pupils|"
    r"students|households|families|people|visitors|volunteers|boats|crew|courts|schools|hospitals|councils)\b",
)
_SOMEBODY = AnyCase(r"an? (?:[\w-]+ ){0,2}?(?:\w{2,}(?:er|or|ist|ian|man)|woman|nurse|clerk|pupil|student)\b")
_GOODS = AnyCase(r"an? (?!\w+ (?:who|whose)\b)|one\b")
_PRICED = AnyCase(r"\b(?:prices?|costs?|rents?|fees?|fares?|dearer|cheaper|tolls?|charges?)\b")
_SUBGROUP = AnyCase(
    r"(?:people|those|adults|children|pupils|patients|residents|visitors|workers) (?:aged|over|under|with|"
    r"without|who|in|from|of|on)\b|"
    r"(?:the )?(?:men|women|boys|girls|pensioners|teenagers|foreigners|over-\d+s|under-\d+s)\b",
)
# What ends in the verb of a change, and so begins with its subject: "as passenger numbers rose by".
_OWN_CLAUSE = re.compile(
    r"(?:[,;:–—]|\b(?:and|but|as|after|because|with|while|where)) (?:(?:and|but|as|while|with) )?"
    r"(?!(?:so|meaning|thus|hence|therefore)\b)((?:[\w’'-]+ ){1,5}?)"
    r"(?:(?:have|has|had|also|alone|itself|then|only|both) )*"
    r"(?:rose|risen|fell|fallen|gr[eo]wn?|climbed|dropped|jumped|slid|sank|slipped|shrank|shrunk|soared|surged|"
    r"slumped|plunged|increased|decreased|declined|rising|falling|growing|adding|added|"
    r"contribut(?:ing|ed)|(?:was|were|is|are) (?:up|down)) "
    r"(?:(?:by|only|just|about|almost|nearly|some|another|an?|further|around) )*$"
)
_HAD = AnyCase(r"\b(?:had|used to|previously|formerly)\b")


def is_on_subject(text: str, level: Mention, known: str, *, past: bool) -> bool:
    """Whether the opening words of a level's sentence are on the subject of the sentence ``known``.

    ``past``: the level is set beside one of the change's own sentence, so that "had" shows that it is the
    former one.
    """
    start = level.sentence[0]
    head = text[start : min(level.start, start + _LONGEST)]
    opening = _OPENING.match(head)
    at = opening.end() if opening is not None else 0
    if _SOMEBODY.match(head, at):
        return False
    for _ in range(2):
        placed = _PLACED.match(head[at : at + 1].lower() + head[at + 1 :])
        if placed is not None and placed[1] not in known:
            return False
        when = _WHEN.match(head, at)
        if when is None:
            break
        at = when.end()
    lead = head[at:].lstrip("“”\"'‘’ ")
    if _is_elsewhere(lead, known) or _is_subgroup(lead, known):
        return False
    if not lead.strip() or _PRONOUN.match(lead) or _SAME.match(lead):
        return True
    if past and _HAD.search(lead):
        return True
    subject = " ".join(lead.split()[:4])
    if set(content(subject)) & set(content(known)):
        return True
    if _GOODS.match(lead) and _PRICED.search(known):
        return True  # "egg prices …. A dozen that sold for"
    return _AGENT.match(lead) is not None


def opens_with_somebody(text: str, start: int) -> bool:
    """Whether a sentence begins with a person who was not spoken of: "a classroom teacher got"."""
    return _SOMEBODY.match(text, start) is not None


def is_of_its_own(text: str, change: Mention, *levels: Mention) -> bool:
    """Whether a change behind both its levels is that of another subject: "narrowed to £34m from £61m as
    passenger numbers rose 9%"."""
    first, last = min(m.start for m in levels), max(m.end for m in levels)
    if change.start < last or any(m.sentence != change.sentence for m in levels):
        return False
    if first - change.sentence[0] < _LEAST:
        return False  # "up from 830 to 1,079, the colony has grown by"
    found = _OWN_CLAUSE.search(text[max(last, change.start - _LONGEST) : change.start])
    if found is None:
        return False
    subject, start = found[1], change.sentence[0]
    if _PRONOUN.match(subject) or _SAME.match(subject):
        return False
    return not set(content(subject)) & set(content(text[max(start, first - _LONGEST) : first]))


def _is_elsewhere(lead: str, known: str) -> bool:
    """Whether words up to a level name a place that the sentence of the change does not: "the shop in Dean
    Street"."""
    return any(found[1] not in known for found in _PLACED.finditer(lead))


def _is_subgroup(lead: str, known: str) -> bool:
    """Whether a sentence is only of some: "people over 65 made"."""
    found = _SUBGROUP.match(lead)
    return found is not None and found[0].lower() not in known.lower()
