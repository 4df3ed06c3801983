"""An article as the data of a draft: every figure a claim, what can be guessed of it marked as a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from tallybook.book import Book
from tallybook.book.periods import parse_period
from tallybook.book.records import Anchor
from tallybook.intake.article_text import ArticleText
from tallybook.intake.found_figures import FoundFigure, FoundFigures, Places
from tallybook.intake.measure_guess import MeasureGuess
from tallybook.intake.noted_pages import NOT_STATED, NotedPages, notes_at, one_line
from tallybook.intake.origin_guess import OriginGuess
from tallybook.intake.said_by import Voice, voice_of
from tallybook.intake.text_language import ENGLISH, language_of
from tallybook.intake.when_words import period_of, printed_day, status_of
from tallybook.prose import clipped
from tallybook.terms import State, Status

_LONGEST_TITLE = 120
_DASHES = str.maketrans("–—−‑’", "-----")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class About:
    """What is known of an article besides its text. ``guessed_day``: the day is only that of today;
    ``printed_day``: it is read off a line of the text."""

    id: str
    title: str
    publisher: str
    published: str
    language: str
    url: str | None
    guessed_day: bool
    printed_day: bool = False

    @property
    def day(self) -> date:
        return parse_period(self.published).end


@dataclass(frozen=True, slots=True)
class Drafted:
    """``article``: the data of ``claims/<id>.yaml``; ``sources``: of pages that its notes name, by id."""

    article: dict[str, Any]
    sources: dict[str, dict[str, Any]]


def about(article: ArticleText, given: Mapping[str, str | None], today: date) -> About:
    """What a person gave, else what the file says, else that it is not stated."""
    title = given.get("title") or article.title or clipped(article.paragraphs[0].text, _LONGEST_TITLE)
    url = article.url if article.url and re.fullmatch(r"https?://\S{1,480}", article.url) else None
    host = urlsplit(url).hostname if url else None
    known = given.get("published") or article.published
    printed = None if known else printed_day([paragraph.text for paragraph in article.paragraphs], today)
    published = known or printed
    return About(
        id=given.get("id") or slug(title) or "article",
        title=one_line(title),
        publisher=one_line(given.get("publisher") or article.publisher or host or NOT_STATED),
        published=published or today.isoformat(),
        language=given.get("language") or _language(article),
        url=url,
        guessed_day=published is None,
        printed_day=printed is not None,
    )


def _language(article: ArticleText) -> str:
    """As the page says it, else by the words of its text; English where neither tells."""
    return (article.language or language_of(article.text) or ENGLISH)[:2].lower()


def slug(words: str, longest: int = 40) -> str:
    """Words as an id: "Over 12,000 loaves" is "over-12000-loaves"; empty for words without Latin letters."""
    words = words.translate(_DASHES)
    plain = unicodedata.normalize("NFKD", re.sub(r"(?<=\d)[,.](?=\d{3}\b)", "", words)).encode(
        "ascii", "ignore"
    )
    made = "-".join(_WORD.findall(plain.decode().lower()))
    return made if len(made) <= longest else made[:longest].rpartition("-")[0] or made[:longest]


def drafted(article: ArticleText, found: FoundFigures, what: About, book: Book, today: date) -> Drafted:
    """The data of the draft, in the order of the keys of a claim."""
    draft = _Draft(article, found, what, book)
    claims = [draft.claim(figure) for figure in found.figures]
    data: dict[str, Any] = {
        "id": what.id,
        "title": what.title,
        "publisher": what.publisher,
        **({"url": what.url} if what.url else {}),
        "published": what.published,
        **({"published_is": "unreliable"} if what.guessed_day else {}),
        **({"published_is": "inferred"} if what.printed_day else {}),
        "language": what.language,
        "state": str(State.DRAFT),
        "text": {
            "sha256": article.digest,
            "characters": len(article.text),
            "paragraphs": len(article.paragraphs),
            "extractor": one_line(article.extractor),
        },
        "claims": claims,
        "set_aside": [
            {"anchor": anchor_data(one.anchor), "kind": one.kind, "because": one.because}
            for one in found.set_aside
        ],
    }
    return Drafted(data, draft.notes.made)


def anchor_data(anchor: Anchor) -> dict[str, Any]:
    given = {key: getattr(anchor, key) for key in ("exact", "prefix", "suffix", "paragraph", "start", "end")}
    return {key: value for key, value in given.items() if value not in ("", None)}


class _Draft:
    """One draft in the making."""

    def __init__(self, article: ArticleText, found: FoundFigures, what: About, book: Book) -> None:
        self.article, self.found, self.what, self.book = article, found, what, book
        self.places = Places(article.paragraphs, article.text)
        self.guess = MeasureGuess(book)
        self.origins = OriginGuess(book)
        self.notes = NotedPages(article.annotations, what.id, book)
        self._ids: set[str] = set()

    def claim(self, figure: FoundFigure) -> dict[str, Any]:
        mention = figure.mention
        voice = self.voice(figure)
        day = None if self.what.guessed_day else self.what.day
        status = status_of(mention, self.article.text) if self.what.language == "en" else Status.OBSERVED
        measure = self.guess.best(mention, self.guess.offered(mention, self.found.reading, voice.who or ""))
        guessed: dict[str, Any] = {
            "measure": measure.id if measure else None,
            "attributed_to": one_line(voice.who) if voice.who else None,
            "origin": self.origins.named(voice.who),
            "cites": self.cited(figure),
            "status": str(status) if status is not Status.OBSERVED else None,
            "reference_period": period_of(mention, self.found.reading, day, status),
        }
        told = {key: value for key, value in guessed.items() if value}
        made: dict[str, Any] = {"id": self.id(figure)}
        made |= {"measure": told.pop("measure")} if "measure" in told else {}
        made |= {"anchor": anchor_data(figure.anchor)}
        made |= {"also": [anchor_data(anchor) for anchor in figure.also]} if figure.also else {}
        made |= told
        remark = self.remark(figure, voice)
        made |= {"remark": remark} if remark else {}
        made["guessed"] = [key for key in guessed if key == "attributed_to" or guessed[key]]
        return made

    def voice(self, figure: FoundFigure) -> Voice:
        if self.what.language != "en":
            return Voice(False, False, None)
        text, here = self.article.text, self.places.bounds(figure.mention.start)
        first, last = self.places.bounds(max(0, here[0] - 3))
        return voice_of(figure.mention, text, here, text[first:last] if here[0] else "")

    def id(self, figure: FoundFigure) -> str:
        base = slug(figure.words) or "figure"
        made, k = base, 2
        while made in self._ids:
            made, k = f"{base}-{k}", k + 1
        self._ids.add(made)
        return made

    def remark(self, figure: FoundFigure, voice: Voice) -> str | None:
        """What a person should look at: a mark at the words, a pronoun, words that read otherwise alone."""
        anchors = (figure.anchor, *figure.also)
        marks = {m.says for a in anchors for m in self.article.marks_at(a.start or 0, a.end or 0)}
        told = [f"Check the words: {says}" for says in sorted(marks)]
        if voice.said and voice.who is None:
            told.append("Somebody's word, and it is not clear whose: name them in 'attributed_to'.")
        if not figure.alone:
            told.append("The words alone do not say what is counted; the sentence does.")
        return one_line(" ".join(told)) if told else None

    def cited(self, figure: FoundFigure) -> list[str] | None:
        """The pages that the notes at the figure or in its sentence name: known ones, or pages to be seen."""
        pages = [
            page for note in notes_at(figure, self.article.annotations) for page in self.notes.pages(note)
        ]
        return list(dict.fromkeys(pages)) or None


def without_guesses(claim: Mapping[str, Any], but: Collection[str] = ()) -> dict[str, Any]:
    """A claim without what was guessed of it, ``but`` for some fields."""
    guessed = set(claim.get("guessed", ())) - set(but)
    kept = {key: value for key, value in claim.items() if key not in guessed}
    return kept | {"guessed": ["attributed_to"]}
