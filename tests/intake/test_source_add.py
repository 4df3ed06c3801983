"""Pages brought in as sources: written whole, drafted as guesses, recognised where the book has them.

Everything in these pages is made up.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

import tallybook as tb
from tallybook.book.load import load_book
from tallybook.book.problems import BookError
from tallybook.cli.app import app
from tallybook.intake.fetch import Fetched
from tallybook.intake.known_pages import How
from tallybook.intake.read_page import PageRead, fetched_page, page_of
from tallybook.intake.source_add import Added, SourceAdding

for package in ("lxml", "trafilatura", "warcio", "ruamel.yaml"):
    pytest.importorskip(package)

CITY = Path(__file__).resolve().parents[1] / "data" / "made-up-city-budget"
CASE = "made-up-city-budget"
WHEN = datetime(2026, 5, 3, 10, 20, 30, tzinfo=UTC)
URL = "https://daily.example/2025/trams"
TEXT = (
    "Trams of Made-up Harbour had 27.4 million passengers in 2024, the Made-up Tram Company said on Friday.",
    "The city filled 18,500 potholes last year, according to the Made-up Harbour Council, and all are glad.",
    "Nobody in the town could say why so many holes had come up in the streets around the old market hall.",
    "There were also 300 ducks in the harbour, which a teacher had counted with pupils on a day in spring.",
)  # fmt: skip


def page(
    *paragraphs: str, url: str = URL, canonical: str = "", head: str = "", day: str = "2025-05-03"
) -> PageRead:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    said = "".join(f"<p>{words}</p>" for words in paragraphs or TEXT)
    html = (
        f'<html lang="en"><head><title>Trams</title><meta property="og:site_name" content="Made-up Daily">'
        f'<meta property="article:published_time" content="{day}">{link}{head}</head>'
        f"<body><nav>Home</nav><article><h1>Made up: trams</h1>{said}</article></body></html>"
    )
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return fetched_page(Fetched(html.encode(), url, headers, WHEN, url), url)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "city"
    shutil.copytree(CITY, made)
    return made


@pytest.fixture
def add(root: Path) -> Callable[..., Added]:
    return lambda made=None, **given: SourceAdding(root, given).add(made or page())


def data(root: Path, id_: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((root / "sources" / f"{id_}.yaml").read_text(encoding="utf-8"))
    return found


def sources(root: Path) -> set[str]:
    return {file.stem for file in (root / "sources").iterdir()}


def test_a_page_becomes_a_source_with_drafts_and_nothing_is_judged_otherwise(
    root: Path, add: Callable[..., Added]
) -> None:
    before = tb.open_book(root)[CASE].verdicts()
    added = add()
    found = data(root, "made-up-daily-2025-05-03")
    assert (found["publisher"], found["url"], found["published"]) == ("Made-up Daily", URL, "2025-05-03")
    assert (found["kind"], found["kept"], found["read_on"]) == ("secondary", "excerpt", "2026-05-03")
    assert found["guessed"] == ["kind"]
    assert found["snapshot"] == {"sha256": added.page.article.sha256_of_bytes, "taken": "2026-05-03"}
    assert found["text"]["sha256"] == added.page.article.digest
    assert [one["words"] for one in found["statements"]] == ["27.4 million passengers", "18,500 potholes"]
    assert all(one["guessed"][0] == "words" for one in found["statements"])
    assert tb.open_book(root)[CASE].verdicts().equals(before)


def test_what_is_kept_beside_the_book_is_the_page(root: Path, add: Callable[..., Added]) -> None:
    added = add()
    assert added.kept == f".cache/snapshots/2026-05-03-{added.page.article.sha256_of_bytes[:16]}.warc.gz"
    text = (root / ".cache" / "pages" / f"{added.source}.txt").read_text(encoding="utf-8")
    digest = data(root, added.source)["text"]["sha256"]
    assert hashlib.sha256(text.encode()).hexdigest() == digest
    assert text.endswith("spring.") and "Home" not in text
    again = page_of(root / added.kept)
    assert (again.url, again.article.text) == (URL, text)


def test_the_guesses_of_a_statement(root: Path, add: Callable[..., Added]) -> None:
    first, second = data(root, add().source)["statements"]
    assert first == {
        "id": "made-up-daily-2025-05-03-27-4-million-passengers",
        "measure": "made_up_city_tram_passengers",
        "words": "27.4 million passengers",
        "origin": "made_up_city_tram_company",
        "reference_period": "2024",
        "stated": "2025-05-02",
        "speaker_org": "the Made-up Tram Company",
        "guessed": ["words", "measure", "origin", "reference_period", "stated", "speaker_org"],
    }
    assert (second["origin"], second["reference_period"]) == ("made_up_city_council", "2024")


def test_a_figure_that_no_measure_fits_stays_in_the_text_unless_all_are_asked_for(
    root: Path, add: Callable[..., Added]
) -> None:
    assert add().drafted.rest == 1  # type: ignore[union-attr]
    every = SourceAdding(root, every=True).add(page(*TEXT[2:], url="https://other.example/ducks"))
    (ducks,) = data(root, every.source)["statements"]
    assert ducks["words"] == "300 ducks" and "measure" not in ducks


@pytest.mark.parametrize(
    ("sentence", "origin", "via", "who"),
    [
        ("The city filled 18,500 potholes, Yonhap reported.", None, ["Yonhap"], None),
        ("Yonhap reported that the city filled 18,500 potholes.", None, ["Yonhap"], None),
        ("The city filled 18,500 potholes, the Yonhap news agency reported.", None, ["Yonhap"], None),
        ("Yonhap reported, citing the Made-up Harbour Council, that the city filled 18,500 potholes.",
         "made_up_city_council", ["Yonhap"], "the Made-up Harbour Council"),
        ("The city filled 18,500 potholes, according to Reuters.", None, ["Reuters"], None),
        ("“We filled 18,500 potholes,” Mayor Anna Berg told Reuters.", None, ["Reuters"], "Mayor Anna Berg"),
        ("The Made-up Gazette reported that 18,500 potholes were filled.", None, ["Made-up Gazette"], None),
        ("The Eastern Tribune wrote that 18,500 potholes were filled.", None, ["Eastern Tribune"], None),
        ("The Made-up Harbour Council said that 18,500 potholes were filled.",
         "made_up_city_council", [], "The Made-up Harbour Council"),
        ("The New York Times, citing its reporters, wrote that 18,500 potholes were filled.",
         None, ["New York Times"], "its reporters"),
        ("Kyodo News and NHK reported that 18,500 potholes were filled.", None, ["NHK", "Kyodo News"], None),
        ("Sun Machines reported that 18,500 potholes were filled.", None, [], "Sun Machines"),
        ("The city filled 18,500 potholes, the mayor told reporters.", None, [], "the mayor"),
        ("The city filled 18,500 potholes, the mayor told the Evening News on Monday.",
         None, ["Evening News"], "the mayor"),
        ("The Made-up Birds reported that 18,500 potholes were filled.", None, [], "The Made-up Birds"),
        ("The city filled 18,500 potholes, the Reporters’ Union said.", None, [], "the Reporters’ Union"),
        ("The city filled 18,500 potholes in 2024.", None, [], None),
    ],
)  # fmt: skip
def test_whose_figure_it_is_and_through_whom_it_came(
    root: Path, add: Callable[..., Added], sentence: str, origin: str | None, via: list[str], who: str | None
) -> None:
    (made,) = data(root, add(page(sentence)).source)["statements"]
    assert (made.get("origin"), made.get("via", [])) == (origin, via)
    assert (made.get("speaker") or made.get("speaker_org")) == who


@pytest.mark.parametrize(
    ("first", "last", "via"),
    [
        ("HARBOUR, May 3 (Yonhap) -- A day.", "The end.", ["Yonhap"]),
        ("HARBOUR (Reuters) – A day.", "The end.", ["Reuters"]),
        ("A day.", "Source: AFP", ["AFP"]),
        ("A day.", "With reporting from the Associated Press", ["Associated Press"]),
        ("A day.", "This story was first published by the Made-up Gazette.", ["Made-up Gazette"]),
        ("By Anna Berg", "© Made-up Daily", []),
        ("A day (Tuesday) – no more.", "Source: the council", []),
    ],
)
def test_the_credits_of_a_page_are_those_of_its_statements(
    root: Path, add: Callable[..., Added], first: str, last: str, via: list[str]
) -> None:
    (made,) = data(root, add(page(first, TEXT[1], last)).source)["statements"]
    assert made.get("via", []) == via


def test_a_day_that_only_a_line_of_the_text_tells_is_a_guess(root: Path, tmp_path: Path) -> None:
    (tmp_path / "trams.txt").write_text("Made up: trams\n\nBy Ann Example, 14 March 2025\n\n" + TEXT[0])
    made = SourceAdding(root).add(page_of(tmp_path / "trams.txt"))
    found = data(root, made.source)
    assert (found["published"], found["published_is"]) == ("2025-03-14", "inferred")
    assert made.source == "trams-2025-03-14"
    assert found["guessed"] == ["publisher", "published", "language", "kind"]
    assert found["statements"][0]["stated"] == "2025-03-14"  # the Friday before, or the day itself


def test_a_page_of_an_origin_speaks_for_itself(root: Path, add: Callable[..., Added]) -> None:
    made = add(page("The trams carried 27.4 million passengers in 2024."), publisher="Made-up Tram Company")
    found = data(root, made.source)
    assert found["kind"] == "primary" and "publisher" not in found["guessed"]
    assert found["statements"][0]["origin"] == "made_up_city_tram_company"


def test_what_names_the_page_of_a_statement_with_the_same_figure_is_guessed_to_relay_it(
    root: Path, add: Callable[..., Added]
) -> None:
    said = "Last year 18,500 potholes were filled, the Made-up Gazette reported."
    (made,) = data(root, add(page(said, day="2025-07-01")).source)["statements"]
    assert made["relays"] == "made-up-city-gazette-potholes" and "relays" in made["guessed"]
    assert made["origin"] == "made_up_city_council"
    other = page(said.replace("18,500", "18,600"), url="https://daily.example/other", day="2025-07-01")
    assert "relays" not in data(root, add(other).source)["statements"][0]


def test_a_copy_on_another_site_is_guessed_to_relay_the_same_figures(
    root: Path, add: Callable[..., Added]
) -> None:
    first = add()
    file = root / "sources" / f"{first.source}.yaml"
    text = file.read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("    guessed:")]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    mirror = data(root, add(page(*TEXT, "The end.", url="https://mirror.example/trams")).source)
    relays = [one.get("relays") for one in mirror["statements"]]
    assert relays == [one["id"] for one in data(root, first.source)["statements"]]


def test_a_page_from_before_what_it_names_relays_nothing(root: Path, add: Callable[..., Added]) -> None:
    said = "Last year 18,500 potholes were filled, the Made-up Gazette reported."
    (made,) = data(root, add(page(said, day="2025-06-01")).source)["statements"]
    assert "relays" not in made


SAME = [
    (URL, How.ADDRESS),
    ("http://daily.example/2025/trams", How.ADDRESS),
    ("https://www.daily.example/2025/trams/", How.ADDRESS),
    ("https://m.daily.example/2025/trams?utm_source=x&fbclid=y#top", How.ADDRESS),
    ("https://daily.example:443/2025/trams/amp", How.ADDRESS),
    ("https://daily.example/2025/tr%61ms", How.ADDRESS),
    ("https://daily.example/print?id=7", How.BYTES),
]


@pytest.mark.parametrize(("url", "how"), SAME)
def test_a_page_is_known_by_its_address_and_its_bytes(
    root: Path, add: Callable[..., Added], url: str, how: How
) -> None:
    first = add()
    before = sources(root)
    again = add(page(url=url))
    assert again.known is not None and (again.known.source, again.known.how) == (first.source, how)
    assert not again.known.changed and sources(root) == before


def test_a_page_is_known_by_its_text_and_by_the_address_that_it_calls_its_own(
    root: Path, add: Callable[..., Added]
) -> None:
    first = add()
    assert add(page(url="https://daily.example/a", head="<meta name=x>")).known.how is How.TEXT  # type: ignore[union-attr]
    more = page(*TEXT, "More of the ducks.", url="https://daily.example/b")
    assert add(more).known.how is How.NEAR  # type: ignore[union-attr]
    own = page(*TEXT, "More ducks, 301.", url="https://daily.example/c", canonical=f"{URL}?utm_medium=z")
    found = add(own).known
    assert found is not None and (found.how, found.source, found.changed) == (
        How.CANONICAL,
        first.source,
        True,
    )


BREAD = "https://daily.example/bread"
OTHERS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "other text": (("A quite different text about bread.",), {"url": BREAD}),
    "other numbers": ((TEXT[0], TEXT[1].replace("18,500", "19,500"), *TEXT[2:]), {"url": BREAD}),
    "other site": ((*TEXT, "The end."), {"url": "https://mirror.example/trams"}),
    "the same text on another site": (TEXT, {"url": "https://mirror.example/x", "head": "<meta name=x>"}),
    "canonical is a front page": (("Bread.",), {"url": BREAD, "canonical": "https://daily.example/"}),
    "canonical elsewhere": (("Bread.",), {"url": "https://elsewhere.example/bread", "canonical": URL}),
    "canonical of another": (("A story of bread, not of trams; " * 30,), {"url": BREAD, "canonical": URL}),
    "another query": (("Bread.",), {"url": f"{URL}?id=8"}),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_page_is_not_taken_for_a_known_one(root: Path, add: Callable[..., Added], name: str) -> None:
    add()
    said, more = OTHERS[name]
    found = add(page(*said, **more))
    assert found.known is None and found.source in sources(root)


def test_a_copy_on_another_site_is_told(root: Path, add: Callable[..., Added]) -> None:
    first = add()
    alike = add(page(*TEXT, "The end.", url="https://mirror.example/trams")).alike
    assert [(one.name, one.numbers) for one in alike] == [(first.source, ())]
    update = page(TEXT[0], TEXT[1].replace("18,500", "19,500"), *TEXT[2:], url="https://daily.example/new")
    assert {one.numbers for one in add(update).alike} == {("18,500", "19,500")}


def test_the_article_itself_is_guessed_to_be_a_copy(root: Path, add: Callable[..., Added]) -> None:
    url = load_book(root).articles[CASE].url
    found = data(root, add(page(url=f"{url}?utm_source=x")).source)
    assert found["copy_of"] == CASE and found["guessed"] == ["kind", "copy_of"]


def test_a_known_page_whose_text_changed_is_told_and_the_book_is_unchanged(
    root: Path, add: Callable[..., Added]
) -> None:
    first = add()
    file = root / "sources" / f"{first.source}.yaml"
    before, text = file.read_bytes(), (root / ".cache" / "pages" / f"{first.source}.txt").read_bytes()
    again = add(page(*TEXT, "And one more."))
    assert again.known is not None and again.known.changed and again.kept != first.kept
    assert file.read_bytes() == before
    assert (root / ".cache" / "pages" / f"{first.source}.txt").read_bytes() == text


def test_a_page_of_the_book_gets_its_digests_and_keeps_its_lines(
    root: Path, add: Callable[..., Added]
) -> None:
    file = root / "sources" / "made-up-city-gazette.yaml"
    before = file.read_text(encoding="utf-8")
    found = add(page(url="https://www.example.org/made-up-gazette/mayor"))
    assert found.known is not None and found.drafted is None
    after = file.read_text(encoding="utf-8")
    assert after.startswith(before) and "snapshot:" in after and "text:" in after
    assert (root / ".cache" / "pages" / "made-up-city-gazette.txt").is_file()


def test_a_source_that_nobody_had_seen_is_filled_and_stays_cited(
    root: Path, add: Callable[..., Added]
) -> None:
    unseen = root / "sources" / "town-note-1.yaml"
    unseen.write_text(
        "# whoever reads this\nid: town-note-1\npublisher: daily.example\nwhat: 'footnote: the trams'\n"
        f"url: {URL}\nkind: primary\nseen: false\n",
        encoding="utf-8",
    )
    found = add()
    assert found.filled and found.source == "town-note-1"
    now = data(root, "town-note-1")
    assert (now["publisher"], now["kind"], now["what"]) == ("Made-up Daily", "primary", "footnote: the trams")
    assert "seen" not in now and len(now["statements"]) == 2 and "guessed" not in now
    assert unseen.read_text(encoding="utf-8").startswith("# whoever reads this\n")
    load_book(root)


def test_a_source_without_an_address_is_filled_by_its_id(root: Path, tmp_path: Path) -> None:
    (tmp_path / "speech.txt").write_text("The mayor said that 18,500 potholes were filled in 2024.", "utf-8")
    file = root / "sources" / "made-up-city-speech.yaml"
    before = file.read_text(encoding="utf-8")
    added = SourceAdding(root, {"id": "made-up-city-speech"}).add(page_of(tmp_path / "speech.txt"))
    assert added.filled and added.known is not None and added.known.how is How.NAMED
    assert file.read_text(encoding="utf-8").startswith(before.replace("seen: false\n", ""))
    assert [one.words for one in load_book(root).sources[added.source].drafted] == ["18,500 potholes"]
    with pytest.raises(BookError, match="is there already"):
        SourceAdding(root, {"id": "made-up-city-speech"}).add(page("Bread.", url=BREAD))


def test_two_who_add_at_once_lose_nothing(root: Path) -> None:
    one, other, third = SourceAdding(root), SourceAdding(root), SourceAdding(root, {"id": "else"})
    first = one.add(page())
    assert other.add(page()).known is not None
    assert third.add(page()).known is not None
    bread = other.add(page("Bread.", url=BREAD))
    assert (first.source, bread.source) == ("made-up-daily-2025-05-03", "made-up-daily-2025-05-03-2")
    load_book(root)


def test_one_id_is_given_once(root: Path, add: Callable[..., Added]) -> None:
    add(id="trams")
    before = (root / "sources" / "trams.yaml").read_bytes()
    with pytest.raises(BookError, match="is there already"):
        add(page("Bread.", url="https://daily.example/bread"), id="trams")
    assert (root / "sources" / "trams.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "given",
    [{"id": "../x"}, {"id": "A"}, {"published": "someday"}, {"published": "2025-13-01"}, {"language": "EN"}],
)
def test_what_the_book_cannot_take_leaves_nothing(
    root: Path, add: Callable[..., Added], given: dict[str, str]
) -> None:
    before = sources(root)
    with pytest.raises(BookError):
        add(**given)
    assert sources(root) == before and not (root / ".cache" / "pages").exists()
    load_book(root)


HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> &amp; {{x}} - [y] \u202e\x1b[31m!!python/object #"


def test_hostile_words_are_words(root: Path, add: Callable[..., Added]) -> None:
    said = f"The city filled 18,500 potholes, the {HOSTILE} Office said."
    made = add(page(said), publisher=HOSTILE, title=HOSTILE)
    text = (root / "sources" / f"{made.source}.yaml").read_text(encoding="utf-8")
    assert all(c.isprintable() or c == "\n" for c in text)
    source = load_book(root).sources[made.source]
    assert source.publisher == source.title and source.publisher.startswith("=cmd|' /C calc'!A0 <script>")
    assert made.source.replace("-", "").isalnum()


def test_a_language_that_is_not_read_is_kept_and_nothing_is_drafted(
    root: Path, add: Callable[..., Added]
) -> None:
    made = add(language="ko")
    assert "statements" not in data(root, made.source)
    assert "language 'ko' is not read" in made.drafted.told[0]  # type: ignore[union-attr]


# The command


def run(root: Path, *words: object) -> Result:
    return CliRunner().invoke(app, ["source", "add", *map(str, words), "--project", str(root)])


def test_a_folder_is_read_as_far_as_it_can_be(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    (folder / "more").mkdir(parents=True)
    (folder / "one.txt").write_text(f"{TEXT[0]}\n\n{TEXT[1]}\n", encoding="utf-8")
    (folder / "more" / "two.md").write_text(f"# Two\n\n{TEXT[1]}\n", encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04")
    (folder / ".hidden.txt").write_text(TEXT[0], encoding="utf-8")
    (folder / "link.txt").symlink_to(CITY / "claims" / "measures.yaml")
    (folder / "picture.png").write_bytes(b"x")
    found = run(root, folder)
    assert found.exit_code == 1
    assert "broken.docx:1: is no whole DOCX file" in found.stderr
    assert found.stdout.splitlines()[-1] == "2 of 3 pages were read."
    assert sources(root) - {f.stem for f in (CITY / "sources").iterdir()} == {"one-undated", "two-undated"}
    again = run(root, folder)
    assert again.stdout.count("known  sources/") == 2


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["nofile.txt"], 1, "cannot be read: No such file"),
        (["http://127.0.0.1/x"], 1, "is no public address"),
        (["ftp://a.example/x"], 1, "cannot be read"),
        (["a.txt", "b.txt", "--id", "x"], 2, "--id is of one page"),
        (["a.txt", "--kind", "best"], 2, "--kind 'best' is not one of"),
    ],
)
def test_bad_input_is_one_message(root: Path, words: list[str], code: int, told: str) -> None:
    found = run(root, *words)
    assert (found.exit_code, found.stdout) == (code, "")
    assert told in found.stderr and len(found.stderr.splitlines()) == 1


def test_an_empty_folder_is_told(root: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    found = run(root, tmp_path / "none")
    assert found.exit_code == 1 and "has no HTML, PDF, DOCX" in found.stderr


def test_the_book_is_read_anew_where_others_added_what_is_read_of_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not for what nobody reads: a hidden folder is no page of the book."""
    kept = root / "kept elsewhere"
    for folder in (kept, root / "sources" / ".old"):
        folder.mkdir()
    (root / "sources" / "linked").symlink_to(kept)
    one = next(file for file in (root / "sources").glob("*.yaml") if file.name != "origins.yaml")
    shutil.copy(one, root / "sources" / ".old" / "another.yaml")
    adding = SourceAdding(root)
    opened: list[Path] = []
    usual = SourceAdding._open
    monkeypatch.setattr(SourceAdding, "_open", lambda self: (opened.append(self.root), usual(self))[1])
    adding.add(page())
    assert not opened
    shutil.move(one, kept / one.name)
    adding.add(page("It has 36 trams.", url="https://example.org/other"))
    assert not opened  # it has moved, and is the same page
    shutil.copy(one := kept / one.name, kept / "later.yaml")
    edited = (kept / "later.yaml").read_text(encoding="utf-8").replace(f"id: {one.stem}", "id: later")
    (kept / "later.yaml").write_text(edited, encoding="utf-8")
    adding.add(page("It has 37 trams.", url="https://example.org/third"))
    assert opened and "later" in adding.book.sources


# How much of a guess a measure is

OF_ENERGY = """
  - id: made_up_solar
    kind: total
    unit: gigawatt hour
    definition: Solar electricity of the roofs.
  - id: made_up_ridge_homes
    kind: total
    once: true
    unit: home
    definition: Homes that the fire at Alder Ridge destroyed.
"""


@pytest.mark.parametrize(
    ("text", "measure", "weak"),
    [
        ("Solar electricity from roofs came to 41 gigawatt hours.", "made_up_solar", None),
        (
            "Electricity from wind came to 41 gigawatt hours.",
            "made_up_solar",
            "weak: “Solar” and “roofs” of its definition are not near",
        ),
        ("The fire at Alder Ridge destroyed 312 homes.", "made_up_ridge_homes", None),
        ("The fire destroyed 312 homes, the mayor said. Alder Ridge is shut.", "made_up_ridge_homes", None),
        ("The fire at Pine Hollow destroyed 312 homes.", None, None),
    ],
)
def test_a_measure_is_proposed_by_its_words_and_else_marked_as_weak(
    root: Path, text: str, measure: str | None, weak: str | None
) -> None:
    """By its unit alone, and in a text without a name that the definition names, a figure is of any fire."""
    measures = root / "claims" / "measures.yaml"
    written = measures.read_text(encoding="utf-8")
    measures.write_text(written.rstrip("\n") + OF_ENERGY, encoding="utf-8")
    drafted = SourceAdding(root, {}).add(page(text)).drafted
    assert drafted is not None
    (one,) = drafted.data["statements"]
    assert one.get("measure") == measure
    assert drafted.weak.get(one["id"]) == weak
