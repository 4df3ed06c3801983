"""Words that say what begins at a date and what ends at one, and that a figure is a length of time."""

from __future__ import annotations

import re

from tallybook.consistency.any_case import AnyCase

BEGUN = AnyCase(
    r"\b(?:beg[au]n|begins?|start(?:s|ed)?|open(?:s|ed)?|launched|founded|built|established|t(?:ook"
    r"|aken) (?:office|over|up"
    r"|charge|power|off|hostage|(?:the |his |her )?(?:oath|throne|helm|reins|crown|chair|job|post))"
    r"|joined|arrested|jailed|seized|captured|kidnapped|abducted|detained"
    r"|imprisoned"
    r"|sentenced|held|missing|lost|vanished|since|lifted off|set (?:out|off|sail)|issued|imposed|declared"
    r"|reported|elected|appointed|crowned|enthroned|came to (?:power|office)|close[sd]?|shut"
    r"|married|introduced"
    r"|created|hired|left|sailed|departed|entered|broke out|erected|completed|inaugurated|commissioned"
    r"|sworn in|raised|clocked (?:on|in)"
    r"|went on (?:air|sale|show)|taken|grounded|blocked|cut off|evacuated|quarantined"
    r"|occupied|invaded"
    r"|moved in|came into (?:force|being|use)|unveiled|planted|boarded"
    r"|kicked off|convened|admitted"
    r"|walked out|went (?:out|in|up|down|into|missing|off)|set in|got under way|under way|came in"
    r"|blocked|failed"
    r"|proclaimed|sealed|abolished|handcuffed|stopped|boarded|caught fire|convicted"
    r"|put (?:up|in|on|behind)|due"
    r"|scheduled|appeared|first [a-z]+|begin|armistice|outbreak"
    r"|(?:fell|went) (?:silent|dark|quiet)|inherited|ascended|acceded|rented|formed|broke down"
    r"|stranded|marooned|trapped|rolled up|laid|inside"
    r"|took to|checked in|signed (?:on|up)|made (?:mayor|king|queen|chairman|captain|head)|became|adrift"
    r"|opens|starts|took effect|takes effect|set sail|switched on|turned on|"
    r"connected|hoisted"
    r"|sunk|(?:was|were|first) lit|buried|entombed|trapped|dug|installed|licensed|chartered|settled in|"
    r"signed up"
    r"|enlisted|enrolled|interned|exiled|banned|suspended|signed|settled|dived|plunged|in (?:use"
    r"|office|power))\b",
)
OVER = AnyCase(
    r"\b(?:end(?:s|ed)?|close[sd]?|shut|finish(?:ed|es)|stopped|lifted|reopen(?:s|ed)|released"
    r"|freed|returned|retire[sd]?"
    r"|resign(?:s|ed)|stepp?(?:ed|ing)? down|left|found|reached|arrived|splashed down|landed|demolished"
    r"|torn (?:down|up)|pulled down|switched off|sold|called off|put out|extinguished|quit|abdicated|ousted"
    r"|defeated|deposed|scrapped|decommissioned|abolished|repealed|turned up|rescued|broken|beaten"
    r"|concluded|completed|over|divorced|withdrawn|expired|burned down|sank|cleared|restored|gave|broke up"
    r"|handed over|lapsed|disbanded|dissolved|surrendered|collapsed|went silent|resumed"
    r"|clocked (?:off|out)|hung up|fell silent|dismantled|repaired|back|ashore"
    r"|entered (?:orbit|port)|came home|docked|touched down|emerged|surfaced|adjourned"
    r"|last [a-z]+|final [a-z]+|stood down|moved out|discharged|graduated|halted|evicted|toppled"
    r"|walked free|let go|passed|approved|adopted|signed into law|running again|came on|paroled"
    r"|acquitted|cleared|gave way|broke(?: through)?|came (?:back|through|out|off|down|ashore)"
    r"|scrapped|hung up|folded|wound up|tied up|in the can|went (?:home|out|under|dark)|spotted|pulled out"
    r"|bailed|pardoned|exonerated|revoked|rescinded|played again|opened (?:again|once more"
    r"|its doors again|them again)"
    r"|rang again|reunited|recovered|retirement|reopening|closure|relieved|capitulated|ceased|wrapped"
    r"|checked out|vacated|delivered|crossed the (?:line|border)|got (?:home|back|in|out)|pulled in|armistice"
    r"|fell (?:to (?:[Ee]arth|the ground)|back|apart|vacant)|stripped|sighted|made land(?:fall)?|handed "
    r"(?:it|them|her|him)"
    r"|passed (?:it|them) on|burn(?:ed|t) (?:up|out)|re-?entered|went (?:bust|bankrupt|dead|off air)|bowed "
    r"out|signed off"
    r"|laid down|relinquished|forfeited|was broken|ran out|expires|closes|steps down|retires|leaves|returns"
    r"|abandoned|ran dry|dried up|mothballed|axed|discontinued|demobbed|razed|went dark|parted|widowed"
    r"|brought (?:up|out|ashore|home|back|down|to the surface)|pulled (?:out|free|clear|up)|dug out|hauled "
    r"(?:out|up|ashore)"
    r"|winched|lifted (?:out|off|clear)|carried (?:out|off)|plucked|picked up|lost (?:his|her|its|their) "
    r"(?:seat|job|post|licence)"
    r"|overthrown|until|till|verdict)\b",
)
FROM_IT = AnyCase(
    r"\b(?:from|between) (?:the (?:end|start|beginning|middle) of )?(?:(?:Mon|Tues|Wednes|Thurs|Fri"
    r"|Satur|Sun)day,? )?$"
    r"|\bfrom (?:the|its|his|her|their|an?) [\w’' -]{3,60} (?:in|on|of|at) $",
)
TO_IT = AnyCase(
    r"(?:,[^.;:]{3,70},)? ?(?:to|until|till|and|through|–|—|-) ?(?:(?:Mon|Tues|Wednes|Thurs|Fri"
    r"|Satur|Sun)day,? )?"
    r"|(?:,[^.;:]{3,70},)? (?:to|until|till) (?:the|its|his|her|their|an?) [\w’' -]{3,70} (?:in|on|of|at) ",
)
_HAS = r"(?:(?:had|has|have|having|that|which|who) )?"
LASTS = AnyCase(
    rf"(?:^|[.;:,“\"–—] ?|\b(?:and|but|so|that) )((?:[\w’'-]+ ){{0,5}}?){_HAS}"
    r"(lasted|lasts|took|taken|went on|gone on|dragged on|run|spent|served|spanned|stood|endured"
    r"|survived)(?: for)? $",
)
STAYS = AnyCase(
    r"(?:^|[.;:,“\"–—] ?|\b(?:and|but|so|that) )((?:[\w’'-]+ ){0,4}?)(?:had been|was|were|stayed"
    r"|remained|stood|lay) "
    r"(?:in (?:use|office|power|force|charge|service|command|jail|prison|hospital|business"
    r"|operation|place|space|orbit)"
    r"|(?:open|shut|closed|missing|idle|blocked|cut off|held|stranded|trapped|adrift|silent|dark"
    r"|down|out|off|away|inside"
    r"|abroad|there|absent|occupied|empty|(?:on|at|in|up) the [a-z]+)) for $",
)
LENGTH_OF = AnyCase(
    r"(?:^|[,:;–—(] ?|\b(?:was|is|makes|made|for) )(?:an?|the|her|his|its|their) (?:[a-z]+ ){0,2}?"
    r"(?:career|reign|rule|gap|delay|wait|total|stretch|run|tenure|ordeal|siege|absence|closure|interval|"
    r"span|stay"
    r"|stint|spell|shutdown|silence|strike|lockout|occupation|captivity|journey|voyage|trip|crossing|life|"
    r"period"
    r"|interruption|hiatus|lifespan|duration|break|pause) of $"
    r"|\bafter (?:an?|the|his|her|its|their) (?:[a-z]+ ){0,2}?(?:career|reign|rule|tenure|ordeal"
    r"|siege|absence|closure"
    r"|captivity|occupation|life|stint|journey|voyage) of $",
)
SUMMED = re.compile(
    r"\b(?:that|this|which|it)(?: (?:is|was|makes|made|means|meant|comes to|adds up to)|[’']s) $|\bso $",
    re.I,
)
HEDGES = re.compile(
    r"(?:(?:just|only|about|some|exactly|nearly|almost|a (?:full|total of|mere)|full|over|in all"
    r"|more than) )+$",
    re.I,
)
LENGTH_TAIL = AnyCase(
    r"(?: (?:in (?:all|total)|altogether|all told|long|on|straight|running|without (?:a )?(?:break"
    r"|pause|interruption)"
    r"|non-?stop|behind bars|in (?:a |the )?(?:jail|prison|custody|captivity|office|power|charge"
    r"|service|use|space|orbit"
    r"|dark|air|job|post|role|hospital|detention|command|operation|action)|at (?:sea|the helm"
    r"|the top|work)|of (?:my|his|her"
    r"|their|our) (?:life|lives)|of it|gone|there|together|earlier|apart|inside|on the (?:mountain"
    r"|run|road|throne|ice)))*"
    r"(?:[.,;:!?)”\"]| ?[–—]|$| (?:in|during|through|over) which\b)",
)
NOW = AnyCase(r"\b(?:said|told|announced|reported|confirmed|as of|by|on)\b[^.;:]{0,30}$")
STILL = AnyCase(
    r"\b(?:has|have) (?:now |already |so far )?(?:lasted|gone on|run|dragged on)\b",
)
TO_THE_DAY = re.compile(r" to the (?:day|hour|minute|week|month)$")
