"""Words that say something, by their stems: whether two sentences speak of the same.

>>> content("All 16 rescued sailors were in good health")
['rescu', 'sailor', 'good', 'health']
"""

from __future__ import annotations

import re
from functools import lru_cache

from tallybook.consistency.printed_numbers import word_set

_WORD = re.compile(r"[^\W\d_]+|\b\d{4}\b")
AUXILIARIES = word_set(
    """
    is are was were be been being am has have had having will would shall should can could may might must do
    does did isn’t wasn’t aren’t weren’t
    """
)
RELATIVES = word_set("who whom whose that which")
DIMENSIONS = word_set("long tall high deep wide thick heavy strong old broad length height")
PRONOUNS = word_set("it they we he she you i")
ADVERBIAL = word_set("for without by despite because while when as if to into")
CONTACT = word_set("it they we he she you i the a an its their his her our this")
PREPOSITIONS = word_set(
    """
    in on at near during after before from by since with without for of to into under over inside outside
    aboard between among around through across off against about per via within
    """
)
SMALL = word_set(
    """
    a an the and or but not no nor so as if then than there here this that these those all each both its
    their his her our it they we he she you i who whom whose which what when where while said says say more
    most very just only about also any some such up out to of in on at by for from with was were is are be
    been has have had will would can could may must do did does
    """
)
APART = word_set(
    """
    another other others second third fourth further additional different separate still remaining earlier
    previous previously formerly initially originally initial original corrected correct revised updated
    instead rather meanwhile now more fewer less rose fell risen fallen grown grew first aftershock
    estimated estimate projected forecast expects expected proposed demanded wanted sought
    asked requested rival rivals
    """
)
_FORMS = word_set(
    """
        injur:hurt,wound die:dead,di,dy,death,kill lose:lost
        spend:spent,paid,pay,cost,buy,bought,purchas,acquir,acquisition
        hold:held draw:drawn,drew take:taken,took build:built win:won sell:sold
        catch:caught surviv:survivor length:long height:tall,high strike:struck,stricken
        steal:stolen,stole,thief,thiev,theft,burglar,robber,robb
        merger:merg
        person:people,peopl child:children man:men woman:women
        turnout:turn send:sent leave:left give:given,gave make:made
    """
)
_SAME = {form: entry.partition(":")[0] for entry in _FORMS for form in entry.partition(":")[2].split(",")}
"""Forms of a word, and words for one thing: "hurt" and "wounded" are "injured"."""
_ENDINGS = ("ies", "ing", "ed", "es", "s", "e")


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending, and one of several words for one thing: "wounded" and "hurt" are "injur"."""
    lowered = word.lower().replace("’s", "").replace("'s", "")
    found = _SAME.get(lowered)
    if found is not None:
        return found
    for ending in _ENDINGS:
        if lowered.endswith(ending) and len(lowered) - len(ending) >= 3:
            lowered = lowered[: -len(ending)]
            break
    if len(lowered) > 4 and lowered[-1] == lowered[-2] and lowered[-1] not in "ls":
        lowered = lowered[:-1]
    return _SAME.get(lowered, lowered)


def content(words: str) -> list[str]:
    """The stems of the words of a text that say something, and its years."""
    found = (word.lower() for word in _WORD.findall(words))
    return [stem(word) for word in found if word not in SMALL and (len(word) > 2 or word.isdigit())]


_MONTH_NAMES = word_set(
    "january february march april may june july august september october november december"
)
MONTHS = frozenset(stem(word) for word in _MONTH_NAMES)
