"""What news puts between the words that bind two figures: who said it, quotation marks, a name.

>>> without_asides(", which its owner, Petra Lunn, says comes to ")
', which comes to '
>>> without_asides(". “Over the year,” the treasurer said, “it is ")
'. Over the year, it is '
"""

from __future__ import annotations

import re

SAYS = (
    r"(?:says?|said|saying|tells?|told|adds?(?! up)|added(?! up)|admits?|admitted|reckons?|reckoned|"
    r"estimates?|estimated|"
    r"calculates?|calculated|believes?|believed|claims?|claimed|notes?|noted|points? out|pointed out|"
    r"insists?|insisted|complains?|complained|explains?|explained|boasts?|boasted|recalls?|recalled|"
    r"remembers?|remembered|reports?|reported|writes?|wrote|thinks?|thought|concedes?|conceded|warns?|"
    r"warned|laments?|lamented|argues?|argued|jokes?|joked|sighs?|sighed|finds?|found|states?|stated|"
    r"announce[sd]?|declare[sd]?|maintains?|maintained|confirm(?:s|ed)?|puts? it|acknowledge[sd]?|"
    r"observe[sd]?|remark(?:s|ed)?|reveal(?:s|ed)?|shows?|showed|told)"
)
"""Verbs by which news says who said something, in the tenses that it uses."""
_QUOTES = re.compile(r"[“”\"«»]|(?<!\w)[‘’']|(?<=[,.!?])[’']|[‘’'](?= )")
_WHICH = re.compile(rf"\b(which|that|who),? (?:[^;:.\d]{{1,60}}?) {SAYS},? ", re.IGNORECASE)
_WHO = r"(?:[^,;:.\d]{1,60})"
_SAID = re.compile(
    rf",? ?(?:and |as |or so |but )?{_WHO} {SAYS}(?: {_WHO})?(?=,)"
    rf"|,? ?\b{SAYS} {_WHO}(?:, [^,;:.\d]{{2,60}}){{0,2}}(?=[,.;:])"
    rf"|,? according to {_WHO}(?=[,.;:])|,? by (?:his|her|their|its) own (?:reckoning|account|count|"
    rf"estimate)",
    re.IGNORECASE,
)
_MOST = 300


def without_asides(gap: str) -> str:
    """The words between two figures without those that only tell who said them; long ones as they are."""
    if len(gap) > _MOST:
        return gap
    plain = _QUOTES.sub("", gap)
    plain = _WHICH.sub(r"\1 ", plain)
    plain = _SAID.sub("", plain)
    return re.sub(r",(?: ?,)+", ",", re.sub(r" {2,}", " ", plain))
