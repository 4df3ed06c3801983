"""The first case, as its readers see it: readings, verdicts, and what a changed digit does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tallybook import open_book
from tallybook.book import BookError
from tallybook.tables.case import Case

ROOT = Path(__file__).resolve().parents[1] / "data" / "first-case"


@pytest.fixture(scope="module")
def case() -> Case:
    return open_book(ROOT)["kursk-engineers"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for folder in ("claims", "sources"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


READINGS = [
    ("deaths-lead", 9, 9, "at_least", "", "soldier", ""),
    ("deaths-speech", 9, 9, "exact", "", "life", ""),
    ("clearance-time", 3, 3, "under", "", "month", ""),
    ("troops-sent", 10_000, 10_000, "over", "", "soldier", ""),
    ("troops-estimate", 15_000, 15_000, "up_to", "", "fighter", ""),
    ("ammunition-share", 0.5, 0.5, "up_to", "", "fraction", ""),
    ("shells-per-month", 200_000, 260_000, "range", "up_to", "shell", "month"),
    ("moved-to-kursk", 0.5, 0.5, "over", "", "fraction", ""),
]
VERDICTS = {
    "deaths-lead": "own word only",
    "deaths-speech": "own word only",
    "clearance-time": "own word only",
    "troops-sent": "corroborated",
    "troops-estimate": "not tested",
    "ammunition-share": "not tested",
    "shells-per-month": "not tested",
    "moved-to-kursk": "corroborated",
}


@pytest.mark.parametrize("reading", READINGS, ids=lambda r: r[0])
def test_a_claim_reads_as_its_words_say(case: Case, reading: tuple[object, ...]) -> None:
    figures = case.figures().set_index("claim", drop=False)
    row = figures.loc[str(reading[0]), ["claim", "low", "high", "modifier", "hedges", "unit", "per"]]
    assert tuple(row) == reading


@pytest.mark.parametrize("as_of", ["written", "today"])
def test_each_claim_has_its_verdict(case: Case, as_of: str) -> None:
    assert dict(case.verdicts(as_of).set_index("claim")["verdict"]) == VERDICTS


def test_the_monthly_rate_is_not_confirmed_by_its_own_echo(case: Case) -> None:
    pairs = case.compare().query("claim == 'shells-per-month'")
    assert not pairs["relation"].isin(["agrees", "supports"]).any()
    derived = pairs[pairs["derived"]]
    assert derived["origin"].nunique() >= 6
    assert derived["formula"].str.contains("÷|×").all()
    zelensky = derived.set_index("estimate").loc["zelensky_shells_2024/rate"]
    assert 3_500_000 / 11.2 < zelensky["best_low"] < zelensky["best_high"] < 3_500_000 / 10.0


def test_its_own_side_says_otherwise_only_of_a_year_that_overlaps_its_month(case: Case) -> None:
    """Averages over periods that overlap never differ, so that nothing is said first."""
    why = case.verdicts().set_index("claim").loc["shells-per-month", "why"]
    assert why.startswith("No source confirms or contradicts it: 3 estimates are only compatible")
    halved = case.compare().query("claim == 'shells-per-month' and estimate == 'skib_nov_halved/of-base'")
    assert list(halved["relation"]) == ["compatible"]


def test_thirteen_pages_are_one_witness(case: Case) -> None:
    deaths = case.verdicts().set_index("claim").loc["deaths-speech"]
    assert (deaths["pages"], deaths["families"], deaths["supporting"]) == (13, 1, 0)


def test_at_least_is_the_articles_own_and_an_unseen_source_is_never_wrong(case: Case) -> None:
    lead = case.verdicts().set_index("claim").loc["deaths-lead"]
    assert lead["fidelity"] == "not seen"
    assert "a bound was added" in lead["fidelity_why"]


def test_three_million_a_year_and_250_000_a_month_are_one_number(case: Case) -> None:
    rates = case.estimates("dprk_shells_per_month").set_index("estimate")
    assert rates.loc["times_rate", "best_low"] == pytest.approx(250_000)


def test_dates_give_a_duration_with_its_vagueness(case: Case) -> None:
    durations = case.estimates("engineer_regiment_duration").set_index("estimate")
    derived = durations.loc["joongang-2025-12-14-2/duration"]
    assert (derived["best_low"], derived["best_high"]) == (103, 133)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("sources/korea-joongang-daily-2025-03-27.yaml", "low: 3000", "low: 4000", ["3,000", "4,000"]),
        ("sources/the-korea-herald-2025-12-13.yaml", "words: nine lives", "words: ten lives",
         ["10", "low 9"]),
        ("claims/kursk-engineers.yaml", "- dprk-mfa-speech", "- dprk-speech", ["'dprk-mfa-speech'"]),
    ],
)  # fmt: skip
def test_a_changed_number_is_told_with_old_and_new(
    copy: Path, file: str, old: str, new: str, told: list[str]
) -> None:
    edit(copy, file, old, new)
    with pytest.raises(BookError) as error:
        open_book(copy)
    assert str(error.value).startswith(file)
    for part in told:
        assert part in str(error.value)


def test_a_changed_claim_changes_its_reading(copy: Path) -> None:
    edit(copy, "claims/kursk-engineers.yaml", "as many as 15,000 fighters", "as many as 25,000 fighters")
    changed = open_book(copy)["kursk-engineers"]
    assert changed.figures().set_index("claim").loc["troops-estimate", "low"] == 25_000
    assert changed.verdicts().set_index("claim").loc["troops-estimate", "verdict"] == "not tested"


RELAY = """\
id: another-page
publisher: Another page
published: 2025-12-14
language: en
kind: tertiary
statements:
  - id: another-page-1
    measure: {measure}
    words: {words}
    origin: {origin}
    relays: {relays}
    reference_period: {period}
"""


@pytest.mark.parametrize(
    ("measure", "words", "origin", "relays", "period"),
    [
        ("engineer_regiment_deaths", "nine lives", "kcna", "kh_deaths", "2025-12-12"),
        ("dprk_troops_sent_total", "15,000 troops", "nis_korea", "nis_0430_total", "2025-04-30"),
        ("dprk_troops_sent_total", "about 12,000 troops", "ukraine_mod", "umerov_12000", "2024-11-05"),
    ],
)
def test_one_relay_more_never_changes_a_verdict(
    copy: Path, measure: str, words: str, origin: str, relays: str, period: str
) -> None:
    text = RELAY.format(measure=measure, words=words, origin=origin, relays=relays, period=f'"{period}"')
    (copy / "sources/another-page.yaml").write_text(text, encoding="utf-8")
    assert dict(open_book(copy)["kursk-engineers"].verdicts().set_index("claim")["verdict"]) == VERDICTS


def test_an_unknown_time_of_judging_is_refused(case: Case) -> None:
    with pytest.raises(ValueError, match="'written' or 'today'"):
        case.verdicts("tomorrow")
