"""Words around the percentages and fractions of a text that say whether they are the parts of one whole."""

from __future__ import annotations

import re

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.printed_numbers import word_set

# Words which show that the percentages of a list are not parts of one whole.
NOT_PARTS = word_set(
    """
    from to than compared versus vs against up down rose rises rise fell falls fall grew grow increased
    increase decreased decrease dropped drop gained lost cut raised over under above below before after
    although but despite respectively chance likely margin error rate inflation interest unemployment growth
    turnout tax stake discount off ago year years month months week quarter each also too including among
    """
)
BEFORE_A_LIST = word_set("among over under to from year after before each")
CHANGES = AnyCase(
    r"\b(?:rose|rises?|fell|falls?|grew|grow|grown|increas\w+|decreas\w+|drop(?:ped|s)?"
    r"|(?<!made )(?<!make )(?<!makes )(?<!king )up(?= (?:by|from|on|to|in|half|a|more|nearly|about"
    r"|almost|over|sharply|slightly)\b| \d)|(?<!breaks )(?<!break )(?<!broken )(?<!breaking )down"
    r"|from \d\S* (?:%|per ?cent) to"
    r"|compared|versus|respectively|margin|inflation|unemployment|interest|discount|chance|likely"
    r"|also|too|including"
    r"|both|than|together(?! (?:on|at|for|having|making|holding|taking|ha[sd]|have|made?|supply|supplied"
    r"|account\w*|provid\w+|t[ao]ke?|took|hold|held|w[io]n|produc\w+|gave|got)\b)|combined|of all kinds"
    r"|in (?:19|20)\d\d|while those)\b|\b(?:last|previous"
    r"|next) (?:year|month) (?:and|to)\b",
)
SEVERAL_ANSWERS = AnyCase(
    r"\b(?:multiple|more than one|several answers|at least one|all that apply|overlap\w*"
    r"|up to (?:two|three|four|five)"
    r"|(?:name|choose|pick|give|list|tick|select) (?:two|three|four|five|several|as many)|(?:two"
    r"|three|several) each"
    r"|respectively|polls|surveys|elections)\b",
)
UNDECIDED = AnyCase(r"\b(?:undecided|abstain(?:ed|ing)?)\b")
REST = AnyCase(
    r"\b(?:the rest|the remaining|the remainder|the other|the balance)(?:,? (?:of|is|was|some|about"
    r"|or|being|at|–|—|\()){0,2}"
    r"[ ,:(–—-]{0,3}$|\b(?:remaining|other|final|last)\s$",
)
REST_WITHOUT = AnyCase(r"\b(?:the rest|the remaining|the remainder|the other|the balance)\b")
REST_SHARE = AnyCase(
    r"[^.;%]{0,60}\bthe remaining (?:one[ -])?(half|third|quarter|fifth|sixth|eighth"
    r"|tenth)\b",
)
SHARE_OF = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
ONE_EACH = AnyCase(
    r"\b(?:their|his|her|one|its|your|whose|the most|a) (?:single )?(?:main|chief|favou?rite|preferred"
    r"|first choice|usual|principal|primary|important)\b|\bfirst choice\b"
    r"|\bone (?:answer|choice|[a-z]+ (?:only|each)|vote)\b|\bonly one\b|^By [a-z-]+(?: [a-z]+)?, "
    r"|\bcast (?:their|its|his|a) (?:ballots?|votes?)\b|\b(?:full marks|failing)\b|\bfailed[.,]"
    r"|\b(?:would|will|to|had) voted? for\b|\bwhich (?:party|candidate)\b"
    r"|\bspoil(?:ed|t) (?:their |its )?(?:ballots?|votes?|papers?)\b",
)
GRADES = re.compile(r"\ban? A\b.*\ba B\b", re.DOTALL)
WHOLLY = AnyCase(
    r"\b(?:wholly|entirely|fully) (?:owned|held|divided|made)\b"
    r"|\b(?:split|divided|shared)(?: out| up)? (?:between|among)\b",
)
MADE_OF = AnyCase(
    r"\b(?:alloy|soil|mixture|mix|blend|fabric|cloth|air|atmosphere|dough|feed|concrete|bronze"
    r"|brass|compost|fertili[sz]er"
    r"|solution|gas|body|cheese|flour) (?:is|was|are|contains|consists of|is made (?:up )?of) (?:about )?$"
    r"|\b(?:consists?|made(?: up)?|composed) of (?:about )?$",
)
TO_BLAME = re.compile(r" (?:to blame|at fault|responsible|liable)\b")
GOES_TO = re.compile(
    r"\b(?:goes (?:to|on)|went (?:to|on)|(?:is|was) (?:spent on|made up of|divided|split|shared)|consists of"
    r"|splits? into|breaks down|comes from|came from)\b"
)
CAME_FROM = re.compile(r"\b(?:came|come|comes|hail|arrived|were born) (?:from|in)\b")
SUPPLIES = AnyCase(
    r"\b(?:suppl(?:y|ies|ied|ying)|provid(?:es?|ed|ing)|account(?:s|ed|ing)? for|ma(?:de|kes?"
    r"|king) up|generat(?:es?|ed|ing)"
    r"|produc(?:es?|ed|ing)|w[io]ns?|winning|t(?:ook|akes?|aken|aking)|receiv(?:es?|ed|ing)"
    r"|g[eo]ts?|secured|polled"
    r"|claim(?:s|ed)|captured|owns?|owned|owning|holds?|held|holding|pays?|paid|paying"
    r"|contribut(?:es?|ed|ing)"
    r"|represent(?:s|ed)|form(?:s|ed)|constitut(?:es?|ed)|compris(?:es?|ed)|garnered|delivered|did|does"
    r"|do|performed|carr(?:y|ies|ied)|handled|used|uses?|consumed?|consumes"
    r"|covered|covers|met"
    r"|earned|collected|(?:was|were|is|are) (?:produced|supplied|generated|owned|held|paid|provided) by) "
    r"(?:just |only |about |some |nearly |over |roughly )?$",
)
OF_ONE = re.compile(r" of (?:the |all |its |his |her |their |valid |total )?[\w’'-]+")
OWN_PLACE = AnyCase(r"^\s*(?:and )?(?:in|among|for|at|during|on)\b")
TWO = AnyCase(
    r"\btwo[ -](?:candidate|way|horse|person|man|woman|party)\b|\brun[ -]?off\b"
    r"|\bhead[ -]to[ -]head\b|\bonly (?:rival|opponent|challenger)\b",
)
ELSEWHERE = re.compile(r" (?:in|at|among) (?!the (?:two|run|second|final|head))")
TO_THE_OTHER = re.compile(
    r" of (?:the )?(?:valid )?votes?(?: cast)?,? (?:(?:and|to|against|while"
    r"|with) )?(?:[\w’'-]+ ){1,6}?(?:(?:took|got|had|won|received|on|with|and) )?"
)
OPPOSITES = [
    *(
        {"favour", "against"},
        {"favor", "against"},
        {"leave", "remain"},
        {"leave", "stay"},
        {"accept", "reject"},
    ),
    *({"backed", "rejected"}, {"accepted", "rejected"}, {"approved", "rejected"}, {"backed", "against"}),
    *({"yes", "no"}, {"approve", "disapprove"}, {"approved", "disapproved"}, {"agree", "disagree"}),
    *({"support", "oppose"}, {"supported", "opposed"}, {"favor", "oppose"}, {"favour", "oppose"}),
    *({"for", "against"}, {"approves", "disapproves"}, {"backed", "opposed"}, {"satisfied", "dissatisfied"}),
]
FOR_AND_AGAINST = re.compile(r"\bfor\b[,; ].{0,40}\bagainst\b", re.DOTALL)
OF_SO_MANY = AnyCase(
    r"\b(?:splits?|splitting|divide[sd]?|dividing|share[sd]?|sharing|carve[sd]? up|cuts?|parcel(?:s"
    r"|led) out)\b[^.;:%]{0,30}? (two|three|four|five|six|seven|\d) ways\b"
    r"|\b(two|three|four|five|six|seven)-way (?:split|share|division)\b"
    r"|\b(two|three|four|five|six|seven|eight|nine|ten|\d) (?:[a-z-]+ )?(?:part(?:ie|ner)s|grapes"
    r"|parts|owners|shareholders"
    r"|ingredients|components|sources|fuels|candidates|camps|investors)\b"
    r"[^.;:%]{0,40}:",
)
"""Words that say how many parts there are: "split three ways", "blended from three grapes: "."""
NUMBERS = {
    word: number
    for number, word in enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 2)
}
NOTHING_ELSE = AnyCase(
    r"\b(?:(?:and|there is|there was|with) nothing (?:else|more)|adds? up to|that is all|in full"
    r"|the whole of|nobody else|no[ -]one else|no others?|the only (?:two|three|four|five) [a-z]+"
    r"|between (?:just|only) (?:two|three|four|five)|among (?:just|only) (?:three|four|five))\b",
)
ALL_ELSE = AnyCase(
    r"\b(?:everything|everyone|everybody|anything|anyone|anybody|all|something|somebody|someone) else"
    r"(?:,| on| with| at| for| taking| making up| made up| took| got| had)? $"
    r"|\b(?:other (?:sources|fuels|uses|causes|things|parties|candidates|countries|products|crops|users"
    r"|lenders"
    r"|reasons|kinds|types|makes|brands|modes|faiths|religions|nationalities|groups)"
    r"|(?:all |the )?others|sundries|miscellan\w+)(?:,| on| with| at)? $",
)
"""Before the last percentage: what is left of a whole, as one of its parts."""
ALL_OTHERS = AnyCase(r"\bevery(?:one|body) else(?:,| on| with| at| said| took| got| had)? $")
"""The same of people: "everyone else, 15%, by train"."""
ELSE_BEHIND = AnyCase(
    r" (?:(?:in|from|to|of|by|for|on|went to|came from|with) )?(?:(?:the )?rest of [\w’' -]{3,24}"
    r"|everything else"
    r"|every(?:one|body) else|something else|somewhere else|elsewhere|other [a-z]+)(?:[.,;”]|$)",
)
"""Behind the last percentage: "in the rest of the world"."""
THE_REST_IN_WORDS = AnyCase(
    r"\bthe (?:remaining|other|last|final|rest,? an?|rest, one) (?:one[ -])?"
    r"(half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)\b",
)
RESULT = AnyCase(
    r"\b(?:result|count|tally|referendum|plebiscite|ballot|election|vote|votes|run-?off|plurality)\b",
)
OF_THE_VOTE_IN = re.compile(r"\b(?:polled|won|scored|took|got|received|support|popular)\b")
IN_A_PLACE = re.compile(
    r" (?:in|on|at|among) (?:the )?(?:[A-Z]|north|south|east|west|capital|cit|town|countr|rural"
    r"|urban|suburb|coast|village"
    r"|provinc|men|women|young|old)"
)
