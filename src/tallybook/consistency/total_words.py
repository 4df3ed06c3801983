"""Words that call a number the whole of others, and words that bring another whole, time or subject in."""

from __future__ import annotations

import re

from tallybook.consistency.any_case import AnyCase, spaced
from tallybook.consistency.printed_numbers import word_set

_IN_ALL = (
    r"(?:in all|in total|altogether|all told|all in all|taken together|put together|combined|between them)"
)
_TOTAL = r"(?:grand |combined |overall |final |joint |full )?(?:total|sum|tally|aggregate)"
_HEDGE = r"(?:about |some |around |roughly |nearly |almost |exactly |just |only |all )?"
TOTAL_OF = AnyCase(
    rf"\b(?:an?|the|that|this|its|their|his|her|our) {_TOTAL} (?:of|is|was|comes to|came to|being) {_HEDGE}$"
    rf"|\b{_TOTAL}: {_HEDGE}$",
)
"""Before a number: "the total of", "their combined total was"."""
OPENS_IN_ALL = AnyCase(
    rf"^[“\"‘']?(?:{_IN_ALL}|together|overall),? (?:that is |that's |that’s |it is "
    rf"|there (?:are|were) )?"
    rf"(?:[^.;:?!\d]{{0,50}}? )?$",
)
"""From the beginning of a sentence to its number: "All told, the"."""
BEHIND_IN_ALL = AnyCase(rf"(?: [\w’'-]+){{0,5}}?,? {_IN_ALL}\b")
"""Behind a number: "people in all"."""
MAKES = AnyCase(
    r"(?:\bmaking|\btotall?ing|\badding up to|\bcoming to|\bamounting to|\bgiving"
    r"|\b(?:which|that|this|these|those|they|it|together|sum|all|in all|altogether),? (?:together |all "
    r"|in all )?"
    r"(?:makes?|made|comes? to|came to|adds? up to|added up to|amounts? to|amounted to|totals?|totalled"
    r"|totaled|gives?|gave|means?|meant|is|was|are|were)"
    r"|\bso(?: that)?,?|\bthat['’]s) (?:an? |the )?(?:(?:grand |combined )?total (?:of )?)?"
    rf"{_HEDGE}$",
    endings=spaced(
        "making totalling totaling to giving makes make made gives give gave means mean meant is was are "
        "were totals totalled totaled so so, that that, that's that’s an a the total of about some around "
        "roughly nearly almost exactly just only all"
    ),
)
"""Before a number that is drawn from those before it: "which makes", "That comes to"."""
MADE_OF = AnyCase(
    r"\b(?:made up of|mak(?:es?|ing) up|consist(?:s|ed|ing)? of|compos(?:ed|es|ing) of|compris(?:es|ed"
    r"|ing|e)(?: of)?"
    r"|(?:divided|split|shared|parcelled|carved)(?: up| out)? (?:in)?(?:to|between|among|amongst)"
    r"|(?:breaks?|broken|broke|breaking) down (?:in)?(?:to|as)|namely|viz\.?|that is to say)\b[^;.\d]{0,30}$",
)
TOGETHER = AnyCase(
    r"\b(?:together|between them|jointly|in all|all told|altogether),? (?:they"
    r"|the (?:two|three|four|five|six|pair|trio|lot)"
    rf"|these|those|we|it) (?:[a-z]+ ){{1,3}}{_HEDGE}$",
)
"""Before a number that is what those before it come to: "together they polled"."""
OTHER_WHOLE = AnyCase(
    r"^(?:,? [\w’'-]+){0,2}?,? (?:for|over|in(?! all| total)|during|across|since|so far|to date|this|last|"
    r"including|with|when|after|before|plus|nationwide|worldwide|or so|a|per|at|by|of the)\b",
)
"""Behind a number: what says that it is the whole of a longer time or a wider place."""
STRAYS = AnyCase(
    r"\b(?:includ\w+|among|than|compared|against|versus|of (?:which|whom|these|those)|each|every|apiece|"
    r"per|so far|since|averag\w+|means?|median|largest|biggest|smallest|dearest|top|main|chief|"
    r"mostly|mainly|chiefly|alone|expect\w*|forecast\w*|plans|planned|target\w*|budgeted|hop(?:e[sd]?"
    r"|ing)|pledg\w+|"
    r"promis\w+|meanwhile|elsewhere|while|whereas|although|though|but|despite|unlike|previous\w*|"
    r"earlier|respectively|not|never|until|up from|down from|again|at least|up to|"
    r"some of|others|many|several|other than|besides|apart from|as well)\b",
)
"""Words of another subject, time or plan, or of a list that leaves some out."""
SIGNS = AnyCase(
    r"\b(?:less|minus|lost|loss|losses|left|leaving|paid back|returned|refunded|repaid|withdr[ae]wn?"
    r"|sold off)\b",
)
"""Between parts: that one is taken away and not added."""
GENERIC = word_set(
    """
    item thing piece animal person people vehicle case object entry casualty victim medal unit head creature
    beast bird craft vessel machine book document member staff employee worker passenger individual guest
    visitor customer patient place point goal place resident good product offence crime call incident meal
    ticket vote page building property home plant tree award prize document soul adult child
    """
)
"""Nouns that hold others: "84,000 books and 6,200 films, 90,200 items"."""
NUMBER_OF_PARTS = word_set(
    """
    thing part piece kind sort type group class category item section element component block chunk stage
    phase instalment installment way party region site place project area purpose team ward branch hall
    """
)
PARALLEL = re.compile(r"^(?: [\w’'-]+){0,3}? (to|for|from|in|at|on|by|under|against|as|with|of|towards) ")
ONE_AND_ANOTHER = re.compile(r",|;| and | – | — |\)|\. ")
NET = AnyCase(
    r"\b(?:profits?|loss(?:es)?|net|deficit|surplus|gains?|charges?|write\w*|returns?|earnings|income"
    r"|balance|"
    r"change|rise|fall|increase|up|down|rose|fell|saved?|savings?)\b",
)
"""Amounts that may be a difference, and so less than what they include."""
COMING = AnyCase(
    r"\b(?:another|further|more|additional|extra|got on|boarded|joined|arrived|(?:was|were) (?:added|born"
    r"|hired)"
    r"|came (?:in|on|aboard)|took on|bought|bred|hired|recruited)\b",
)
"""Who comes is no part of those who were there."""
ALL_OF_THEM = AnyCase(
    r"\b(?:all|both|either|each|every one|one or (?:the )?other|those two|these two|nobody else"
    r"|no others?|nothing else"
    r"|none (?:was|were)|and that (?:is|was) all)\b",
)
"""Behind a list: that nothing is missing from it."""
CLOSED = AnyCase(
    r"\b(?:no others?|nobody else|nothing else|none (?:was|were)|no (?:\w+ )?(?:papers?|ballots?"
    r"|votes?) (?:was|were)"
    r"|and that (?:is|was) all)\b",
)
"""Behind a list: that there is nothing else."""
