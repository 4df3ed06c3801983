"""The explorer as a widget: pick a claim, move a width, leave a source group out, see the verdict follow.

The page asks by ``asked`` and is answered by ``shown``; both carry a number, so that a page knows its last
answer. Texts go there as nested lists (:mod:`tallybook.desk.elements`) and become text, never HTML.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets
from bs4 import BeautifulSoup

from tallybook.charts.chart import PAGE_TYPE
from tallybook.charts.page_style import DARK, LIGHT, colours, rows_style
from tallybook.desk.elements import elements
from tallybook.desk.view import Desk, as_page

if TYPE_CHECKING:
    from tallybook.tables.case import Case
    from tallybook.verdicts.comparison import Comparison

_BUILT = ("verdict", "picture", "verdicts", "trials")


def _file(name: str) -> str:
    return (resources.files("tallybook.desk") / name).read_text(encoding="utf-8")


def _style() -> str:
    """JupyterLab says on its body whether it is dark; elsewhere the reader's device does. A cell may be much
    narrower than the window, so that its own width decides."""
    return (
        f".tb-explore {{ color-scheme: light; {colours(LIGHT)} }}\n"
        f"@media (prefers-color-scheme: dark) {{ body:not([data-jp-theme-light]) .tb-explore "
        f"{{ color-scheme: dark; {colours(DARK)} }} }}\n"
        f'body[data-jp-theme-light="false"] .tb-explore {{ color-scheme: dark; {colours(DARK)} }}\n'
        f".tb-explore {{\n{rows_style('@container (min-width: 40rem) {')}}}\n{_file('explorer.css')}"
    )


class Explorer(anywidget.AnyWidget):
    """A case on the desk. ``comparison``: the records under the settings as they are now."""

    _esm = _file("explorer.js")
    _css = _style()
    choices = traitlets.Dict().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)

    def __init__(self, case: Case, claim: str | None = None) -> None:
        self._desk = Desk(case, claim)
        self._setting = self._desk.own
        super().__init__(choices=self._desk.choices())
        self._answer({})

    @property
    def comparison(self) -> Comparison:
        return self._desk.comparison(self._setting)

    def move(self, **settings: Any) -> None:
        """Move settings from Python: claim, as_of, without (a source group's id), tolerance, window_days, and
        the other widths of ``tb.Policy``; what is not named stays."""
        self.asked = {**self.shown["values"], **settings, "number": self.asked.get("number", 0)}

    @traitlets.observe("asked")
    def _moved(self, change: Any) -> None:
        self._answer(change["new"])

    def _answer(self, asked: dict[str, Any]) -> None:
        self._setting = self._desk.setting(asked)
        self._last = self._desk.shown(self._setting)
        built = {name: elements(self._last[name]) for name in _BUILT}
        self.shown = {**self._last, **built, "number": asked.get("number", 0)}

    def __repr__(self) -> str:
        verdict = BeautifulSoup(self._last["verdict"], "html.parser").get_text(" ", strip=True)
        return f"<Explorer of {self._desk.case.id}, {self._setting.claim}: {verdict}>"

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """The widget; in its words where there is no kernel; and what a page of the report shows of it."""
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle
        return {**data, "text/plain": repr(self), PAGE_TYPE: as_page(self._last)}, metadata
