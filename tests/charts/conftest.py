"""A small case, as tables only: a claim with a floor, one with a range, and their estimates."""

from __future__ import annotations

import io
import math
from datetime import date
from types import SimpleNamespace
from typing import Any, ClassVar

import pandas as pd
import pytest
from matplotlib.backends.backend_svg import RendererSVG

from tallybook.book.records import Measure
from tallybook.charts import Chart

INF = math.inf
NAN = math.nan

TROOPS = Measure(id="troops", kind="cumulative", unit="soldier", definition="Soldiers sent; all waves.")
SHELLS = Measure(id="shells", kind="rate", unit="shell / month", definition="Shells delivered in a month.")
EMPTY = Measure(id="empty", kind="stock", unit="tank", definition="Tanks seen.")


def estimate(name: str, best: float | tuple[float, float], **given: Any) -> dict[str, Any]:
    """A row of ``Case.estimates``; what is not given is plain."""
    low, high = best if isinstance(best, tuple) else (best, best)
    row = {
        "estimate": name,
        "measure": "troops",
        "words": f"{low:g} soldiers",
        "publisher": f"Paper {name}",
        "published": pd.Timestamp("2024-11-13"),
        "tier": "secondary",
        "language": "en",
        "modifier": "exact",
        "best_low": low,
        "best_high": high,
        "zone_low": low,
        "zone_high": high,
        "origin": "moon-ministry",
        "origin_name": "Ministry of the Moon",
        "family": "moon",
        "family_name": "Moon",
        "period": "2024-11",
        "period_start": pd.Timestamp("2024-11-01"),
        "period_end": pd.Timestamp("2024-11-30"),
        "period_from": "stated",
        "status": "observed",
        "part": "",
        "scope": "",
        "scope_words": "",
        "relays": "",
        "group": "",
        "derived": False,
        "formula": "",
        "url": f"https://example.org/{name}",
    }
    return row | given


def compared(row: dict[str, Any], claim: str, relation: str, **given: Any) -> dict[str, Any]:
    """The row of ``Case.compare`` for an estimate and a claim of the cases here."""
    kept = {k: v for k, v in row.items() if k not in ("language", "modifier", "part", "scope_words", "url")}
    zones = {
        "over": ("over 10,000 soldiers", 10000.0, INF, 10000.0, 10000.0, "soldier"),
        "upto": ("as many as 15,000 fighters", 0.0, 15500.0, 15000.0, 15000.0, "soldier"),
        "rate": ("200–260 shells a month", 200.0, 260.0, 200.0, 260.0, "shell / month"),
    }[claim]
    columns = ("claim_words", "claim_low", "claim_high", "claim_best_low", "claim_best_high", "unit")
    return {
        **kept,
        "claim": claim,
        **dict(zip(columns, zones, strict=True)),
        "own": False,
        "echo": False,
        "independent": True,
        "relation": relation,
        "incomparable": "",
        "gap_factor": NAN,
        "gap": NAN,
        "direction": "",
        "voice": False,
        "reason": f"it {relation}",
    } | given


def wording(name: str, best: float | tuple[float, float], **given: Any) -> dict[str, Any]:
    """A row of ``Case.drift``: a faithful repetition unless the test says more."""
    low, high = best if isinstance(best, tuple) else (best, best)
    row = {
        "group": "briefing",
        "what": "a spokesman of the Moon, 13 November 2024: soldiers sent",
        "statement": name,
        "publisher": f"Paper {name}",
        "published": pd.Timestamp("2024-11-13"),
        "language": "en",
        "measure": "troops",
        "words": f"over {low:,.0f} soldiers",
        "closest": False,
        "against": "ministry",
        "step": 1,
        "modifier": "over",
        "best_low": low,
        "best_high": high,
        "zone_low": low,
        "zone_high": INF,
        "unit": "soldier",
        "status": "observed",
        "scope": "",
        "period": "2024-11",
        "said": f"over {low:,.0f}",
        "codes": "",
        "material": False,
        "why": "It says the same.",
    }
    row |= given
    return row | {"against": name} if row["closest"] else row


def stretch(claim: str, words: str, start: float, stop: float, verdict: str) -> dict[str, Any]:
    """A row of ``Case.sensitivity``."""
    return {
        "claim": claim, "words": words, "dial": "tolerance", "low": start, "high": stop, "verdict": verdict,
    }  # fmt: skip


def flip(claim: str, verdict: str, change: str, then: str, said: str) -> dict[str, Any]:
    """A row of ``Case.robustness`` for the tolerance."""
    return {
        "claim": claim, "words": claim, "verdict": verdict, "dial": "tolerance", "change": change,
        "verdict_then": then, "said": said,
    }  # fmt: skip


DRIFT = [
    wording("ministry", 10000.0, closest=True, step=0, publisher="Ministry of the Moon"),
    wording("wire", 10000.0, words="over 10,000 Moon soldiers"),
    wording("copy", 10000.0, words="over 10,000 Moon soldiers", step=2),
    wording("lede", 10000.0, words="10,000 soldiers", said="10,000", modifier="exact", zone_high=10000.0,
            codes="bound_dropped, scope_changed", material=True, why="“Over” is gone."),
    wording("late", 10500.0, words="some 10,500 soldiers", said="about 10,500", modifier="about", step=3,
            zone_low=9450.0, zone_high=11550.0, codes="number_changed", material=False),
    wording("mostly", NAN, words="most of them", said="most", zone_low=NAN, zone_high=NAN, modifier="",
            codes="number_changed", material=True, why="It names no number."),
    wording("guns", 300.0, words="300 shells a month", measure="shells", unit="shell / month", step=0,
            closest=True, modifier="exact", said="300", zone_high=300.0),
    wording("guns-up", 300.0, words="up to 300 shells a month", measure="shells", unit="shell / month",
            modifier="up_to", said="up to 300", zone_low=0.0, zone_high=300.0, codes="bound_added",
            against="guns", material=True, why="“Up to” is the page’s own."),
]  # fmt: skip
STRETCHES = [
    stretch("over", "over 10,000 soldiers", 0.0, 0.22, "disputed"),
    stretch("over", "over 10,000 soldiers", 0.22, 0.5, "supported"),
    stretch("upto", "as many as 15,000 fighters", 0.0, 0.03, "contradicted"),
    stretch("upto", "as many as 15,000 fighters", 0.03, 0.06, "disputed"),
    stretch("upto", "as many as 15,000 fighters", 0.06, 0.47, "corroborated"),
    stretch("upto", "as many as 15,000 fighters", 0.47, 0.5, "not tested"),
    stretch("rate", "200–260 shells a month", 0.0, 0.5, "own word only"),
]
FLIPS = [flip("over", "disputed", "22%", "supported", "stays disputed until the tolerance passes 22%")]


class TablesOnly:
    """What the pictures ask of a case."""

    id = "moon-war"
    title = "A war on the moon"
    published = date(2025, 12, 15)
    measures: ClassVar = {measure.id: measure for measure in (TROOPS, SHELLS, EMPTY)}

    def __init__(
        self,
        estimates: list[dict[str, Any]],
        pairs: list[dict[str, Any]],
        *,
        drift: list[dict[str, Any]] | None = None,
        stretches: list[dict[str, Any]] | None = None,
        flips: list[dict[str, Any]] | None = None,
    ) -> None:
        self._estimates = estimates
        self._pairs = pairs
        self._drift = drift or []
        self._stretches = stretches or []
        self._flips = flips or []

    def figures(self) -> pd.DataFrame:
        rows = [
            ("over", "troops", "over 10,000 soldiers", 10000.0, 10000.0, "over", "soldier"),
            ("upto", "troops", "as many as 15,000 fighters", 15000.0, 15000.0, "up_to", "soldier"),
            ("rate", "shells", "200–260 shells a month", 200.0, 260.0, "range", "shell / month"),
        ]
        return pd.DataFrame(rows, columns=["claim", "measure", "words", "low", "high", "modifier", "unit"])

    def estimates(self, measure: str | None = None) -> pd.DataFrame:
        table = pd.DataFrame(self._estimates)
        return table if measure is None or table.empty else table[table["measure"] == measure]

    def compare(self, as_of: str = "today") -> pd.DataFrame:
        if not self._pairs:
            return pd.DataFrame(columns=list(compared(estimate("none", 1.0), "over", "")))
        return pd.DataFrame(self._pairs)

    def matrix(self, as_of: str = "today") -> pd.DataFrame:
        voices = self.compare()
        voices = voices[voices["voice"].astype(bool)]
        wide = voices.pivot(index="claim", columns="family_name", values="relation")
        return wide.reindex(index=["over", "upto", "rate"]).fillna("")

    def drift(self, group: str) -> pd.DataFrame:
        rows = [row for row in self._drift if row["group"] == group]
        return pd.DataFrame(rows, columns=list(wording("none", 1.0)))

    def drift_summary(self) -> pd.DataFrame:
        groups = dict.fromkeys(row["group"] for row in self._drift)
        return pd.DataFrame({"group": list(groups)})

    def sensitivity(self) -> pd.DataFrame:
        return pd.DataFrame(self._stretches, columns=list(stretch("none", "", 0.0, 0.5, "")))

    def robustness(self) -> pd.DataFrame:
        return pd.DataFrame(self._flips, columns=list(flip("none", "", "", "", "")))


MOON = [
    estimate("moon-a", 10000.0, zone_high=INF, modifier="over", tier="primary", words="over 10,000"),
    estimate("moon-b", 10000.0, zone_high=INF, modifier="over", words="more than 10,000"),
    estimate("moon-c", 10000.0, zone_high=INF, modifier="over", words="above 10,000"),
    estimate("moon-d", (11000.0, 12000.0), modifier="range", words="11 to 12,000"),
]
MARS = [
    estimate(
        "mars-a", 3000.0, family="mars", family_name="Mars", origin="mars-army", words="3,000 men",
        zone_low=2950.0, zone_high=3050.0,
    ),
    estimate(
        "mars-plan", 12000.0, family="mars", family_name="Mars", origin="mars-staff", status="planned",
        words="12,000 to be sent", period="2024-12", period_start=pd.Timestamp("2024-12-01"),
        period_end=pd.Timestamp("2024-12-31"),
    ),
    estimate(
        "mars-sum", 14000.0, family="mars", family_name="Mars", origin="mars-army", derived=True,
        formula="11,000 + 3,000", words="3,000 more", period_start=pd.NaT,
    ),
]  # fmt: skip
SHELL_ROWS = [
    estimate("rate-a", 250.0, measure="shells", words="250 a month", family="mars", family_name="Mars"),
    estimate("rate-zero", 0.0, measure="shells", words="no deliveries", period="", period_start=pd.NaT,
             period_end=pd.NaT, period_from="unknown"),
    estimate("rate-low", 2.0, measure="shells", words="two", zone_low=0.0, modifier="up_to"),
]  # fmt: skip


@pytest.fixture
def case() -> TablesOnly:
    """Two claims of troops, one of shells; two families; folded, planned, derived and undated rows."""
    pairs = []
    for claim in ("over", "upto"):
        for row in MOON:
            relation = "agrees" if claim == "over" else "compatible"
            voice = row["estimate"] == "moon-a"
            pairs.append(compared(row, claim, relation, own=claim == "over", voice=voice))
        pairs.append(compared(MARS[0], claim, "differs", voice=True, gap_factor=3.3, direction="lower"))
        pairs.append(
            compared(MARS[1], claim, "not comparable", incomparable="status", reason="planned, not observed")
        )
        pairs.append(compared(MARS[2], claim, "supports"))
    pairs.append(compared(SHELL_ROWS[0], "rate", "agrees", voice=True))
    pairs.append(compared(SHELL_ROWS[1], "rate", "differs", voice=True))
    pairs.append(compared(SHELL_ROWS[2], "rate", "differs"))
    rows = [*MOON, *MARS, *SHELL_ROWS]
    return TablesOnly(rows, pairs, drift=DRIFT, stretches=STRETCHES, flips=FLIPS)


def text_faults(chart: Chart) -> list[str]:
    """Texts that leave the picture, and pairs that overlap by more than a point each way."""
    wide, tall = (72 * size for size in chart.figure.get_size_inches())
    renderer = RendererSVG(wide, tall, io.StringIO(), image_dpi=72)
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in chart.figure.axes[0].texts]
    faults = [
        f"outside: {words!r}"
        for words, box in boxes
        if box.x0 < 0 or box.y0 < 0 or box.x1 > wide or box.y1 > tall
    ]
    for number, (words, box) in enumerate(boxes):
        for other, beside in boxes[number + 1 :]:
            across = min(box.x1, beside.x1) - max(box.x0, beside.x0)
            down = min(box.y1, beside.y1) - max(box.y0, beside.y0)
            if across > 1 and down > 1:
                faults.append(f"overlap: {words!r} and {other!r}")
    return faults


def smallest_text(chart: Chart) -> float:
    """Size in points of the smallest text."""
    return min(text.get_fontsize() for text in chart.figure.axes[0].texts)


@pytest.fixture
def kit() -> SimpleNamespace:
    """What a test needs to make a case of its own and to measure its picture."""
    return SimpleNamespace(
        estimate=estimate,
        compared=compared,
        wording=wording,
        stretch=stretch,
        flip=flip,
        TablesOnly=TablesOnly,
        mars_plan=MARS[1],
        text_faults=text_faults,
        smallest_text=smallest_text,
    )
