"""The words of an anchor, its paragraph, neighbours and offsets hold together, at one place of the text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tallybook.book import BookError, load_book
from tallybook.book.quotes import TextCheck, check_quotes
from tallybook.book.records import Anchor

EXACT = "over 4,000 loaves"
TEXT = f"Bread.\n\nThe baker sold {EXACT} so far.\n\nShe ate {EXACT} last year.\n"


def checked(project: Path, text: str, **anchor: object) -> TextCheck:
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
    assert checked(project, TEXT, **anchor).found == [
        f"the 1 quotation of bread is in {project / 'text.txt'}"
    ]


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


def left_out(project: Path, text: str) -> list[str]:
    return [f"{w.line}: {w.message}" for w in checked(project, text).warnings]


def test_a_figure_that_is_neither_a_claim_nor_set_aside_is_told_with_what_to_write(project: Path) -> None:
    assert left_out(project, TEXT + "\nIn June 2024 he had 12 ovens.\n") == [
        "5: the figure 'over 4,000 loaves' in paragraph 3 is neither a claim nor set aside. Where claim "
        "'sold' is said again, add to its 'also' in claims/bread.yaml: "
        '{exact: "over 4,000 loaves", paragraph: 3}.',
        "7: the figure '12 ovens' in paragraph 4 is neither a claim nor set aside. Make it a claim in "
        "claims/bread.yaml, or add there under 'set_aside': "
        '- {anchor: {exact: "12 ovens", paragraph: 4}, kind: …, because: …}',
    ]


def test_what_is_to_be_written_is_what_a_book_reads(project: Path) -> None:
    (told,) = left_out(project, TEXT.replace(f"She ate {EXACT}", 'She ate 12 "rolls"'))
    anchor = yaml.safe_load(told.partition("'set_aside': ")[2])[0]["anchor"]
    assert Anchor(**anchor).paragraph == 3 and anchor["exact"].startswith("12")


def test_claims_their_repetitions_and_what_is_set_aside_are_not_left_out(project: Path) -> None:
    file = project / "claims/bread.yaml"
    more = f"""\
    also: [{{exact: "ate {EXACT} last", paragraph: 3}}]
set_aside:
  - {{anchor: {{exact: 12 ovens, paragraph: 4}}, kind: count, because: no source has it}}
"""
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    (project / "text.txt").write_text(TEXT + "\nHe had 12 ovens.\n", encoding="utf-8")
    book = load_book(project)
    found = check_quotes(book, book.articles["bread"], project / "text.txt")
    assert (
        found.warnings == [] and found.found[-1] == "every figure that was read in it is a claim or set aside"
    )
