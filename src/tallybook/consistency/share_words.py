"""Words that draw a share from the numbers before it, or bring another group, time or place in."""

from __future__ import annotations

import re

from tallybook.consistency.any_case import AnyCase

_HEDGE = r"(?:about |some |around |roughly |nearly |almost |exactly |just |only |over |fully |some )?"
_RATE = (
    r"(?:rate|share|proportion|turn-?out|percentage|ratio|quota|take-?up|response|occupancy|attendance"
    r"|majority)"
)
MARKED = AnyCase(
    rf"(?:,? or |[,;]? ?\(|,? [–—] |—|, that is,? |, that['’]s |, i\.e\.,? |, which (?:is|was|makes"
    rf"|means) |, (?=$)"
    rf"|, (?:being|making|giving|for|a|an) (?:[a-z-]+ ){{0,3}}?(?:{_RATE} (?:of|,|at) )?|[;,] at |: (?=$))"
    rf"(?:an? |the )?{_HEDGE}$",
)
"""Between a part or whole and its share: ", or", "(", "; at"."""
ACCOUNTS_FOR = AnyCase(
    r"\b(?:account(?:s|ed|ing)? for|ma(?:de|kes?|king) up|represent(?:s|ed|ing)?|constitut(?:es?|ed|ing)"
    r"|amount(?:s|ed|ing)? to|equal(?:s|led|ed)?|compris(?:es?|ed|ing)|form(?:s|ed|ing)?|came to|comes to)"
    rf" {_HEDGE}$",
)
THAT_IS = AnyCase(
    r"\b(?:(?:that|this|it|which|these|those)(?:['’]s| is| was| makes?| made| means?| meant| comes to"
    r"| came to|"
    r" equals| works out (?:at|as)| amounts to| amounted to| represents| would be| are| were| gives| gave|"
    r" comes out at)|in other words,?|put another way,?|that is to say,?|i\.e\.,?|equivalent to"
    r"|the equivalent of) "
    rf"(?:an? |the )?(?:[a-z-]+ )?(?:{_RATE} of )?{_HEDGE}$",
)
"""Before a number that says the same as those before: "That is"."""
IN_OTHER_WORDS = AnyCase(
    r"\b(?:in other words|that is to say|put (?:another way|differently)|to put it another way|i\.e\.)",
)
NAMED_RATE = AnyCase(
    rf"\b(?:the|an?|its|their|his|her|this|that|such an?) (?:[a-z-]+ ){{0,3}}{_RATE} "
    rf"(?:of|was|is|being|at|stands at|stood at|comes to|came to|works out at|reached) {_HEDGE}$",
)
BEHIND_RATE = AnyCase(
    rf",? (?:(?:the|a|this|that) (?:[a-z-]+ ){{0,2}}{_RATE}\b|(?:success|failure|pass|error|response) rate)",
)
AS_A_NUMBER = re.compile(
    r"[,”\"’']? ?(?:is|was|isn['’]t|wasn['’]t) (?:not|no|hardly|scarcely|still|an?|the (?:worst|best|highest"
    r"|lowest|most|least|kind|sort)|too|far|simply"
    r"|just|quite|"
    r"nothing|more than|less than|better|worse|carelessness|[a-z]+(?:ness|able|ible|ful|ous))\b"
)
"""Behind a share that is spoken of as a number: "15% is too much"."""
IF_SO_MANY = AnyCase(rf"\b(?:when|if|with) {_HEDGE}$")
THEM = AnyCase(r"^(?:all )?(?:them|these|those|whom|which|it|that|this)$|^(?:these|those|this|that) ")
ALL_OF_IT = AnyCase(
    r"^(?:the |its |their |all |our |his |her )?(?:total|lot|whole|number|sum"
    r"|entire [a-z]+|overall total)s?\b",
)
OPENS_WHOLE = AnyCase(
    r"(?:\b(?:of|out of|among|amongst|from|in|between)(?: all)?(?: of)?|\b(?:surveyed|polled|tested"
    r"|checked|inspected|"
    r"examined|screened|questioned|interviewed|looked at|visited|studied|sampled|asked|counted|owns?|has"
    r"|have|had|"
    r"employs?|employed|employing|runs?|ran|operates?|sat|saw|treated|received|got|made|sold|bought"
    r"|issued|fielded|"
    r"affects?|affected|covers?|covered|included?|lists?|listed|holds?|held))"
    r"(?: (?:the|its|their|his|her|our|those|these|a total of|all|some|about|as many as|just"
    r"|only))*(?: [\w’'-]+){0,2} $",
)
"""Before a number of which others are said to be a part: "of the", "an audit of", "looked at"."""
RESTATED = re.compile(r"(?:^|[.;“\"] ?|\band )(?:The|Its|Their|All|These|Those|the|all) $")
COUNTED = AnyCase(
    r"\b(?:counted|found|listed|recorded|logged|put (?:them|it|the number|the figure) at|came to|numbered"
    r"|numbering) "
    rf"{_HEDGE}(?:the |all )?$",
)
OTHER_WHOLE = AnyCase(
    r"\b(?:turnout|occupancy|inflation|interest|a discount|a margin) (?:of|at) (?:[a-z]+ )?$"
)
"""Before a share of something else than what is counted: "41 of 60 voted for it, on a turnout of 86%"."""
OTHER_GROUP = AnyCase(
    r"\b(?:(?<!more )(?<!less )(?<!fewer )(?<!other )than|compared|versus|against|another"
    r"|others?(?! words)|previous(?:ly)?"
    r"|(?:year|month|week) (?:before|earlier|ago)|last (?:year|month|week)['’]s|next|plus|additional"
    r"|further|extra"
    r"|elsewhere|remaining|the rest|but|while|whereas|although|though|expected|alone|up from|down from"
    r"|national(?:ly)?"
    r"|average|target|limit|threshold|quorum|mark|not true|untrue|false|wrong|claim(?:s|ed)?|myth|in fact"
    r"|actually"
    r"|instead|meanwhile|among (?:men|women|boys|girls|children|adults|those)|forecast"
    r"|planned|would|might|should|wanted|hopes?|hoped|per (?!cent\b)|each)\b",
)
"""Words of another time, group, place or plan, by which a share may be of something else."""
