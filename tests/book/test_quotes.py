"""The words of an anchor, its paragraph, neighbours and offsets hold together, at one place of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.book import BookError, load_book
from tallybook.book.quotes import check_quotes

EXACT = "over 4,000 loaves"
TEXT = f"Bread.\n\nThe baker sold {EXACT} so far.\n\nShe ate {EXACT} last year.\n"


def checked(project: Path, text: str, **anchor: object) -> list[str]:
    """What is said of the one claim's anchor: the words, in paragraph 2 unless the keys say otherwise."""
    keys = {"exact": f'"{EXACT}"', "paragraph": 2, **anchor}
    written = ", ".join(f"{key}: {value}" for key, value in keys.items())
    file = project / "claims/bread.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    changed = [f"    anchor: {{{written}}}" if line.startswith("    anchor:") else line for line in lines]
    changed.append("    recorded: {low: 4000, because: made up}")
    file.write_text("\n".join(changed), encoding="utf-8")
    book = load_book(project)
    (project / "text.txt").write_text(text, encoding="utf-8")
    return check_quotes(book, book.articles["bread"], project / "text.txt")


@pytest.mark.parametrize(
    "anchor",
    [
        {},
        {"prefix": '"sold "', "suffix": '" so far"'},
        {"prefix": '"sold "', "start": 23, "end": 40},
        {"paragraph": 3, "prefix": '"ate "'},
        {"start": 23},
    ],
)
def test_an_anchor_that_holds(project: Path, anchor: dict[str, object]) -> None:
    assert checked(project, TEXT, **anchor) == [f"all 1 quotations of bread are in {project / 'text.txt'}"]


@pytest.mark.parametrize(
    ("anchor", "told"),
    [
        pytest.param({"exact": '"5,000 loaves"'}, "are not in the text", id="words"),
        pytest.param({"paragraph": 1}, "are in paragraph 2, not in paragraph 1", id="paragraph"),
        pytest.param({"paragraph": 9}, "are in paragraph 2, not in paragraph 9", id="no such paragraph"),
        pytest.param({"prefix": '"gave away "'}, "are not between their prefix and suffix", id="neighbours"),
        pytest.param(
            {"prefix": '"ate "', "suffix": '" last"'}, "are not between their prefix and suffix",
            id="neighbours in another paragraph",
        ),
        pytest.param(
            {"prefix": '"sold "', "suffix": '" last"'}, "are not between their prefix and suffix",
            id="each neighbour in a paragraph of its own",
        ),
        pytest.param({"start": 900, "end": 907}, "are at characters 23–40, not 900–907", id="offsets"),
        pytest.param({"end": 41}, "are at characters 23–40, not 41", id="one offset"),
        pytest.param({"start": 58, "end": 75}, "are at characters 23–40, not 58–75", id="offsets elsewhere"),
        pytest.param(
            {"exact": '"far.\\n\\nShe"'}, "are over a line's end, not in paragraph 2", id="two paragraphs"
        ),
    ],
)  # fmt: skip
def test_an_anchor_that_does_not_hold(project: Path, anchor: dict[str, object], told: str) -> None:
    with pytest.raises(BookError, match=told) as error:
        checked(project, TEXT, **anchor)
    assert str(error.value).startswith("claims/bread.yaml:9: ")


def test_words_that_overlap_themselves_are_all_found(project: Path) -> None:
    assert checked(project, "\nx: anana nana\n", exact="ana", paragraph=1, prefix='"x: an"')
