"""What the words around a figure say of its time and its nature: "on 3 April", "since 2019", "will".

Guesses for a person to look at. Where two dates would do, or a date is that of the saying ("said on Sunday
that"), nothing is guessed. English alone, but for dates that name their year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tallybook.book.periods import Period, parse_period
from tallybook.consistency.printed_numbers import word_set
from tallybook.intake.stretch_words import Stretch, stretches
from tallybook.prose import MONTH_NAMES
from tallybook.reading import Mention, Reading
from tallybook.terms import Status

_CLAUSE_END = re.compile(
    r"[;:()“”—–]|[.!?,](?=\s|$)|\b(?:but|while|whereas|although|after which)\b"
    r"|\band (?=(?:can|will|could|may|might|would|should|is|are|was|were|has|have|had|seats?|holds?)\b)"
)
_PLANNED = re.compile(
    r"\b(?:plan(?:s|ned|ning)? (?:to|for|on)|aim(?:s|ed|ing)? (?:to|for|at)"
    r"|pledged?|promis(?:es|ed|ing)|propos(?:es|ed|ing|al)|target(?:s|ed)? of|intends?|intended|due to"
    r"|budgeted|goal of|targets? (?:of|for|is|was)|wants?|wanted|hopes? to|vow(?:s|ed))\b",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\b(?:forecasts?|expect(?:s|ed|ing)?|predict(?:s|ed|ion|ions)?|project(?:ed|ion|ions)|likely to"
    r"|(?-i:may)|might|could|anticipat(?:es|ed)|is seen (?:at|as|rising|falling)|outlook)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|shall|’ll|would|is to|are to|set to|expect(?:s|ed|ing)? to)\b"
    r"(?: (?:not|also|now|only|soon|then|eventually|have|be|been)\b){0,4}(?: (?P<verb>[^\W\d_]{2,30})\b)?",
    re.IGNORECASE,
)
"""What tells of the future and not whether somebody decides it: the verb does, whichever way it is put."""

_ACT = re.compile(
    r"(?:add|appoint|award|buil[dt]|buy|bought|clos|construct|cut|deliver|deploy|demolish|donat|employ"
    r"|erect|expand|fund|give|given|hand|hire|hiring|host|install|invest|issu|launch|lay|laid|lend|lent|make|made"
    r"|mend|offer|open|order|paid|pay|plant|produc|provid|publish|purchas|recruit|releas|renovat|repair|replac"
    r"|run|sell|sold|send|sent|ship|spend|spent|suppl|train|upgrad)(?:e|ed|s|es|d|y|ies|ied|ing)?",
    re.IGNORECASE,
)
"""What somebody does who has decided on it, and does not come about by itself as a cost or a rise does."""

_CAPACITY = re.compile(
    r"\b(?:(?<!of its )(?<!of the )(?<!of full )(?<!at )capacity"
    r"|can (?:hold|seat|carry|take|house|store|sleep|accommodate|serve|produce)"
    r"|able to (?:hold|seat|carry|take|produce)|room for|seats? up to|holds up to)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:said|says|told|reported|announced|confirmed|stated|published|released|wrote|according|estimated"
    r"|claimed|warned|added|document(?:ed|ing)?|speech|briefing|interview|statement|report)\b",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"\b(?:born|founded|established|opened|built|launched|created|introduced|formed|elected|named|appointed)"
    r"(?: \w+){0,2} (?:in|on)?\s*\Z|\b(?:which|who|whose|where|when)\b[^,]*\Z",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:than|compared (?:with|to)|against|versus|up from|down from|from|as many as|as much as) "
    r"(?:(?:in|on|at|for|during|those of|the one of|that of) )?(?:the )?(?:\w+ )?\Z",
    re.IGNORECASE,
)
"""What it is compared with is of that date, and not the figure itself."""

_RECORD = re.compile(
    r"\b(?:\w+est|most|least|worst|best|first|record|high|low)(?: \w+){0,2}\s*\Z", re.IGNORECASE
)
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTH = "|".join(MONTH_NAMES)
_DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})")
_MONTH_FIRST = re.compile(rf"(?P<month>{_MONTH}),? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?")
_LONE_MONTH = re.compile(rf"(?P<month>{_MONTH})")
_YEAR = r"(?P<year>(?:1[6-9]|20|21)\d\d)"
_DATE = re.compile(
    rf"(?P<lead>\b(?i:since|until|by|before|after|from|in|on|during|as of|at the end of|end of|for"
    rf"|through)\s+(?:the )?(?:(?:early|mid|late|end|start)[ -](?:of )?(?:in )?)?)?"
    rf"(?P<date>(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})(?:,? {_YEAR.replace('year', 'y1')})?"
    rf"|(?:{_MONTH}) \d{{1,2}}(?!\d)(?:st|nd|rd|th)?(?:,? {_YEAR.replace('year', 'y2')})?"
    rf"|\b(?:{_MONTH}),? {_YEAR.replace('year', 'y3')}"
    rf"|(?<=\b[Ii]n )(?:{_MONTH})\b|(?<=\b[Ll]ast )(?:{_MONTH})\b|(?<=\b[Ss]ince )(?:{_MONTH})\b"
    rf"|(?<=\b[Bb]y )(?:{_MONTH})\b"
    rf"|\b(?:[Ll]ast|[Tt]his|[Nn]ext) (?:year|month)\b"
    rf"|(?<=\b[Oo]n )(?:{'|'.join(_DAYS)})\b|\b(?:[Yy]esterday|[Tt]oday)\b"
    rf"|(?<![\d.,-])\b{_YEAR.replace('year', 'y4')}\b(?![\d%]|[.,-]\d)))"
)
_FULL_DATE = re.compile(
    rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH}),? (?:19|20)\d\d(?!\d)"
    rf"|\b(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d(?!\d)"
    r"|(?<![\d-])(?:19|20)\d\d-\d\d-\d\d(?![\d-])"
)
_HEAD, _END, _LONGEST_DATELINE = 5, 2, 120
_FORWARD = frozenset({Status.PLANNED, Status.FORECAST})
_LOOSE = word_set("since until by before after from through till") | {"up to"}
_LEAD = re.compile(
    r"\b(?P<word>since|until|by|before|after|through|up to|till) (?:the )?(?:end of )?(?:the )?\Z",
    re.IGNORECASE,
)
_SINCE_IT = re.compile(
    r"\b(?P<word>since|until|before|after|till) (?:[^\W\d_][\w’'-]{0,20} ){1,6}\Z", re.IGNORECASE
)
"""Before "on 4 August": a date of what a count begins or ends with, and not of the count."""

_NEAR_LEAD = 80
_FAR = 160
_A_DAY = len("2025-01-01")


def status_of(mention: Mention, text: str) -> Status:
    """Planned, forecast or a capacity, where the clause of a figure says so; else observed.

    Plans are not compared with forecasts, so that one thing must not be now the one, now the other:
    what "will cost" and what "is expected to cost" is foretold, what the council "will build" and "expects to
    build" is planned. What "will grow by 2 per cent" is foretold, and not planned.
    """
    clause = " ".join(clause_of(mention, text))
    if _CAPACITY.search(clause):
        return Status.CAPACITY
    acts = [bool(_ACT.fullmatch(found["verb"] or "")) for found in _TO_COME.finditer(clause)]
    said = _TO_COME.sub(" ", clause)
    if _FORECAST.search(said) or not all(acts):
        return Status.FORECAST
    if not acts and not _PLANNED.search(said):
        return Status.OBSERVED
    foretold = mention.trend or _FORECAST.search(_TO_COME.sub(" ", _sentence(mention, text)))
    return Status.FORECAST if foretold else Status.PLANNED


def period_of(mention: Mention, reading: Reading, published: date | None, status: Status) -> str | None:
    """When a figure is of, as EDTF, by the one date of its clause, else of its sentence; None where two would
    do, or where none is. "In July" is the last July before the article came out; of a plan, the next.

    ``published``: None where that is not known; then only dates with their year are read.
    """
    text, (first, last) = reading.text, mention.sentence
    first, last = max(first, mention.start - _FAR), min(last, mention.end + _FAR)
    before, after = clause_of(mention, text)
    others = [m for m in reading if m.sentence == mention.sentence and m.start != mention.start]
    near: set[str | None] = set()
    far: set[str | None] = set()
    for start, end, lead, period in _times(text, first, last, mention, published, status):
        if _of_the_saying(text, lead, end, first, last):
            continue
        lead_in = text[max(first, lead - 60) : start]
        if (
            _BEGAN.search(lead_in)
            or _COMPARED.search(lead_in)
            or (
                text[lead:start].lower().startswith("since")
                and _RECORD.search(text[max(first, lead - 40) : lead])
            )
        ):
            continue
        if mention.start - len(before) <= start < mention.end + len(after):
            near.add(period)
        elif not any(end <= m.start < mention.start or mention.start < m.start < start for m in others):
            far.add(period)
    periods = near or far
    return periods.pop() if len(periods) == 1 else None


def said_on(mention: Mention, reading: Reading, published: date | None) -> str | None:
    """When the words around a figure were said, as EDTF: "said on Sunday that".

    None where two dates would do.
    """
    text, (first, last) = reading.text, mention.sentence
    first, last = max(first, mention.start - _FAR), min(last, mention.end + _FAR)
    days = {
        day
        for match in _DATE.finditer(text, first, last)
        if _of_the_saying(text, *match.span(), first, last)
        and (day := _resolved(match["date"], published, forward=False)) is not None
        and len(day) == _A_DAY  # in a year or month something is counted, and not said
        and (published is None or _first(day) <= published)
    }
    return days.pop() if len(days) == 1 else None


def printed_day(paragraphs: Sequence[str], today: date) -> str | None:
    """The day on which an article came out, where a short line at its head or end has one date, and no other
    such line has another: "By Ann Example, 14 March 2025". A guess."""
    found = set()
    for line in (*paragraphs[:_HEAD], *paragraphs[_HEAD:][-_END:]):
        if len(line) <= _LONGEST_DATELINE and not line.rstrip().endswith((".", "!", "?", "”", '"')):
            found |= {_typed(day[0]) for day in _FULL_DATE.finditer(line)}
    day = found.pop() if len(found) == 1 else None
    return day if day is not None and len(day) == 10 and day <= today.isoformat() else None


def clause_of(mention: Mention, text: str) -> tuple[str, str]:
    """The words of the clause before and behind a figure."""
    first, last = mention.sentence
    first, last = max(first, mention.start - _FAR), min(last, mention.end + _FAR)
    start = max((m.end() for m in _CLAUSE_END.finditer(text, first, mention.start)), default=first)
    found = _CLAUSE_END.search(text, mention.end, last)
    return text[start : mention.start], text[mention.end : found.start() if found else last]


def _sentence(mention: Mention, text: str) -> str:
    first, last = mention.sentence
    return text[max(first, mention.start - _FAR) : min(last, mention.end + _FAR)]


def _of_the_saying(text: str, start: int, end: int, first: int, last: int) -> bool:
    """Whether a date is when somebody said it: "said on Sunday that", "on Sunday reported"."""
    before = " ".join(text[max(first, start - 40) : start].split()[-3:])
    after = text[end : min(last, end + 30)]
    behind = "" if after.lstrip().startswith((",", ".", ";")) else " ".join(after.split()[:2])
    return bool(_REPORTED.search(before) or _REPORTED.search(behind))


def _period(match: re.Match[str], published: date | None, status: Status, began: str = "") -> str | None:
    """``began``: the word before what happened on the date."""
    lead = (match["lead"] or "").split()
    word = began or (lead[0].lower() if lead else "")
    day = _resolved(match["date"], published, forward=status in _FORWARD)
    if day is None:
        return None
    if word == "since":
        return f"{day}/{published.isoformat()}" if published and _first(day) <= published else None
    if word in _LOOSE and not (word == "by" and status in _FORWARD):
        return None
    late = published is not None and _first(day) > published
    return None if late and status not in _FORWARD else day


def _times(
    text: str, first: int, last: int, mention: Mention, published: date | None, status: Status
) -> Iterator[tuple[int, int, int, str | None]]:
    """The times that words around a figure name: where they begin and end, where the word that leads them
    begins, and the time as EDTF, None where they do not tell it."""
    named = stretches(text, first, last, published)
    for stretch in named:
        lead = _LEAD.search(text, max(first, stretch.start - 20), stretch.start)
        word = lead["word"].lower() if lead else ""
        if word in _LOOSE and word != "since" and not (word == "by" and status in _FORWARD):
            continue
        period = stretch.period
        if word or (stretch.between and mention.trend) or _meets(mention, stretch):
            period = None
        late = period is not None and published is not None and _first(period) > published
        if not (late and status not in _FORWARD):
            yield stretch.start, stretch.end, lead.start() if lead else stretch.start, period
    for match in (*_DATE.finditer(text, first, mention.start), *_DATE.finditer(text, mention.end, last)):
        start, end = match.span("date")
        if any(stretch.start < end and start < stretch.end for stretch in named):
            continue
        word = _of_what_began(text, first, match)
        period = _period(match, published, status, word)
        if period is not None:
            yield start, end, match.start(), period


def _of_what_began(text: str, first: int, match: re.Match[str]) -> str:
    """ "since", "after" before what happened on a date: "since it broke out | on 4 August"; else ""."""
    found = _SINCE_IT.search(text, max(first, match.start() - _NEAR_LEAD), match.start())
    return found["word"].lower() if found is not None else ""


def _meets(mention: Mention, stretch: Stretch) -> bool:
    return mention.start < stretch.end and stretch.start < mention.end


def _first(edtf: str) -> date:
    return parse_period(edtf).start


def _resolved(words: str, published: date | None, *, forward: bool) -> str | None:
    """A date as EDTF; one without a year is the nearest on its side of the article's day."""
    plain = words.lower()
    year = re.search(r"\b(?:1[6-9]|20|21)\d\d\b", words)
    if year is not None:
        return _typed(words)
    if published is None:
        return None
    if plain in ("last year", "this year", "next year"):
        step = {"last": -1, "this": 0, "next": 1}[plain.split()[0]]
        return str(published.year + step)
    if plain in ("last month", "this month", "next month"):
        step = {"last": -1, "this": 0, "next": 1}[plain.split()[0]]
        months = published.year * 12 + published.month - 1 + step
        return f"{months // 12}-{months % 12 + 1:02}"
    if plain in ("yesterday", "today"):
        return (published - timedelta(days=plain == "yesterday")).isoformat()
    if words in _DAYS:
        back = (published.weekday() - _DAYS.index(words)) % 7
        return (published - timedelta(days=back)).isoformat()
    return _without_year(words, published, forward=forward)


def _without_year(words: str, published: date, *, forward: bool) -> str | None:
    named = _DAY_FIRST.fullmatch(words) or _MONTH_FIRST.fullmatch(words)
    lone = _LONE_MONTH.fullmatch(words)
    month = (named or lone)["month"] if named or lone else None  # type: ignore[index]
    if month is None:
        return None
    number = MONTH_NAMES.index(month) + 1
    ours = (number, int(named["day"])) if named else (number, 1)
    year = published.year
    if not forward and ours > (published.month, published.day):
        year -= 1
    if forward and ours < (published.month, published.day if named else 1):
        year += 1
    return _typed(f"{year}-{number:02}" + (f"-{ours[1]:02}" if named else ""))


def _typed(words: str) -> str | None:
    """As EDTF: a day, a month or a year; None where it is no date."""
    try:
        period: Period = parse_period(words)
    except ValueError:
        return None
    if period.start == period.end:
        return period.start.isoformat()
    if (period.start.month, period.start.day, period.end.month, period.end.day) == (1, 1, 12, 31):
        return f"{period.start.year}"
    return f"{period.start:%Y-%m}"
