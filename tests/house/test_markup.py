"""No word of the data is ever markup: notebooks and library show text, tables and pictures that escape it."""

import re
from pathlib import Path

import nbformat
import pytest

from tallybook.charts.chart import PAGE_TYPE
from tallybook.report import notebook_paths
from tallybook.report.page_body import markup_faults, tokens_of

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = notebook_paths(ROOT)
SOURCES = sorted((ROOT / "src").rglob("*.py"))
# What makes a string into a document, a formula or a program, in IPython and pandas.
FORBIDDEN = re.compile(
    r"\b(Markdown|HTML|Latex|Math|Javascript|SVG|IFrame"
    r"|display_(html|markdown|latex|javascript|svg)|publish_display_data)\s*\("
    r"|^\s*%%(html|markdown|latex|javascript|js|svg)\b"
    r"|_repr_(markdown|latex|javascript|svg|mimebundle)_|_ipython_display_"
    r"|escape\s*=\s*False",
    re.MULTILINE,
)

# A chart also gives its words and, for the pages of the report, its rows as HTML: of a media type that no
# notebook shows, and that the report reads again as it does every page.
# The buttons of a review stand below the review's own HTML, in which every word is escaped.
ALLOWED = {
    "tallybook/charts/chart.py": ["_repr_mimebundle_"],
    "tallybook/intake/review_buttons.py": ["HTML(", "HTML("],
}


def made_markup(text: str) -> list[str]:
    return [found.group() for found in FORBIDDEN.finditer(text)]


@pytest.mark.parametrize(
    "code",
    [
        "Markdown(f'**{why}**')", "IPython.display.HTML (words)", "display_html(words, raw=True)", "Latex(x)",
        "Javascript(x)", "%%html\n<b>", "frame.to_html(escape=False)", "def _repr_markdown_(self):",
    ],
)  # fmt: skip
def test_what_makes_markup_is_known(code: str) -> None:
    assert made_markup(code)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_cell_makes_markup_of_strings(path: Path) -> None:
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert cells and not [found for cell in cells for found in made_markup(cell.source)]
    outputs = [output for cell in cells for output in cell.outputs]
    assert {kind for output in outputs for kind in output.data} - {PAGE_TYPE} == {"text/html", "text/plain"}
    for drawn in [output.data[PAGE_TYPE] for output in outputs if PAGE_TYPE in output.data]:
        assert list(markup_faults(drawn, tokens_of(drawn), frozenset())) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_no_module_makes_markup_of_strings(path: Path) -> None:
    assert made_markup(path.read_text(encoding="utf-8")) == ALLOWED.get(
        str(path.relative_to(ROOT / "src")), []
    )
