"""Through whom the words of a page came, guessed from its credits: "Yonhap reported", "told Reuters".

A guess for a person to look at. A name counts only where it is one of a newspaper, agency or station: as such
the book knows it, its own words say it ("News", "Tribune"), or everybody knows it ("Reuters").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tallybook.book import Book
from tallybook.consistency.printed_numbers import word_set
from tallybook.intake.article_text import ArticleText
from tallybook.intake.measure_words import stems

_AGENCIES = (
    "Reuters|AFP|Agence France-Presse|AP|Associated Press|Yonhap|TASS|RIA Novosti|RIA|Interfax|Xinhua"
    "|Kyodo|Jiji|dpa|EFE|ANSA|PTI|ANI|Anadolu|UPI|Bloomberg|BBC|CNN|NHK|KBS|KCNA|Ukrinform|PAP|Al Jazeera"
    "|DW|NPR|PBS|CBS|NBC|ABC|AAP|Belga|MTI|CTK|BNS|ELTA|LETA|ERR|Tanjug|Antara|Bernama|IRNA|WAM"
    "|MENA|STT|NTB|Ritzau|Lusa|Politico|Axios|Le Monde|Der Spiegel|El País|Guardian|Economist|Atlantic"
    "|Financial Times|Wall Street Journal|Washington Post|New York Times"
)
_KNOWN = frozenset(name.casefold() for name in _AGENCIES.split("|"))
_OF_MEDIA = word_set(
    "news newspaper times post herald daily weekly tv television radio broadcaster broadcasting press journal"
    " tribune gazette telegraph observer chronicle courier mail mirror standard star sun echo record inquirer"
    " enquirer examiner dispatch bulletin magazine newswire wire pravda zeitung blatt presse tageblatt ilbo"
)
_FIRST_OF_MEDIA = word_set("radio tv daily agence agencia agenzia")
_NAME = r"(?<!\w)[A-Z][\w.&’'-]{0,30}(?:\s(?:of|and|de|[A-Z][\w.&’'-]{0,30})){0,4}"
_LED_BY = (
    "[Cc]iting|[Cc]ited (?:by|in)|[Qq]uoted (?:by|in)|[Aa]ccording to|[Rr]eported (?:by|in)|[Cc]arried by"
    "|[Pp]ublished (?:by|in)|[Ss]een by|[Oo]btained by|[Rr]eports? (?:by|in|from)|[Vv]ia|told|telling"
    "|[Ii]nterview (?:with|to|by|on)"
)
_REPORTED = "(?:has )?(?:reported|reports?|wrote|writes|quoted|cited|learned|revealed)"
_IN_A_SENTENCE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_LED_BY}) (?:the )?(?P<name>{_NAME})",
        rf"(?P<name>{_NAME})(?:’s|'s)? (?:(?:news )?(?:agency|service|newspaper) )?{_REPORTED}\b",
        rf"(?P<name>{_NAME})(?: (?:news )?(?:agency|service|newspaper))?, (?:citing|quoting)\b",
        rf"\((?P<name>{_NAME})\)",
    )
)
_AT_THE_HEAD = re.compile(
    rf"\A(?:[^()\n]{{0,60}}\((?P<in_brackets>{_NAME})\)\s*[-–—:]"
    rf"|\(?(?P<alone>{_NAME})\)?\Z|By (?P<by>{_NAME})\Z|[^/\n]{{0,60}}/\s?(?P<behind>{_NAME})\Z)"
)
_THE = "(?:the |The )?"
_AT_THE_FOOT = re.compile(
    rf"(?:\A(?:Sources?|Credits?|Via|Copyright|©|\(c\))[:\s]{{1,3}}(?:\d{{4}} )?{_THE}(?P<source>{_NAME})"
    rf"|\b[Ww]ith (?:additional )?(?:reporting|inputs?|files|material)(?: by| from) {_THE}(?P<input>{_NAME})"
    rf"|\b(?:originally|first) (?:published|appeared|reported) (?:by|in|on|at) {_THE}(?P<first>{_NAME})"
    rf"|\b[Rr]e(?:printed|published) (?:from|by|with permission from) {_THE}(?P<reprinted>{_NAME}))"
)
_TRAIL = re.compile(r"(?:[’']s)?(?:\s(?:News Agency|news agency|agency|newspaper|daily))?[.’']*\Z")
_ENDS, _LONGEST_END = 4, 400
_MOST_CREDITS = 4


class Media:
    """Which names are those of newspapers, agencies and stations."""

    def __init__(self, book: Book) -> None:
        told = {source.publisher for source in book.sources.values()}
        told |= {name for statement in book.statements.values() for name in statement.via}
        offices = {stems(origin.name) for origin in book.origins.values()}
        self._known = {stems(name) for name in told} - offices - {frozenset()}

    def plain(self, name: str | None) -> str | None:
        """The name as it is written down, where it is one of a medium: "the Yonhap news agency" is Yonhap."""
        words = " ".join((name or "").split()).removeprefix("the ").removeprefix("The ")
        short = _TRAIL.sub("", words)
        if not short or not short[0].isupper():
            return None
        if short.casefold() in _KNOWN or stems(short) in self._known:
            return short
        parts = short.casefold().split()
        named = len(parts) > 1 and (parts[-1] in _OF_MEDIA or parts[0] in _FIRST_OF_MEDIA)
        return short if named else None


def credits_of_page(article: ArticleText, media: Media) -> list[str]:
    """Those in the credits of a page: its author, the head of its first lines, its last lines."""
    found = [article.author] if article.author else []
    lines = [paragraph.text for paragraph in article.paragraphs]
    for line in lines[:_ENDS]:
        found += _names(_AT_THE_HEAD.finditer(line[:_LONGEST_END]))
    for line in lines[-_ENDS:]:
        found += _names(_AT_THE_FOOT.finditer(line[:_LONGEST_END]))
    return _media(found, media)


def credits_of_sentence(sentence: str, media: Media) -> list[str]:
    """Those that a sentence names as having reported, been told or been cited."""
    return _media((name for p in _IN_A_SENTENCE for name in _names(p.finditer(sentence))), media)


def _names(matches: Iterable[re.Match[str]]) -> Iterator[str]:
    return (name for match in matches for name in match.groupdict().values() if name)


def _media(names: Iterable[str], media: Media) -> list[str]:
    found: dict[str, str] = {}
    for name in names:
        both = [media.plain(one) for one in re.split(r"\sand\s", name)]
        if None not in both:  # "Kyodo and NHK" are two, "the Daily Mail and General Trust" is none
            found |= {plain.casefold(): plain for plain in both if plain}
    return list(found.values())[:_MOST_CREDITS]
