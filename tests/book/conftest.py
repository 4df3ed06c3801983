"""A whole project, small enough to read here."""

from pathlib import Path

import pytest

FILES = {
    "claims/measures.yaml": """\
measures:
  - id: loaves
    kind: total
    cumulative: true
    unit: loaf
    definition: loaves sold since the shop opened
    nouns: [loaf, bread]
    scopes: {rye: rye loaves, all: loaves of all kinds}
  - id: loaves_a_month
    kind: rate
    unit: loaf / month
    definition: loaves sold in a month
    rate_of: loaves
  - id: opening
    kind: date
    unit: date
    definition: when the shop opened
""",
    "sources/origins.yaml": """\
parties: {north: the North}
origins:
  - id: baker
    name: The baker
    speaks_for: north
  - id: miller
    name: The miller
    shares_with: [baker]
groups:
  - id: market_day
    what: the baker on market day
    statements: [gazette-1, herald-1]
""",
    "sources/gazette.yaml": """\
id: gazette
publisher: The Gazette
published: 2025-03-02
language: en
kind: primary
statements:
  - id: gazette-1
    measure: loaves
    words: over 4,000 loaves
    origin: baker
    recorded: {low: 4000, open_high: true}
    reference_period: 2025-03
""",
    "sources/herald.yaml": """\
id: herald
publisher: The Herald
published: 2025-03-03
language: en
kind: secondary
statements:
  - id: herald-1
    measure: loaves
    words: 4,000 loaves
    origin: baker
    relays: gazette-1
    reference_period: 2025-03
""",
    "claims/bread.yaml": """\
id: bread
title: Bread sells
publisher: The Times of Nowhere
published: 2025-03-10
language: en
claims:
  - id: sold
    measure: loaves
    anchor: {exact: "over 4,000 loaves", prefix: "sold ", suffix: " so far", paragraph: 2}
    origin: baker
    cites: [gazette]
""",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path
