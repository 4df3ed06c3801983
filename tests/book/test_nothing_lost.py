"""The first case is whole: its copy has the counts of what was gathered, and the book has all of the copy.

The numbers were typed from the evidence as it was handed over. A source, a statement or an origin
that goes missing, or is filed under another measure, makes one of these tests fail; one that is added, of
this article or another, makes none fail.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tallybook.book import Book, load_book

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / "tests" / "data" / "first-case"

SEEN, NOT_SEEN, STATEMENTS = 141, 3, 201

# measure: (statements, distinct origins)
BY_MEASURE = {
    "dprk_troops_sent_total": (41, 13),
    "dprk_troops_in_kursk": (22, 6),
    "dprk_shells_per_month": (4, 2),
    "dprk_shells_total": (26, 11),
    "dprk_containers_total": (7, 5),
    "dprk_share_of_russian_ammo": (17, 6),
    "engineer_regiment_deaths": (13, 1),
    "engineer_regiment_size": (12, 3),
    "engineer_regiment_clearance_time": (3, 1),
    "engineer_regiment_duration": (8, 1),
    "engineer_regiment_departure": (4, 3),
    "engineer_regiment_formed": (1, 1),
    "engineer_regiment_cleared_area": (3, 1),
    "engineer_regiment_explosives": (1, 1),
    "engineer_builders_sent": (1, 1),
    "dprk_troop_deaths_total": (15, 5),
    "dprk_troop_casualties_total": (16, 7),
    "dprk_troop_casualties_week": (2, 1),
    "russia_shell_production": (4, 3),
    "russia_shell_use": (1, 1),
}

# One utterance: how many statements repeat it. The evidence had 17 groups; one of them held two
# speakers and is two here, and the pages gathered last were put to theirs.
BY_GROUP = {
    "patel_2024_11_12": 8,
    "singh_2024_10_28": 2,
    "us_2024_10_31_kursk": 2,
    "miller_2024_11_04": 3,
    "ryder_2024_11_04": 7,
    "umerov_2024_11": 3,
    "nis_2024_11_20": 3,
    "nis_2025_04_30": 9,
    "msmt_2025_05_29": 4,
    "uk_2025_06_15": 5,
    "nis_2025_09_02": 5,
    "dprk_350": 2,
    "nis_2025_11_04": 3,
    "nis_2023_11_01": 2,
    "shin_2024_02_26": 3,
    "shin_2024_06_14": 2,
    "dia_2024_08_27": 2,
    "times_2024_10_04": 5,
    "budanov_2025_02_23": 2,
    "osc_2025_04": 4,
    "budanov_2025_07_11": 5,
    "nis_2025_01_13": 3,
    "kirby_2024_12_27": 2,
    "speech_deaths": 13,
    "speech_duration": 10,
    "speech_departure": 2,
    "shoigu_2025_06_17": 5,
    "khinshtein_2025_12_13": 3,
}

# language of the page: statements
BY_LANGUAGE = {"en": 168, "ko": 15, "ja": 8, "id": 3, "ar": 3, "uk": 2, "it": 1, "de": 1}

CLAIMS = {
    "deaths-lead": "engineer_regiment_deaths",
    "deaths-speech": "engineer_regiment_deaths",
    "clearance-time": "engineer_regiment_clearance_time",
    "troops-sent": "dprk_troops_sent_total",
    "troops-estimate": "dprk_troops_sent_total",
    "ammunition-share": "dprk_share_of_russian_ammo",
    "shells-per-month": "dprk_shells_per_month",
    "moved-to-kursk": "dprk_troops_in_kursk",
}


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book(COPY)


def test_the_book_has_whatever_the_copy_has(book: Book) -> None:
    now = load_book(ROOT)
    assert book.sources.keys() <= now.sources.keys()
    assert book.measures.keys() <= now.measures.keys()
    assert book.origins.keys() <= now.origins.keys()
    assert book.articles.keys() <= now.articles.keys()
    filed = {id_: (s.measure, s.speaker_id, book.source_of[id_].id) for id_, s in book.statements.items()}
    there = {id_: (s.measure, s.speaker_id, now.source_of[id_].id) for id_, s in now.statements.items()}
    assert [id_ for id_, place in filed.items() if there.get(id_) != place] == []
    assert [id_ for id_, group in book.group_of.items() if now.group_of.get(id_) != group] == []


def test_every_page_is_there(book: Book) -> None:
    seen = [source for source in book.sources.values() if source.seen]
    assert len(seen) == SEEN
    assert all(source.url and source.read_on for source in seen)


def test_sources_that_nobody_has_seen_say_so(book: Book) -> None:
    not_seen = {source.id for source in book.sources.values() if not source.seen}
    assert not_seen == {"dprk-mfa-speech", "us-state-briefing-2024-11-12", "ukrinform-fisu-2025-10"}
    assert len(not_seen) == NOT_SEEN


def test_every_statement_is_there_once(book: Book) -> None:
    assert len(book.statements) == STATEMENTS
    assert sum(len(source.statements) for source in book.sources.values()) == STATEMENTS


def test_every_measure_has_its_statements_and_origins(book: Book) -> None:
    origins: dict[str, list[str]] = defaultdict(list)
    for statement in book.statements.values():
        origins[statement.measure].append(statement.origin)
    assert {measure: (len(of), len(set(of))) for measure, of in origins.items()} == BY_MEASURE
    assert set(book.measures) == set(BY_MEASURE)


def test_every_language_has_its_statements(book: Book) -> None:
    found: dict[str, int] = defaultdict(int)
    for source in book.sources.values():
        if source.language:
            found[source.language] += len(source.statements)
    assert found == BY_LANGUAGE


def test_every_group_has_its_statements(book: Book) -> None:
    assert {group.id: len(group.statements) for group in book.groups.values()} == BY_GROUP


def test_a_statement_belongs_to_one_group_at_most(book: Book) -> None:
    grouped = [statement for group in book.groups.values() for statement in group.statements]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= set(book.statements)


def test_every_origin_is_there(book: Book) -> None:
    assert len(book.origins) == 28
    unconfirming = {origin.id for origin in book.origins.values() if not origin.independent}
    assert unconfirming == {"mixed_sk_ua_western", "yonhap_background", "unknown"}


def test_every_claim_of_the_article_is_there(book: Book) -> None:
    article = book.articles["kursk-engineers"]
    assert {claim.id: claim.measure for claim in article.claims} == CLAIMS
    assert {cited for claim in article.claims for cited in claim.cites} <= set(book.sources)
