"""One executed notebook as the body of a page: nbconvert with a template of our own.

nbconvert's own page loads scripts from other hosts, has too little contrast and drops alt text. We use its
filters (Markdown, code highlighting) and its choice of output, not its page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.exporters.html import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from tallybook.charts.chart import PAGE_TYPE
from tallybook.report.dress import Dressed, dress
from tallybook.report.runs import Run

if TYPE_CHECKING:
    from nbformat import NotebookNode

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class NotebookPage:
    """A notebook as a page. ``path``: in the site; ``body``: HTML; ``code``: of its cells; else text."""

    path: str
    label: str
    title: str
    question: str
    answer: str
    body: str
    code: str

    def speaks_of(self, *ids: str) -> bool:
        """Whether the notebook's code names one of these claims or measures as a string."""
        return any(quote + name + quote in self.code for name in ids for quote in "\"'")


def render_notebook(
    run: Run,
    notebook: NotebookNode,
    links: Mapping[str, str],
    names: Mapping[str, str] | None = None,
    languages: Mapping[str, str] | None = None,
) -> NotebookPage:
    """The page of one executed notebook. ``links``: the address of each notebook's page, relative to this
    one, by the notebook's name."""
    fragment, _ = NotebookFragment().from_notebook_node(notebook)
    name = label(run.path.stem)
    dressed: Dressed = dress(fragment, title=name, links=links, names=names, languages=languages)
    return NotebookPage(
        path=run.page,
        label=name,
        title=dressed.title,
        question=dressed.question,
        answer=dressed.answer,
        body=dressed.html,
        code="\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code"),
    )


def label(stem: str) -> str:
    """``04_troops`` → ``Troops``: the name of a notebook in the menu."""
    words = stem.lstrip("0123456789").replace("_", " ").replace("-", " ").strip() or stem
    return words[:1].upper() + words[1:]


class NotebookFragment(HTMLExporter):
    """The cells of a notebook as HTML, without a page around them."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            extra_template_basedirs=[str(TEMPLATES)],
            template_name="notebook",
            exclude_anchor_links=True,
            **settings,
        )

    @property
    def default_config(self) -> Any:
        """A chart's HTML for pages is preferred to its image for notebooks."""
        config = super().default_config
        first = [PAGE_TYPE, *config.NbConvertBase.display_data_priority]
        config.NbConvertBase.display_data_priority = first
        return config

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        yield from super().default_filters()
        yield "untrusted_markdown", untrusted_markdown


def untrusted_markdown(source: str) -> str:
    """Render Markdown that a cell computed, which may contain words of a source: no HTML, no script links."""
    renderer = IPythonRenderer(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)
