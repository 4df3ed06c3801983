"""A made-up project whose every free text would be HTML, Markdown or TeX, and a notebook of it all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import yaml

DOLLARS = "from $1.2 million to $23.5 million"
ATTACK = (
    "<img src=x onerror=__hit=1> <script>__hit=1</script> [x](javascript:__hit=1) "
    rf"$\href{{javascript:__hit=1}}{{x}}$ **b** {DOLLARS} &lt; </table>"
)
SHORT_ATTACK = r"<img src=x onerror=__hit=1> \(x\) $a$ &lt;"
# Free text by its type, but held to a grammar or a list of words when a book is loaded.
VALIDATED = frozenset(
    [
        "unit",
        "per",
        "reference_period",
        "base_period",
        "published",
        "stated",
        "start",
        "end",
        "says",
        "of",
        "to",
        "on",
        "file",
    ]
)


def said(words: str) -> str:
    return f"{words} {ATTACK}"


def loaves(low: int, **more: Any) -> dict[str, Any]:
    return {"low": low, "unit": "loaf", "because": said("made up")} | more


def degrees(at: int) -> dict[str, Any]:
    return {"low": at, "high": at, "unit": "degree Celsius", "because": said("made up")}


WARM: dict[str, Any] = {
    "measure": "warmth",
    "recorded": degrees(230),
    "reference_period": "2025-03-01",
}


QUERY = {
    "sql": said("SELECT 4000"), "value": 4000, "rows": 1, "which": said("2"), "rows_sha256": "0" * 64,
}  # fmt: skip


def statement(id_: str, origin: str, low: int, **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "measure": "loaves",
        "words": said(f"over {low:,} loaves"),
        "origin": origin,
        "recorded": loaves(low, open_high=True),
        "reference_period": "2025-03",
        "speaker": said("the baker"),
        "speaker_org": said("the bakery"),
        "scope_note": said("rye"),
        "via": [said("a wire")],
        "translation": said("over four thousand"),
        "translated_by": said("A reader"),
        "remark": said("remark"),
    } | more


def page(id_: str, *statements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "publisher": said(f"The {id_}"),
        "title": said("Bread"),
        "url": f"https://{id_}.example/bread",
        "published": "2025-03-02",
        "language": "en",
        "kind": "secondary",
        "statements": list(statements),
    } | more


def anchor(words: str) -> dict[str, Any]:
    return {"exact": said(words), "prefix": SHORT_ATTACK, "suffix": SHORT_ATTACK, "paragraph": 2}


FILES: dict[str, dict[str, Any]] = {
    "claims/measures.yaml": {
        "imprint": {
            "publisher": said("The desk"), "corrections": said("write to us"), "licence": said("free"),
        },
        "exchange_rates": [
            {"of": "dollar", "to": "euro", "value": 0.9, "on": "2025-03", "source": said("The bank")},
        ],
        "measures": [
            {
                "id": "loaves", "kind": "total", "cumulative": True, "unit": "loaf",
                "definition": said("loaves sold"),
                "nouns": ["loaf", said("bread")], "scopes": {"all": said("all"), "rye": said("rye")},
                "policy": {"about": 0.1, "reason": said("bakers round")},
            },
            {
                "id": "warmth", "kind": "level", "unit": "degree Celsius",
                "definition": said("how warm it is"), "moment": said("at noon"),
                "spread": {"value": 0.1, "because": said("two glasses"), "source": said("The maker")},
            },
        ]
    },
    "sources/origins.yaml": {
        "parties": {"north": said("the North"), "south": said("the South")},
        "origins": [
            {"id": "baker", "name": said("The baker"), "speaks_for": "north"},
            {"id": "guild", "name": said("The guild"), "speaks_for": "north"},
            {"id": "miller", "name": said("The miller"), "speaks_for": "south",
             "party_to": said("a quarrel"), "method": said("counting")},
        ],
        "groups": [{"id": "market", "what": said("market day"), "statements": ["gazette-1", "herald-1"]}],
        "derivations": [
            {"id": "both", "measure": "loaves", "how": "sum", "of": ["herald-2", "times-1"],
             "reference_period": "2025-03", "assumption": said("no loaf twice")},
        ],
    },
    "sources/gazette.yaml": page("gazette", statement("gazette-1", "baker", 4000), kind="primary"),
    "sources/herald.yaml": page(
        "herald",
        statement("herald-1", "baker", 5000, relays="gazette-1", recorded=loaves(5000, high=5000)),
        statement("herald-2", "guild", 2000, part=said("the market"), superseded_by="herald-3"),
        statement("herald-3", "guild", 3000),
    ),
    "sources/times.yaml": page(
        "times",
        statement("times-1", "miller", 4000, query=QUERY),
        statement("times-2", "miller", 230, **WARM),
        table={"file": "sources/tables/times.csv", "sha256": "0" * 64, "sheet": said("Rye")},
        text={"sha256": "0" * 64, "characters": 9, "paragraphs": 1, "extractor": said("A reader")},
    ),
    "sources/letter.yaml": page(
        "letter", seen=False, what=said("a letter"), origin="baker", language=None
    ),
    "claims/bread.yaml": {
        "id": "bread",
        "title": said("Bread sells"),
        "publisher": said("The Nowhere"),
        "url": "https://nowhere.example/bread",
        "published": "2025-03-10",
        "language": "en",
        "made_up": True,
        "reviewed_by": said("An editor"),
        "claims": [
            {"id": "sold", "measure": "loaves", "anchor": anchor("over 4,000"), "also": [anchor("again")],
             "attributed_to": said("the baker"), "origin": "baker", "cites": ["gazette", "letter"],
             "recorded": loaves(4000, open_high=True), "remark": said("remark")},
            {"id": "more", "measure": "loaves", "anchor": anchor("9,000"),
             "recorded": loaves(9000, high=9000)},
            {"id": "warm", "anchor": anchor("231 degrees")} | WARM | {"recorded": degrees(231)},
        ],
        "set_aside": [{"anchor": anchor("2025"), "kind": said("year"), "because": said("a year")}],
        "reviews": [
            {"claim": "sold", "says": "supported", "by": said("An editor"), "on": "2025-04-01",
             "why": said("why")},
        ],
    },
}  # fmt: skip

# Every table, picture and sentence that a case gives without being asked for one by its name.
CELLS = (
    """
import inspect
import pandas as pd
import tallybook as tb

pd.set_option("display.max_colwidth", None, "display.max_columns", None)
book = tb.open_book()
case = book[CASE]
""",
    """
frames = [case.explain("sold")]
for owner in (case, book):
    for name, method in inspect.getmembers(owner, inspect.ismethod):
        if name.startswith("_") or name == "review":  # a case that was reviewed has nothing to go through
            continue
        needed = [p for p in inspect.signature(method).parameters.values() if p.default is p.empty]
        if not needed and isinstance(made := method(), pd.DataFrame):
            frames.append(made)
assert len(frames) > 10
display(*frames)
""",
    "display(*(tb.show(frame, case.title, names={'why': case.publisher}) for frame in frames))",
    """
asked = {"claim": "sold", "measure": "loaves", "group": "market"}
for name in tb.charts.__all__:
    if inspect.isfunction(draw := getattr(tb.charts, name)):
        subject = [name for name in asked if name in inspect.signature(draw).parameters][:1]
        display(draw(case, **{name: asked[name] for name in subject}))
""",
    "tb.read(f'Over 4,000 loaves on 2 May 2025: {case.title}')",
)
ANSWER = "tb.say(case.answer, *case.verdicts()['why'])"


def write_project(root: Path) -> Path:
    """The book below ``root``, and its notebook, not run; gives the notebook's path."""
    for name, content in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    new = nbformat.v4
    cells = [
        new.new_markdown_cell("# Everything\n\n**What runs?**"),
        new.new_code_cell('CASE = "bread"', metadata={"tags": ["parameters"]}),
        *map(new.new_code_cell, CELLS),
    ]
    cells += [new.new_markdown_cell("## The answer"), new.new_code_cell(ANSWER)]
    notebook = root / "notebooks" / "01_everything.ipynb"
    notebook.parent.mkdir()
    nbformat.write(new.new_notebook(cells=cells), notebook)
    return notebook


def hostile_keys(value: Any, key: str = "") -> Iterator[str]:
    """The keys of the book's files whose text attacks; those of an open mapping under the mapping's name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from hostile_keys(inner, key if key in ("scopes", "parties") else name)
    elif isinstance(value, list):
        for inner in value:
            yield from hostile_keys(inner, key)
    elif isinstance(value, str) and "__hit" in value:
        yield key
