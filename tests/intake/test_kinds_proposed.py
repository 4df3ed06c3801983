"""Which kind of measure is proposed for a figure, by its words. All made up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tallybook.intake.new_measure import KIND_CHOICES, likely_kind
from tallybook.intake.when_words import period_of, printed_day, status_of
from tallybook.reading import read

CAME_OUT = date(2025, 3, 14)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("The ferry carried 1.8 million passengers last year.", {"kind": "total"}),
        ("Some 340 people work for the ferry line.", {"kind": "stock"}),
        ("The new ship cost £46 million.", {"kind": "total", "once": True}),
        ("It can carry 650 people.", {"kind": "stock"}),
        ("So far 63 people have died in the flood.", {"kind": "total", "cumulative": True}),
        ("On Sunday 12 people were hurt in the crash.", {"kind": "total", "once": True}),
        ("There were 4,200 arrests in 2023.", {"kind": "total"}),
        ("The town has 212,000 inhabitants.", {"kind": "stock"}),
        ("It owes £40 million.", {"kind": "stock"}),
        ("Net migration was 2,000 people in 2023.", {"kind": "net"}),
        ("Rents rose by 3 per cent.", {"kind": "change"}),
        ("The ferry is 12 per cent more expensive than in 2023.", {"kind": "change"}),
        ("Since 2019 the fund has paid £3 million.", {"kind": "total", "cumulative": True}),
        ("34 per cent of voters stayed at home.", {"kind": "share"}),
        ("The crossing took 35 minutes.", {"kind": "duration"}),
        ("It was 14.9 °C in the shade.", {"kind": "level"}),
        ("The council filled 18,500 potholes in 2024.", {"kind": "total"}),
        ("They sell 400 coffees a day.", {"kind": "rate"}),
        ("More than 500 people were at the meeting.", {"kind": "stock"}),
    ],
)
def test_the_kind_that_is_proposed(text: str, fields: dict[str, Any]) -> None:
    reading = read(text)
    period = period_of(reading[0], reading, CAME_OUT, status_of(reading[0], text))
    assert KIND_CHOICES[likely_kind(reading[0], text, period)].fields == fields


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["Title", "By Ann Example, The Made-up Courier, 14 March 2025", "Text."], "2025-03-14"),
        (["Title", "March 3rd, 2025 | 5 min read", "Text."], "2025-03-03"),
        (["2025-03-14"], "2025-03-14"),
        (["Title", "On 14 March 2025 the bridge fell.", "Text."], None),
        (["Title", "14 March 2025", "Updated 15 March 2025"], None),
        (["Title", "14 March 2099"], None),
        (["Title", "March 2025"], None),
        (["Title", "30 February 2025"], None),
    ],
)
def test_the_day_of_a_line_at_the_head(lines: list[str], day: str | None) -> None:
    assert printed_day(lines, date(2025, 6, 20)) == day
