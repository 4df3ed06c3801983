"""A case of the law as a small table: who says what, and what the program makes of it.

What comes out is asked of the program; nothing of ``expect`` is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .books import ARTICLE, CLAIM, MadeBook, as_the_claim, book_of_case
from .case_files import Case
from .program import Answer, Compared, Refused, answer, in_words, number_words, period_words, read_words

Row = list[str]

_STATUS = {
    "forecast": "a forecast",
    "planned": "a plan",
    "capacity": "a capacity",
    "provisional": "a first count",
}


def shown(cases: Iterable[Case]) -> str:
    """A table in Markdown of one case or several."""
    lines = [["case", "", "words", "facts", "comes out"]]
    for case in cases:
        for number, row in enumerate(_rows(case)):
            facts = "; ".join([*_setting(case), *([row[2]] if row[2] else [])]) if number == 0 else row[2]
            lines.append([f"`{case['id']}`" if number == 0 else "", row[0], row[1], facts, row[3]])
    if not any(line[3] for line in lines[1:]):
        lines = [[*line[:3], line[4]] for line in lines]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _setting(case: Case) -> Iterator[str]:
    """The measures and the origins."""
    yield from (_measure(name, facts) for name, facts in _measures(case).items())
    yield from _origins(case)


def _measures(case: Case) -> dict[str, dict[str, Any]]:
    if "text" in case:
        return {}
    return case["measures"] if "measures" in case else {"": case["measure"]}


def _measure(name: str, facts: dict[str, Any]) -> str:
    told = [f"`{facts['kind']}`, unit {facts['unit']}"]
    told += [f"`{key}`" for key in ("once", "cumulative") if facts.get(key)]
    if "moment" in facts:
        told.append(f"`moment`: {facts['moment']}")
    if "window_days" in facts:
        told.append(f"window {facts['window_days']} days")
    if "spread" in facts:
        told.append(f"spread of the methods {_number(facts['spread'])}")
    inside = facts.get("inside", {})
    told += [f"“{inner}” inside “{outer}”" for inner, outer in inside.items()]
    if "neighbours" in facts:
        told.append(f"neighbours: {', '.join(facts['neighbours'])}")
    if "policy" in facts:
        own = {key: value for key, value in facts["policy"].items() if key != "reason"}
        told.append(", ".join(f"`{key}` {value}" for key, value in own.items()))
    start = f"“{name}”: " if name else ""
    return start + ", ".join(told)


def _number(spread: Any) -> str:
    return str(spread["value"] if isinstance(spread, dict) else spread)


def _origins(case: Case) -> Iterator[str]:
    for name, facts in (case.get("origins") or {}).items():
        facts = facts or {}
        if "speaks_for" in facts:
            yield f"{_plain(name)} speaks for {_plain(facts['speaks_for'])}"
        if facts.get("measures"):
            yield f"{_plain(name)} measures"
        if "shares_with" in facts:
            yield f"{_plain(name)} shares its data with {_list(facts['shares_with'])}"
        if "members" in facts:
            yield f"{_plain(name)} sums up {_list(facts['members'])}"


def _list(names: list[str]) -> str:
    return " and ".join(map(_plain, names))


def _plain(name: Any) -> str:
    return str(name).replace("-", " ")


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _rows(case: Case) -> Iterator[Row]:
    if "text" in case:
        figures = "; ".join(in_words(mention) for mention in read_words(case["text"]))
        yield ["text", f"“{case['text']}”", "", figures or "no figure"]
        return
    if "claim" not in case:
        yield from _between(case)
        return
    try:
        made, given = _asked(case)
    except Refused as refused:
        problems = " ".join(dict.fromkeys(refused.problems))
        yield [
            "claim",
            _said(case["claim"]),
            "; ".join(_of_claim(case)),
            f"**refused by `check`**: {problems}",
        ]
        for number, statement in enumerate(case.get("statements", []), 1):
            yield [_who(number, statement), _said(statement), _facts(case, number), ""]
        return
    yield ["claim", _said(case["claim"]), "; ".join(_of_claim(case)), "; ".join(_verdict(case, made, given))]
    for number, statement in enumerate(case.get("statements", []), 1):
        found = _of(given, made.statements[number])
        comes = "of another measure" if found is None else _relation(found)
        if number in case["expect"].get("relay", {}):
            codes = given.relays().get(made.statements[number], ())
            comes += f"; the repetition: {_codes(codes) or 'says so'}"
        yield [_who(number, statement), _said(statement), _facts(case, number), comes]
    if "derived" in case["expect"]:
        yield from _derived(given, made)


def _between(case: Case) -> Iterator[Row]:
    for pair in case["expect"]["between"]:
        first, second = map(int, str(pair).split("-"))
        made, given = _asked(as_the_claim(case, first))
        found = _of(given, made.statements[second])
        for number, comes in ((first, ""), (second, _relation(found) if found else "of another measure")):
            statement = case["statements"][number - 1]
            yield [_who(number, statement), _said(statement), _facts(case, number), comes]


def _asked(case: Case) -> tuple[MadeBook, Answer]:
    made = book_of_case(case)
    return made, answer(made.files, CLAIM, ARTICLE)


def _who(number: int, statement: dict[str, Any]) -> str:
    return f"{number}: {_list(statement.get('origins') or [statement['origin']])}"


def _said(record: dict[str, Any]) -> str:
    return f"“{record['words']}”"


def _of(given: Answer, statement: str) -> Compared | None:
    return next((pair for pair in given.pairs if pair.estimate == statement), None)


def _of_claim(case: Case) -> Iterator[str]:
    claim = case["claim"]
    yield from _shared(claim)
    if "published" in claim:
        yield f"article of {period_words(claim['published'])}"
    if "origin" in claim:
        yield f"origin: {_plain(claim['origin'])}"
    if "attributed_to" in claim:
        yield f"names {_plain(claim['attributed_to'])}"
    if "cites" in claim:
        yield f"cites {', '.join(map(str, claim['cites']))}"
    if "outcome" in claim:
        yield f"its outcome is {claim['outcome']}"
    for key, what in (("replaces", "replaces the article’s"), ("replaced_by", "the article later says")):
        if key in claim:
            yield f"{what} “{claim[key]['words']}”"


def _facts(case: Case, number: int) -> str:
    return "; ".join(_of_statement(case, case["statements"][number - 1], number))


def _of_statement(case: Case, statement: dict[str, Any], number: int) -> Iterator[str]:
    if "measure" in statement:
        yield f"“{statement['measure']}”"
    yield from _shared(statement)
    page = (case.get("pages") or {}).get(statement.get("page", number)) or {}
    if page.get("published_is") == "unreliable":
        yield "the date of its page is not reliable"
    elif "published" in statement or "published" in page:
        yield f"page of {period_words(statement.get('published') or page['published'])}"
    if page.get("kept"):
        yield "whole page kept" if page["kept"] == "whole" else "excerpt kept"
    if "page" in statement:
        yield f"on “{statement['page']}”"
    if "tier" in statement:
        yield str(statement["tier"])
    for key, what in (("relays", "repeats"), ("base", "relative to"), ("superseded_by", "superseded by")):
        if key in statement:
            yield f"{what} {statement[key]}"
    if "draws_on" in statement:
        yield f"draws on {_list(statement['draws_on'])}"
    if statement.get("copy"):
        yield "on a copy of the article"
    if "refused" in statement:
        yield f"refused by {statement['refused']['by']}: {statement['refused']['why']}"


def _shared(record: dict[str, Any]) -> Iterator[str]:
    if "reference_period" in record:
        yield _period(record["reference_period"])
    if "base_period" in record:
        yield f"against {_period(record['base_period'])}"
    if "dates" in record:
        yield f"{_period(record['dates']['start'])} to {_period(record['dates']['end'])}"
    if "status" in record:
        yield _STATUS.get(record["status"], record["status"])
    if "scope" in record:
        yield f"scope: {record['scope']}"
    if record.get("part"):
        yield "of a part" if record["part"] is True else f"of a part: {record['part']}"


def _period(text: Any) -> str:
    return period_words(str(text))


def _relation(found: Compared) -> str:
    told = f"{found.relation}: {found.reason}" if found.reason not in ("", found.relation) else found.relation
    if found.gap_words:
        told += f", {found.gap_words}"
    if found.would:
        told += f"; would be: {found.would}"
    return f"{told}, if of that time" if found.if_of_that_time else told


def _verdict(case: Case, made: MadeBook, given: Answer) -> Iterator[str]:
    expect, today = case["expect"], given.today
    finding = "the finding: " if today.heading == "attribution" else ""
    answers = [f"{finding}**{today.verdict}**"]
    if case["claim"].get("cites"):
        codes = _codes(today.codes)
        source = f"{codes} ({'material' if today.material else 'small'})" if codes else today.attribution
        if today.quoted_by:
            source += f" by {today.quoted_by} {'page' if today.quoted_by == 1 else 'pages'}"
        answers.append(f"its source: **{source}**" if not codes else f"its source: {source}")
    yield from (reversed(answers) if today.heading == "attribution" else answers)
    if "verdict_written" in expect:
        yield f"when written: **{given.written()}**"
    for name in expect.get("verdict_without", {}):
        yield f"without {_plain(name)}: **{given.without(_id(made, name))}**"
    if today.split:
        names = made.parties.back | made.origins.back
        yield f"split: {', '.join(_plain(names.get(family, family)) for family in today.split)}"
    if today.superseded:
        yield "superseded"
    if today.said_first:
        yield f"said first: “{today.said_first}”"
    if today.slip:
        kind, statement = today.slip
        yield f"hint: {kind} ({made.number_of(statement) or statement})"


def _id(made: MadeBook, name: str) -> str:
    parties = {party: id_ for id_, party in made.parties.all().items()}
    return parties.get(name) or made.origins.id(name)


def _codes(codes: tuple[str, ...]) -> str:
    return ", ".join(f"`{code}`" for code in codes)


def _derived(given: Answer, made: MadeBook) -> Iterator[Row]:
    for pair in given.pairs:
        if pair.formula:
            assert pair.value is not None and pair.true is not None
            named, allowed = (_ends(zone, percent=made.percent) for zone in (pair.value, pair.true))
            allows = f"; true for {allowed}" if named != allowed else ""
            yield [f"computed: {pair.formula}", f"{named}{allows}", "", _relation(pair)]


def _ends(ends: tuple[float, float], *, percent: bool) -> str:
    low, high = (number_words(end, percent=percent) for end in ends)
    return low if low == high else f"{low} to {high}"
