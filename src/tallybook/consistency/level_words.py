"""The words beside a level of a change: those that make it the former one or the one reached, and those by
which it is none (a plan, a wish, a second thing that somebody did)."""

from __future__ import annotations

import re

from tallybook.consistency.any_case import AnyCase

# A second thing that somebody did: "dropped six points from 42 and conceded 11 goals". So is "… and 3 from".
AND_DID = re.compile(
    r",? and (?:have |has |had |then |also )?(?:(?!need|reached|ended|closed|finished)[a-z]+ed|let|won|lost|"
    r"made|took|gave|got|kept|put|sold|shot|beat|bought|built|found|left|met|paid|sent|spent|threw|wrote)\b"
)
# What makes a change a wish, and no result: "promised to halve".
WISH = AnyCase(
    r"\b(?:promis|pledg|plan|aim|want|hop|target|vow|intend|seek|propos|try|tri)\w* (?:to|for|of) "
    r"(?:\w+ ){0,6}$",
)
# What the change is measured against, if not a level: "6% more than planned".
PLANNED = AnyCase(
    r" (?:\w+ ){0,2}(?:than|of|on|below|above|from) (?:(?:\w+ ){1,3}(?:foretold|predicted|foreseen|expected|"
    r"forecast|feared|hoped|"
    r"promised|planned|budgeted)\b|(?:(?:had been|was|were|is|are|it|they|the|its|their) ){0,2}"
    r"(?:plan|expect|forecast|budget|predict|hop|target|average|norm|usual|anticipat|need|allow|requir|"
    r"(?:built|meant|designed|intended|made|fit|equipped|staffed) (?:for|to)\b|licen[cs]ed|authori[sz]ed|"
    r"certif|rated))",
)
FILLER = (
    r"(?:(?:the|a|an|its|his|her|their|our|that of|those of|this|last|revised|year['’]s|month['’]s|"
    r"season['’]s|summer['’]s|week['’]s|quarter['’]s|earlier|previous|former|original|initial|old|record|"
    r"about|some|just|only|around|nearly|planned|expected|predicted|projected|budgeted|promised|usual|normal|"
    r"(?:(?:forecast|estimate|prediction|projection|expectation)s?|budget|plan|norm|total|figure|level|peak|"
    r"count|number|high|low|record|target|price|value) of|"
    r"(?:average|tally|toll|rate|share|score) of|\d{4}|making|paying|scoring|taking|"
    r"winning|selling|last year['’]s)\s+){0,4}"
)
# Words directly before a level that make it the former one.
FORMER = AnyCase(
    r"\b(?:from|than|against|compared (?:with|to)|versus|rather than|had been|having (?:stood|been) at|"
    r"had stood at|where it (?:had been|was|stood at)|up on|down on|after|following|instead of|"
    rf"it (?:was|had|stood at))\s+{FILLER}$",
)
# The same, but only directly behind the change: "up 4.1% on the 27.3%", "35% below this year's $5.2 million".
FORMER_BEHIND = AnyCase(rf" (?:on|over|below|above|under)\s+{FILLER}")
# A level of another time, which the change may not start from: "down 0.2 points to 5.1%, compared with 6.3%".
ASIDE = AnyCase(rf"\b(?:compared (?:with|to)|against|versus)\s+{FILLER}$")
# Words directly before a level that make it the one reached.
REACHED = AnyCase(
    r"\b(?:to|reach(?:ed|es|ing)|hit(?:s|ting)?|now|stands? at|stood at|at|to (?:close|stand|end) at)"
    rf"\s+{FILLER}$",
)
# What fell or rose "to" it: the other level was the former one.
LED_TO = re.compile(rf"\b\w+(?:ed|en|own|unk|un|ell|ose|ew|ank|lid|ot|ut) to\s+{FILLER}$")
