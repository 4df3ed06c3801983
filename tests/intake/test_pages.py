"""A page: what of it is the article, and what was left out. All pages are made up."""

from __future__ import annotations

import pytest

from tallybook.intake.article_text import ArticleText, read_article

pytest.importorskip("trafilatura")

SAYS = "<p>The miller of Ada said on Monday that his mill had sold {} loaves in a month, and was content.</p>"
STORY = "".join(SAYS.format(n) for n in (1_200, 2_300, 3_400))
PROMPT = "<div class=box><p>Subscribe to continue reading this story. Already a subscriber? Log in.</p></div>"


def read_page(body: str, head: str = "", lang: str = "en") -> ArticleText:
    raw = f"<!doctype html><html lang={lang}><head>{head}</head><body>{body}</body></html>".encode()
    return read_article(raw, name="page.html")


def texts(found: ArticleText) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


def test_what_stands_around_the_article_is_left_out_and_named() -> None:
    found = read_page(
        "<nav><ul><li><a href=/>Home 11</a><li><a href=/a>News 22</a></ul></nav>"
        f"<article><h1>Bread of Ada</h1>{STORY}</article>"
        "<aside><p>Most read: 33 cakes that you must bake</p></aside>"
        "<div class=newsletter-signup><p>Join 44,000 readers of our letter</p></div>"
        "<section id=comments><p>I counted 55 loaves myself</p><p>And I 66</p></section>"
        "<footer><p>© 2031 The Daily, 77 Mill Street</p></footer>"
    )
    assert texts(found)[0] == "Bread of Ada" and len(found.paragraphs) == 4
    assert not any(words in found.text for words in ("11", "22", "33", "44", "55", "66", "77"))
    reasons = {left.reason: left.words for left in found.left_out}
    assert reasons["navigation"] == "News 22" and reasons["comments"] == "And I 66"
    assert set(reasons) == {"navigation", "aside", "newsletter", "comments", "footer"}


def test_headline_captions_tables_lists_and_quotations_stay_in_their_order() -> None:
    found = read_page(
        "<main><header><h1>Bread of Ada</h1></header>"
        "<figure><img src=a.png><figcaption>A queue of 40 people</figcaption></figure>"
        f"{STORY}<h2>In figures</h2>"
        "<table><caption>Loaves by town</caption><thead><tr><th>Town<th>Loaves</thead>"
        "<tbody><tr><td>Ada<td>1,200</tr><tr><td>Bix<td><p>340</p></tr></tbody></table>"
        "<ul><li>one of 12 items</li><li>another of 30</li></ul>"
        f"<blockquote><p>It was 45 degrees at night, said one.</p></blockquote>{STORY}</main>"
    )
    kinds = [(p.kind, p.text) for p in found.paragraphs if p.kind != "text"]
    assert kinds == [
        ("heading", "Bread of Ada"),
        ("caption", "A queue of 40 people"),
        ("heading", "In figures"),
        ("caption", "Loaves by town"),
        ("table", "Town | Loaves"),
        ("table", "Ada | 1,200"),
        ("table", "Bix | 340"),
        ("list", "one of 12 items"),
        ("list", "another of 30"),
        ("quote", "It was 45 degrees at night, said one."),
    ]


def test_equal_paragraphs_are_as_many_as_the_page_has() -> None:
    found = read_page(f"<article><h1>Bread</h1>{STORY}{SAYS.format(1_200)}{SAYS.format(1_200)}</article>")
    assert sum("1200 loaves" in text for text in texts(found)) == 3


def test_a_frame_of_tables_is_no_table() -> None:
    found = read_page(f"<table><tr><td>Menu 12</td><td><h1>Bread</h1>{STORY}</td></tr></table>")
    assert all(paragraph.kind != "table" for paragraph in found.paragraphs)
    assert "1200 loaves" in found.text


@pytest.mark.parametrize(
    "body",
    [
        "Over 12 loaves",
        "<p>Over 12 loaves</p>",
        "<div>Over 12 loaves</div>",
        "<section><span>Over 12</span> <b>loaves</b></section>",
        "<center><font>Over 12 loaves</font></center>",
    ],
)
def test_a_page_of_a_few_words(body: str) -> None:
    assert read_page(body).text == "Over 12 loaves"


def test_two_forced_line_ends_part_paragraphs() -> None:
    found = read_page("<div>Over 12 loaves were sold.<br><br>And 30 rolls<br>of rye.</div>")
    assert texts(found) == ["Over 12 loaves were sold.", "And 30 rolls of rye."]


def test_what_a_page_says_of_itself() -> None:
    head = (
        "<title>Bread of Ada | The Daily</title><meta name=author content='Jo Doe'>"
        "<meta property='og:site_name' content='The Daily'>"
        "<meta property='article:published_time' content='2031-05-03T10:00:00Z'>"
        "<link rel=canonical href='https://daily.example/bread'>"
    )
    found = read_page(f"<article><h1>Bread of Ada</h1>{STORY}</article>", head, "en-GB")
    assert (found.title, found.author, found.publisher) == ("Bread of Ada", "Jo Doe", "The Daily")
    assert (found.published, found.language, found.url) == ("2031-05-03", "en", "https://daily.example/bread")
    assert found.extractor.startswith("trafilatura ")


def test_no_day_is_guessed() -> None:
    found = read_page(f"<article><h1>Bread</h1>{STORY}</article><footer>© 2019, updated 3 May 2018</footer>")
    assert found.published is None


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f"<article><h1>Bread</h1>{SAYS.format(5)}{SAYS.format(6)}</article>{PROMPT}", ""),
        (f"<article><h1>Bread</h1>{SAYS.format(5)}{SAYS.format(6)}{PROMPT}</article>", ""),
        (f"<article><h1>Bread</h1>{SAYS.format(5)}</article><p class=paywall>Only 1 € a week</p>", ""),
        (
            f"<article><h1>Bread</h1>{STORY}</article>",
            '<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>',
        ),
    ],
)
def test_a_beginning_for_subscribers_is_known_as_one(body: str, head: str) -> None:
    found = read_page(body, head)
    assert any("for subscribers" in note for note in found.notes)
    assert "Subscribe" not in found.text and "a week" not in found.text


def test_a_whole_story_with_an_offer_at_its_foot_is_none() -> None:
    offer = "<p>Subscribe to our letter.</p>"
    assert not read_page(f"<article><h1>Bread</h1>{STORY * 9}</article>{offer}").notes
    words = "<p>The mill asks its 12 readers to subscribe to bread, and to read on about it.</p>"
    assert not read_page(f"<article><h1>Bread</h1>{STORY}{words}</article>").notes


def test_footnotes_hang_on_their_numbers() -> None:
    found = read_page(
        "<article><h1>Bread</h1>"
        "<p>It sold 1,200 loaves<sup><a href='#fn1' id=r1>1</a></sup> in a month, and he was content.</p>"
        f"{STORY}<section class=footnotes><ol><li id=fn1>The mill's "
        "<a href='https://mill.example/7'>sheet</a> of 3 May <a href='#r1'>↩</a></li></ol>"
        "</section></article>"
    )
    assert "sheet" not in found.text
    (note,) = found.annotations
    assert (note.kind, note.text) == ("footnote", "The mill's sheet of 3 May (https://mill.example/7)")
    assert found.text[: note.start].endswith("1,200 loaves")


def test_nothing_of_a_script_or_a_picture_is_text() -> None:
    inner = "<script>alert(99)</script><svg><text>88</text></svg><img alt='77'><textarea>66</textarea>"
    found = read_page(f"<article><h1>Bread</h1>{STORY}{inner}</article>")
    assert not any(n in found.text for n in ("99", "88", "77", "66"))
