"""A small made-up case and small notebooks, so that most tests need neither the book nor a kernel."""

from __future__ import annotations

import base64
import datetime
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import nbformat
import pandas as pd

from tallybook.quantity import Policy

HOSTILE = "<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="80" height="40"/></svg>'
FIGURE = (
    f'<figure class="tb-chart"><img alt="three intervals" src="data:image/svg+xml;base64,'
    f'{base64.b64encode(SVG).decode()}"><figcaption>Whiskers are stated ranges.</figcaption></figure>'
)

Cells = list[Any]


def says(text: str) -> Any:
    return nbformat.v4.new_markdown_cell(text)


def runs(code: str) -> Any:
    return nbformat.v4.new_code_cell(code)


def given(case: str) -> Any:
    """The code cell that names the case of a general notebook."""
    return nbformat.v4.new_code_cell(f'CASE = "{case}"', metadata={"tags": ["parameters"]})


def shows(html: str, code: str = "chart", **data: Any) -> Any:
    """A code cell that has run and shows this HTML."""
    bundle = {"text/html": html, "text/plain": "…", **data}
    output = nbformat.v4.new_output("execute_result", data=bundle, execution_count=1)
    return nbformat.v4.new_code_cell(code, execution_count=1, outputs=[output])


def notebook(*cells: Any) -> Any:
    return nbformat.v4.new_notebook(cells=list(cells))


@dataclass
class FakeCase:
    """The part of ``tallybook.tables.Case`` that the report uses, with hostile text in every place."""

    id: str = "harvest"
    title: str = f"The harvest {HOSTILE}"
    publisher: str = f"Daily {HOSTILE}"
    published: datetime.date = datetime.date(2025, 3, 4)
    url: str = "https://paper.example/harvest"
    answer: str = "Of 2 figures: 1 corroborated, 1 disputed."
    article: Any = field(default_factory=lambda: SimpleNamespace(is_draft=False, unmeasured=[]))
    policy: Policy = field(default_factory=Policy)
    written: str = "disputed"
    claims: tuple[str, str] = ("apples", "sold")

    @property
    def measures(self) -> dict[str, Any]:
        apples = SimpleNamespace(kind="total", unit="apple", definition=f"apples {HOSTILE}, not pears")
        return {"apples_picked": apples}

    def verdicts(self, as_of: str = "today") -> pd.DataFrame:
        second = "disputed" if as_of == "today" else self.written
        apples = (self.claims[0], "over 300 apples", "corroborated", 2, 0, 1, 0, 4, "said so", "Two say so.")
        sold = (
            self.claims[1],
            f"as many as 90 {HOSTILE}",
            second,
            1,
            1,
            0,
            3,
            5,
            "distorted",
            "One differs.",
        )
        columns = [
            "claim",
            "words",
            "verdict",
            "supporting",
            "differing",
            "compatible",
            "aside",
            "pages",
            "fidelity",
        ]
        made = pd.DataFrame([apples, sold], columns=[*columns, "why"])
        return made.assign(
            measure="apples_picked",
            witnesses=["4 pages, 2 independent witnesses", "5 pages, 2 independent witnesses"],
            heading="verdict",
            superseded=False,
            review=["", f"corroborated (An editor {HOSTILE}, 2025-03-05: So.)"],
        )

    def figures(self) -> pd.DataFrame:
        return pd.DataFrame(
            {"claim": list(self.claims), "attributed_to": ["the grower", HOSTILE], "low": [300.0, 90.0]}
        )

    def set_aside(self) -> pd.DataFrame:
        return pd.DataFrame({"words": ["2025"], "because": ["a year"]})

    def estimates(self, measure: str | None = None) -> pd.DataFrame:
        return pd.DataFrame({"estimate": ["a"], "words": ["=HYPERLINK(1)"], "zone_high": [float("inf")]})

    def fragile(self) -> pd.DataFrame:
        return pd.DataFrame({"claim": ["sold"], "said": [f"disputed with {HOSTILE}, supported without"]})

    def drift(self) -> pd.DataFrame:
        return pd.DataFrame({"group": ["g"], "words": ["=1+1"], "codes": ["bound_dropped"]})

    def robustness(self) -> pd.DataFrame:
        return pd.DataFrame({"claim": ["sold"], "said": ["stays disputed"]})

    def checks(self) -> pd.DataFrame:
        return pd.DataFrame({"test": ["unit pair"], "why": ["+it does not close"]})

    def compare(self, as_of: str = "today") -> pd.DataFrame:
        return pd.DataFrame({"claim": ["sold"], "relation": ["differs"], "reason": ["@SUM(1)"]})
