"""The verdict on the claim of a case and what is said with it, beside what was expected."""

from __future__ import annotations

from typing import Any

from .books import MadeBook
from .program import Answer
from .wanted import Check, Checks, check, one_of

# What a case expects under one key, and the attribute of the verdict that holds it.
_PLAIN = {
    "verdict_today": "verdict",
    "witnesses": "witnesses",
    "heading": "heading",
    "attribution": "attribution",
    "quoted_by": "quoted_by",
    "material": "material",
    "superseded": "superseded",
}


def verdict_checks(expect: dict[str, Any], made: MadeBook, given: Answer) -> Checks:
    """Only of what the case names."""
    today = given.today
    for key, attribute in _PLAIN.items():
        if key in expect:
            yield check(key, getattr(today, attribute), expect[key])
    if "verdict_written" in expect:
        yield check("verdict_written", given.written(), expect["verdict_written"])
    if "verdict_never" in expect:
        wrong = one_of(expect["verdict_never"])
        yield Check("verdict_never", today.verdict, f"not {' or '.join(wrong)}", today.verdict not in wrong)
    for name, wanted in expect.get("verdict_without", {}).items():
        yield check(f"verdict without {name}", given.without(_family(made, name)), wanted)
    if "split" in expect:
        wanted_ids = sorted(_family(made, name) for name in expect["split"])
        got = sorted(today.split)
        yield Check("split", ", ".join(got) or "none", ", ".join(wanted_ids) or "none", got == wanted_ids)
    if "said_first" in expect:
        wanted = str(expect["said_first"])
        yield Check(
            "said_first", today.said_first or "none", wanted, bool(today.said_first) == (wanted != "none")
        )
    if "code" in expect:
        yield check("code", ", ".join(today.codes) or "none", expect["code"])
    for number, wanted in expect.get("relay", {}).items():
        codes = given.relays().get(made.statements[int(number)], ("no repetition",))
        yield check(f"relay {number}", ", ".join(codes) or "said so", wanted)
    if "slip" in expect:
        yield _slip(expect["slip"], made, given)
    for sentence in one_of(expect.get("says", [])):
        yield Check("says", today.why, sentence, sentence.casefold() in today.why.casefold(), soft=True)


def _slip(wanted: Any, made: MadeBook, given: Answer) -> Check:
    slip = given.today.slip
    got = "none" if slip is None else f"{slip[0]}, statement {made.number_of(slip[1]) or slip[1]}"
    if not isinstance(wanted, dict):
        return check("slip", got, wanted)
    kinds = one_of(wanted["kind"])
    allowed = [f"{kind}, statement {number}" for kind in kinds for number in one_of(wanted["statement"])]
    return check("slip", got, allowed)


def _family(made: MadeBook, name: str) -> str:
    """The id of a party, or of an origin."""
    parties = {party: id_ for id_, party in made.parties.all().items()}
    return parties.get(name) or made.origins.id(name)
