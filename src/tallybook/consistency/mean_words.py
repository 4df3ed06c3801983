"""What a mean is for one of, and what is counted: one word, or two for one thing (a game, an appearance)."""

from __future__ import annotations

import re

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.printed_numbers import word_set
from tallybook.reading import Mention

_LEADING_MEAN = AnyCase(r"(?:(?:an?|the) )?(?:average|mean) of ")
HEADS = frozenset({"head", "person", "capita"})
ONE_THING = tuple(
    word_set(words)
    for words in (
        "game match appearance international outing start fixture cap contest test meeting encounter bout "
        "fight",
        "place location site venue station spot stall stand booth centre center point office",
        "boat dinghy vessel ship craft canoe raft ferry",
        "student pupil child schoolchild youngster learner",
        "person head capita resident inhabitant citizen member people islander villager",
        "worker employee staff job worker man hand",
        "firm company business employer enterprise", "shop store branch outlet supermarket",
        "show performance screening concert night", "game match night", "book novel title volume work",
        "time inning visit attempt occasion go try", "bird hen chicken goose duck turkey",
        "animal cow cattle sheep pig goat",
        "gift donation contribution donor supporter giver", "payout claim payment settlement",
        "ticket winner share", "ticket seat", "home house flat household family apartment dwelling property",
        "car vehicle", "lorry truck", "plane aircraft jet flight", "raid operation", "tree bush",
        "patient case",
        "night day", "stop station", "prison jail camp", "lawyer partner", "nurse doctor",
        "town village community",
        "winner finalist runner player participant entrant", "school college academy", "road street",
        "hospital ward clinic",
        "crossing site", "bottle can tin",
        "machine harvester tractor combine digger excavator robot press printer loom lathe pump turbine",
        "rider cyclist biker jockey horseman horsewoman",
        "reader subscriber", "guest visitor tourist customer diner spectator fan",
        "resident islander villager tenant householder", "employee staff staffer",
        "applicant candidate", "cottage house home", "piece item lot", "acre field",
        "plot holding farm", "victim casualty",
    )
)  # fmt: skip


def leading_mean(words: str) -> re.Match[str] | None:
    """The "an average of" that was read as part of a figure."""
    return _LEADING_MEAN.match(words) if len(words) > 8 and " of " in words.lower() else None


def same_thing(unit: str | None, base: str) -> bool:
    """Whether a unit is the word that a mean is for one of."""
    return (
        unit == base or (base in HEADS and unit == "person") or (unit or "").rstrip("s") == base.rstrip("s")
    )


def is_one_thing(base: str | None, count: Mention, mean: Mention) -> bool:
    """Whether a mean for one of its base is one of what is counted; "each", or no base at all, is."""
    if not base:
        return base == "" or mean.unit is not None or leading_mean(mean.words) is not None or base is None
    unit = count.unit or ""
    nouns = {unit, (count.noun or "").lower().rpartition(" ")[2]}
    whole_word = len(base) > 3 and unit.endswith(base)
    return (
        same_thing(unit, base)
        or base in nouns
        or whole_word
        or any(base in words and nouns & words for words in ONE_THING)
    )
