"""Whose word a figure is, when it is of and of which nature, as the words around it say. All made up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tallybook.intake.origin_guess import OriginGuess
from tallybook.intake.said_by import voice_of
from tallybook.intake.when_words import period_of, status_of
from tallybook.reading import Mention, Reading, read
from tallybook.tables.case import Case

CAME_OUT = date(2025, 6, 20)


def figure(text: str, words: str) -> tuple[Mention, Reading]:
    reading = read(text)
    return next(mention for mention in reading if mention.words == words), reading


@pytest.mark.parametrize(
    ("text", "words", "said", "who"),
    [
        ("On Sunday 12 people were hurt on the trams, the police said.", "12 people", True, "the police"),
        ("The trams had 27.4 million passengers in 2024.", "27.4 million passengers", False, None),
        (
            "“We filled 18,500 potholes in 2024,” said Mayor Anna Berg.",
            "18,500 potholes",
            True,
            "Mayor Anna Berg",
        ),
        ("Anna Berg, 52, said 18,500 potholes were filled.", "18,500 potholes", True, "Anna Berg"),
        (
            "The study, published on Monday, found that 34 per cent of voters had moved.",
            "34 per cent",
            True,
            "The study",
        ),
        ("In its forecast the bank sees growth of 2 per cent.", "2 per cent", False, None),
        ("Some estimates suggest 4,000 homes are empty.", "4,000 homes", True, "Some estimates"),
        (
            "According to the harbour office on Sunday, 300 ships docked.",
            "300 ships",
            True,
            "the harbour office",
        ),
        ("The ministry put the cost at £4.2 million.", "£4.2 million", True, "The ministry"),
        ("The police counted 40 cars.", "40 cars", True, "The police"),
        ("The firm added 300 jobs last year.", "300 jobs", False, None),
        ("The mayor added that 300 jobs were lost.", "300 jobs", True, "The mayor"),
        ("The report shows 40 per cent of pupils walk to school.", "40 per cent", True, "The report"),
        ("The show drew 12,000 visitors.", "12,000 visitors", False, None),
        ("The hospital has 300 beds, but the director said only 120 can be used.", "300 beds", False, None),
        (
            "The hospital has 300 beds, but the director said only 120 can be used.",
            "120",
            True,
            "the director",
        ),
        ("“It took 36 hours,” she said, “and cost £3,000.”", "36 hours", True, None),
        ("“It took 36 hours,” she said, “and cost £3,000.”", "£3,000", True, None),
        ("Officials have repeatedly warned that 500 homes could flood.", "500 homes", True, "Officials"),
        ("The union claims 2,000 members.", "2,000 members", True, "The union"),
        ("The flood claimed 14 lives and hurt 30 people.", "14 lives", False, None),
        ("The flood claimed 14 lives and hurt 30 people.", "30 people", False, None),
        ("The fire has claimed the lives of 14 people, the mayor said.", "14 people", True, "the mayor"),
        ("Insurers expect claims of 43 million euros.", "43 million euros", True, "Insurers"),
        ("A claim of 2,000 euros was paid.", "2,000 euros", False, None),
        (
            "The council, citing data from the water company, said 12 pipes had burst.",
            "12 pipes",
            True,
            "The council",
        ),
        ("Nobody said 12 pipes had burst.", "12 pipes", True, None),
        (
            "The fire brigade, which employs 300 people, said the fire burned for 12 hours.",
            "300 people",
            False,
            None,
        ),
        (
            "The fire brigade, which employs 300 people, said the fire burned for 12 hours.",
            "12 hours",
            True,
            "The fire brigade",
        ),
        (
            "The company said in a statement on Tuesday that it would cut 400 jobs.",
            "400 jobs",
            True,
            "The company",
        ),
        (
            "Kim Soo-jin, a spokesman for the ministry, told reporters that 1,500 soldiers had left.",
            "1,500 soldiers",
            True,
            "Kim Soo-jin",
        ),
        (
            "It was the highest since 2019, with 4,000 visitors, the museum said.",
            "4,000 visitors",
            True,
            "the museum",
        ),
        ("The survey of 1,200 adults found that 40 per cent smoked.", "1,200 adults", False, None),
        (
            "The survey of 1,200 adults found that 40 per cent smoked.",
            "40 per cent",
            True,
            "The survey of 1,200 adults",
        ),
        ("As the minister said, 300 roads were closed.", "300 roads", True, "the minister"),
        (
            "Police say 5,000 people marched; organisers say 20,000 people did.",
            "5,000 people",
            True,
            "Police",
        ),
        (
            "Police say 5,000 people marched; organisers say 20,000 people did.",
            "20,000 people",
            True,
            "organisers",
        ),
        ("Reuters reported that Ukraine's army had lost 300 tanks.", "300 tanks", True, "Reuters"),
        ("Estimates put the dead at 300 people.", "300 people", True, "Estimates"),
        (
            "Yonhap, citing the NIS, reported that 3,000 soldiers had been sent.",
            "3,000 soldiers",
            True,
            "Yonhap",
        ),
        ("The bridge is 300 metres long, said Tom Hill, who built it.", "300 metres", True, "Tom Hill"),
        (
            "The two clinics admitted 300 people, the Health Office said.",
            "300 people",
            True,
            "the Health Office",
        ),
        ("The academy admitted about 300 pupils in May.", "about 300 pupils", False, None),
        ("The firm admitted that 300 people had left.", "300 people", True, "The firm"),
        (
            "Between May 2021 and June 2022 the wardens said that 300 herons came.",
            "300 herons",
            True,
            "the wardens",
        ),
    ],
)
def test_whose_word_a_figure_is(text: str, words: str, said: bool, who: str | None) -> None:
    mention, _ = figure(text, words)
    voice = voice_of(mention, text, (0, len(text)))
    assert (voice.said, voice.who) == (said, who)


@pytest.mark.parametrize(
    ("text", "words", "status", "period"),
    [
        ("The trams had 27.4 million passengers in 2024.", "27.4 million passengers", "observed", "2024"),
        ("On Sunday 12 people were hurt.", "12 people", "observed", "2025-06-15"),
        ("The mayor said on Sunday that 12 roads were closed.", "12 roads", "observed", None),
        ("The council will build 2,000 homes by 2030.", "2,000 homes", "planned", "2030"),
        ("Since 2019 the fund has paid £3 million.", "£3 million", "observed", "2019/2025-06-20"),
        ("The club, founded in 1920, has 400 members.", "400 members", "observed", None),
        ("It drew 4,000 visitors, the highest since 2019.", "4,000 visitors", "observed", None),
        ("The hall can seat 900 people.", "900 people", "capacity", None),
        ("The stadium was filled to 80 per cent of its capacity.", "80 per cent", "observed", None),
        ("The economy may grow by 2.4 per cent in 2025.", "2.4 per cent", "forecast", "2025"),
        ("Between 2020 and 2024 the town lost 300 jobs.", "300 jobs", "observed", None),
        ("In March 40 flats were sold; in April 60 flats were sold.", "40 flats", "observed", "2025-03"),
        ("In March 40 flats were sold; in April 60 flats were sold.", "60 flats", "observed", "2025-04"),
        ("Rents rose by 5 per cent last year.", "5 per cent", "observed", "2024"),
        ("The ministry expects 300 arrivals in July.", "300 arrivals", "forecast", "2025-07"),
        ("The firm, which was bought in 2018, employs 300 people.", "300 people", "observed", None),
        ("It had 300 pupils at the end of 2023.", "300 pupils", "observed", "2023-12"),
        ("Yesterday 40 cars burned.", "40 cars", "observed", "2025-06-19"),
        ("The plant was to cost £40 million.", "£40 million", "observed", None),
        ("It carried 12 per cent more than in 2023.", "12 per cent", "observed", None),
        ("The ship cost £46 million and can carry 650 people.", "£46 million", "observed", None),
        ("The ship cost £46 million and can carry 650 people.", "650 people", "capacity", None),
        ("Prices rose by 3 per cent compared with 2019.", "3 per cent", "observed", None),
    ],
)
def test_when_a_figure_is_of(text: str, words: str, status: str, period: str | None) -> None:
    mention, reading = figure(text, words)
    found = status_of(mention, text)
    assert (str(found), period_of(mention, reading, CAME_OUT, found)) == (status, period)


@pytest.mark.parametrize(
    ("time", "period"),
    [
        ("in the first nine months of 2023", "2023-01/2023-09"),
        ("in the last two months of 2023", "2023-11/2023-12"),
        ("in the second half of 2023", "2023-07/2023-12"),
        ("in the first half of last year", "2024-01/2024-06"),
        ("in the third quarter of 2023", "2023-07/2023-09"),
        ("in Q4 2023", "2023-10/2023-12"),
        ("in the year to March 2024", "2023-04/2024-03"),
        ("in the year ended 30 June 2024", "2023-07/2024-06"),
        ("in the three months to April", "2025-02/2025-04"),
        ("from October 2023 to March 2024", "2023-10/2024-03"),
        ("between October and March 2024", "2023-10/2024-03"),
        ("from 1 May to 3 June 2024", "2024-05-01/2024-06-03"),
        ("at the beginning of 2024", "2024-01"),
        ("at the end of April 2024", "late April 2024"),
        ("in early 2024", "early 2024"),
        ("in the first nine months", None),
        ("in the fourth quarter", None),
        ("in the first 200 days of 2024", None),
        ("in the first two weeks of March 2024", None),
        ("in the decade to 2024", None),
        ("in the year to 12 March 2024", None),
        ("from 2019 to 2023", None),
        ("in fiscal 2024", None),
        ("in the first quarter of fiscal 2024", None),
        ("in the financial year 2024", None),
        ("in the 2024 financial year", None),
        ("in the school year 2023/24", None),
        ("in the 2023-24 season", None),
        ("in the winter of 2023/24", None),
        ("in the summer of 2024", None),
        ("by the end of the first quarter of 2024", None),
        ("since early 2024", None),
        ("in May 2024", "2024-05"),
    ],
)
def test_a_stretch_of_time_is_not_the_year_that_its_words_name(time: str, period: str | None) -> None:
    """Nine months kept as the year would be contradicted by the count of the year."""
    for text in (
        f"The town fined 300 drivers {time}.",
        f"{time.capitalize()[0]}{time[1:]}, the town fined 300 drivers.",
    ):
        mention, reading = figure(text, "300 drivers")
        found = status_of(mention, text)
        assert (str(found), period_of(mention, reading, CAME_OUT, found)) == ("observed", period)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("The town fined 300 drivers since the zone began on 4 March 2024.", "2024-03-04/"),
        ("Since speed cameras went up on 4 March 2024, the town fined 300 drivers.", "2024-03-04/"),
        ("The town fined 300 drivers after the zone began on 4 March 2024.", None),
        ("The town fined 300 drivers until the zone ended on 4 March 2024.", None),
        ("The town fined 300 drivers on 4 March 2024.", "2024-03-04"),
    ],
)
def test_a_day_since_which_something_is_counted_is_not_the_day_of_the_count(
    text: str, period: str | None
) -> None:
    """A count "since it broke out on 4 March" kept as one of 4 March is contradicted by that of 5 March."""
    mention, reading = figure(text, "300 drivers")
    found = period_of(mention, reading, CAME_OUT, status_of(mention, text))
    assert found == (f"{period}{CAME_OUT}" if period and period.endswith("/") else period)


def test_a_change_between_two_dates_is_not_of_the_whole_between_them() -> None:
    text = "Rents rose by 5 per cent from January to June 2024."
    mention, reading = figure(text, "5 per cent")
    assert period_of(mention, reading, CAME_OUT, status_of(mention, text)) is None


WAYS = ("will", "would", "is to", "is set to", "is expected to", "expects to", "expected to", "shall")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("rest", "words", "status"),
    [
        ("cost £40 million", "£40 million", "forecast"),
        ("not cost £40 million", "£40 million", "forecast"),
        ("take six years", "six years", "forecast"),
        ("need 300 nurses", "300 nurses", "forecast"),
        ("create 300 jobs", "300 jobs", "forecast"),
        ("have 300 rooms", "300 rooms", "forecast"),
        ("be 300 metres long", "300 metres", "forecast"),
        ("build 2,000 homes", "2,000 homes", "planned"),
        ("also hire 300 nurses", "300 nurses", "planned"),
        ("spend £40 million on it", "£40 million", "planned"),
        ("be replaced by 300 trees", "300 trees", "planned"),
        ("supply 300 schools", "300 schools", "planned"),
    ],
)
def test_one_thing_to_come_has_one_status_however_it_is_put(
    way: str, rest: str, words: str, status: str
) -> None:
    """The law keeps plans and forecasts apart: two guesses for one thing would never meet."""
    text = f"The town {way} {rest}."
    mention, _ = figure(text, words)
    assert str(status_of(mention, text)) == status


@pytest.mark.parametrize(
    ("text", "words", "status"),
    [
        ("The town plans to spend £40 million.", "£40 million", "planned"),
        ("The town could build 300 homes.", "300 homes", "forecast"),
        ("The town will build 300 homes, the ministry predicted.", "300 homes", "forecast"),
        ("The town promised 300 homes.", "300 homes", "planned"),
        ("The town expects 300 nurses.", "300 nurses", "forecast"),
        ("The town built 300 homes.", "300 homes", "observed"),
        ("The town will cut spending by 4 per cent.", "4 per cent", "forecast"),
    ],
)
def test_other_words_decide_by_themselves(text: str, words: str, status: str) -> None:
    mention, _ = figure(text, words)
    assert str(status_of(mention, text)) == status


@pytest.mark.parametrize(
    ("spoke", "who", "known"),
    [
        ("the Statistics Office", "Statistics Office", True),
        ("the Statistics Office", "Health Statistics Office", False),
        ("the fire service", "the Alder Fire Service", False),
        ("Ann Example", "Minister Ann Example", True),
    ],
)
def test_an_office_without_a_name_does_not_speak_for_one_with(
    small_case: Callable[..., Case], spoke: str, who: str, known: bool
) -> None:
    """Two offices under one origin would be one witness, and the word of the one that of the other."""
    case = small_case([{"speaker_org": spoke}], [{}])
    assert (OriginGuess(case.book).named(who) is not None) == known
