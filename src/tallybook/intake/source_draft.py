"""A page that was read as the data of a source: the page itself, and its figures as drafted statements.

Only figures that a measure of the book can be of are drafted; all others stay in the page's text, where they
are found when a measure asks for them. What is guessed is marked as a guess.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tallybook.book import Book
from tallybook.book.periods import Period, parse_period
from tallybook.book.problems import BookError
from tallybook.consistency.printed_numbers import word_set
from tallybook.intake.article_text import ArticleText
from tallybook.intake.credit_lines import Media, credits_of_page, credits_of_sentence
from tallybook.intake.drafting import slug
from tallybook.intake.found_figures import FoundFigure, FoundFigures, Places, found_figures
from tallybook.intake.measure_guess import MeasureGuess
from tallybook.intake.measure_words import stems
from tallybook.intake.noted_pages import NOT_STATED, one_line
from tallybook.intake.origin_guess import OriginGuess
from tallybook.intake.page_address import plain_address
from tallybook.intake.read_page import PageRead
from tallybook.intake.relay_guess import RelayGuess
from tallybook.intake.said_by import Voice, cited_by, voice_of
from tallybook.intake.text_language import ENGLISH, language_of
from tallybook.intake.when_words import period_of, printed_day, said_on, status_of
from tallybook.reading.lexicon.language import languages
from tallybook.terms import Kept, Status, Tier

MOST_DRAFTED = 300
"""Statements drafted of one page; nobody looks through more."""

_AROUND = 300
_OFFICES = word_set(
    "agency army authorities authority bank board bureau cabinet centre center command commission committee"
    " company council court department forces government group headquarters institute intelligence kremlin"
    " military ministry mission nato officials office organisation organization pentagon police parliament"
    " service services staff statistics study survey team treasury tribunal un union university"
)


@dataclass(frozen=True, slots=True)
class DraftedPage:
    """``data``: of ``sources/<id>.yaml``; ``rest``: how many figures stay in the text alone; ``open_names``:
    who is named for figures and is no origin of the book; ``paragraphs``: of each statement, by its id;
    ``told``: what a person should know; ``weak``: why the measure of a statement is not much of a guess, by
    its id."""

    data: dict[str, Any]
    rest: int = 0
    open_names: list[str] = field(default_factory=list)
    paragraphs: dict[str, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    weak: dict[str, str] = field(default_factory=dict)


class SourceDrafts:
    """What a book knows of measures, origins and media, ready for new pages."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.measures = MeasureGuess(book)
        self.origins = OriginGuess(book)
        self.media = Media(book)
        self.relays = RelayGuess(book)
        self.taken = {*book.statements, *(d.id for s in book.sources.values() for d in s.drafted)}

    def draft(
        self,
        page: PageRead,
        id_: str,
        given: Mapping[str, str | None],
        *,
        alike: Collection[str] = (),
        copy_of: str | None = None,
        every: bool = False,
    ) -> DraftedPage:
        """``given``: publisher, title, published, language, kind, where a person gave them; ``alike``: the
        sources whose text is nearly the same; ``copy_of``: the article of the book that the page copies;
        ``every``: draft also what no measure of the book can be of."""
        data, told = self._page(page, id_, given, copy_of)
        if data["language"] not in languages():
            known = f"read are {', '.join(languages())}"
            told.append(f"language '{data['language']}' is not read ({known}): nothing is drafted")
            return DraftedPage(data, told=told)
        try:
            found = found_figures(page.article, page.name, data["language"])
        except BookError as error:
            told += [f"{problem.message} Nothing is drafted" for problem in error.problems]
            return DraftedPage(data, told=told)
        drafts = _Drafts(self, page.article, found, data, alike)
        data["statements"] = drafts.statements(every=every)
        rest = len(found.figures) - len(data["statements"])
        return DraftedPage(data, rest, drafts.open_names, drafts.paragraphs, told, drafts.weak)

    def _page(
        self, page: PageRead, id_: str, given: Mapping[str, str | None], copy_of: str | None
    ) -> tuple[dict[str, Any], list[str]]:
        article = page.article
        publisher, sure = publisher_of(page, given)
        published, told_day = published_of(page, given)
        language = given.get("language") or (article.language or "")[:3].lower()
        likely = language or language_of(article.text)
        origin = self.origins.named(publisher) if self.media.plain(publisher) is None else None
        guesses = {
            "publisher": not sure,
            "published": published is not None and not told_day,
            "language": not language,
            "kind": not given.get("kind"),
            "copy_of": copy_of is not None,
        }
        url, title = page.url or article.url, given.get("title") or article.title
        data = {
            "id": id_,
            "publisher": one_line(publisher),
            "title": one_line(title) if title else None,
            "url": _address(url),
            "published": published,
            "published_is": "inferred" if guesses["published"] else None,
            "kept": str(Kept.EXCERPT),
            "copy_of": copy_of,
            "read_on": page.when.date().isoformat(),
            "language": likely or ENGLISH,
            "kind": given.get("kind") or str(Tier.PRIMARY if origin else Tier.SECONDARY),
            "snapshot": {"sha256": article.sha256_of_bytes, "taken": page.when.date().isoformat()},
            "text": {
                "sha256": article.digest,
                "characters": len(article.text),
                "paragraphs": len(article.paragraphs),
                "extractor": one_line(article.extractor),
            },
            "guessed": [key for key, guessed in guesses.items() if guessed],
        }
        how = f"by its words it is '{likely}'" if likely else "it is read as English"
        told = [] if language else [f"the page does not say its language; {how} (--language)"]
        return {key: value for key, value in data.items() if value not in (None, [])}, told


def publisher_of(page: PageRead, given: Mapping[str, str | None]) -> tuple[str, bool]:
    """(who published a page, whether the page or a person says so)."""
    named = given.get("publisher") or page.article.publisher
    if named:
        return named, True
    host = urlsplit(page.url or page.article.url or "").hostname
    return (host.removeprefix("www."), False) if host else (NOT_STATED, False)


def published_of(page: PageRead, given: Mapping[str, str | None]) -> tuple[str | None, bool]:
    """(when a page came out, whether the page or a person says so)."""
    told = given.get("published") or _day(page.article.published)
    if told:
        return told, True
    return printed_day([paragraph.text for paragraph in page.article.paragraphs], page.when.date()), False


def _day(told: str | None) -> str | None:
    """A day that a page tells, None where it is none."""
    try:
        return told if told and parse_period(told) else None
    except ValueError:
        return None


def _address(url: str | None) -> str | None:
    plain = plain_address(url) if url else ""
    fits = plain.startswith(("http://", "https://")) and len(plain) <= 500
    return plain if fits and plain.isprintable() and " " not in plain else None


class _Drafts:
    """The statements of one page in the making."""

    def __init__(
        self,
        known: SourceDrafts,
        article: ArticleText,
        found: FoundFigures,
        page: Mapping[str, Any],
        alike: Collection[str],
    ) -> None:
        self.known, self.article, self.found, self.page, self.alike = known, article, found, page, alike
        self.places = Places(article.paragraphs, article.text)
        self.published: Period | None = parse_period(page["published"]) if "published" in page else None
        own = stems(page["publisher"])
        self.credits = [c for c in credits_of_page(article, known.media) if stems(c) != own]
        self.publisher = (
            known.origins.named(page["publisher"]) if known.media.plain(page["publisher"]) is None else None
        )
        self.open_names: list[str] = []
        self.paragraphs: dict[str, int] = {}
        self.weak: dict[str, str] = {}

    def statements(self, *, every: bool) -> list[dict[str, Any]]:
        return [made for figure in self.found.figures for made in self._statement(figure, every=every)][
            :MOST_DRAFTED
        ]

    def _statement(self, figure: FoundFigure, *, every: bool) -> Iterator[dict[str, Any]]:
        mention, reading = figure.mention, self.found.reading
        english = self.page["language"] == "en"
        voice = self._voice(figure) if english else Voice(False, False, None)
        year = self.published.end.year if self.published else None
        offered = self.known.measures.offered(
            mention, reading, voice.who or "", title=self.page.get("title", ""), year=year
        )
        if (not offered and not every) or len(self.paragraphs) >= MOST_DRAFTED:
            return
        measure = self.known.measures.best(mention, offered)
        who, via = self._who(figure, voice)
        origin = self.known.origins.named(who) if who else None
        if who is None and not voice.said and not via:
            origin = self.publisher
        status = status_of(mention, self.article.text) if english else Status.OBSERVED
        day = self.published.end if self.published and self.published.start == self.published.end else None
        relays = self.known.relays.of(
            mention.quantity, measure.id if measure else None, via, self.published, self.alike
        )
        if who and origin is None and who not in self.open_names:
            self.open_names.append(who)
        guesses = {
            "measure": measure.id if measure else None,
            "origin": origin or (relays.origin if relays else None),
            "reference_period": period_of(mention, reading, day, status),
            "stated": said_on(mention, reading, day) if english else None,
            **_speaker(who),
            "status": str(status) if status is not Status.OBSERVED else None,
            "relays": relays.id if relays else None,
            "via": [one_line(name) for name in via],
        }
        made = {key: value for key, value in guesses.items() if value}
        id_ = self._id(figure)
        self.paragraphs[id_] = figure.anchor.paragraph
        if measure is not None and offered[0].weak:
            self.weak[id_] = offered[0].weak
        yield {
            "id": id_,
            **({"measure": made.pop("measure")} if "measure" in made else {}),
            "words": figure.anchor.exact,
            **made,
            **self._remark(figure, voice),
            "guessed": ["words", *(key for key, value in guesses.items() if value)],
        }

    def _voice(self, figure: FoundFigure) -> Voice:
        text, here = self.article.text, self.places.bounds(figure.mention.start)
        first, last = self.places.bounds(max(0, here[0] - 3))
        return voice_of(figure.mention, text, here, text[first:last] if here[0] else "")

    def _who(self, figure: FoundFigure, voice: Voice) -> tuple[str | None, list[str]]:
        """(whose figure it is, through whom it came).

        "Yonhap reported, citing the ministry" is the ministry's by way of Yonhap; of "Yonhap reported" nobody
        knows whose it is but Yonhap, if that is an origin of the book.
        """
        mention, text = figure.mention, self.article.text
        first = max(mention.sentence[0], mention.start - _AROUND)
        sentence = text[first : min(mention.sentence[1], mention.end + _AROUND)]
        own = stems(self.page["publisher"])
        named = [name for name in credits_of_sentence(sentence, self.known.media) if stems(name) != own]
        medium = self.known.media.plain(voice.who)
        who = voice.who
        if medium is not None:
            named = list(dict.fromkeys([medium, *named])) if stems(medium) != own else named
            deeper = cited_by(sentence)
            who = deeper if deeper and self.known.media.plain(deeper) is None else None
            if who is None and self.known.origins.named(medium):
                who = medium
        folded = {name.casefold() for name in named}
        return who, [*named, *(name for name in self.credits if name.casefold() not in folded)]

    def _id(self, figure: FoundFigure) -> str:
        base = f"{self.page['id'][:50]}-{slug(figure.words, 24) or 'figure'}"
        made, k = base, 2
        while made in self.known.taken:
            made, k = f"{base}-{k}", k + 1
        self.known.taken.add(made)
        return made

    def _remark(self, figure: FoundFigure, voice: Voice) -> dict[str, str]:
        """What a person should look at."""
        start, end = figure.anchor.start or 0, figure.anchor.end or 0
        told = [f"Check the words: {mark.says}" for mark in self.article.marks_at(start, end)]
        if voice.said and voice.who is None:
            told.append("Somebody's word, and it is not clear whose.")
        if not figure.alone:
            told.append("The words alone do not say what is counted; the sentence does.")
        return {"remark": one_line(" ".join(dict.fromkeys(told)))} if told else {}


def _speaker(who: str | None) -> dict[str, str]:
    """A person or an office, by the words: "Anna Berg" speaks, "the police" is who is spoken for."""
    if who is None:
        return {}
    words = who.split()
    office = words[0].lower() in ("the", "an", "a") or (len(words) == 1 and words[0].isupper())
    office = office or any(word.strip("’s'").lower() in _OFFICES for word in words)
    return {"speaker_org" if office else "speaker": one_line(who)}
