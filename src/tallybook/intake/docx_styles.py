"""What the styles of a DOCX file say of its paragraphs and runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tallybook.intake.article_text import ParagraphKind
from tallybook.intake.runs import Style

_OFF = frozenset({"0", "false", "off", "none"})
_LEAST_RAISE = 4
"""Half points by which text is moved up or down to count as raised; less is for looks."""

_DEEPEST = 12
_KIND_BY_NAME: tuple[tuple[str, ParagraphKind], ...] = (
    ("heading", "heading"), ("title", "heading"), ("subtitle", "heading"), ("quote", "quote"),
    ("intense quote", "quote"), ("block text", "quote"), ("caption", "caption"), ("list", "list"),
)  # fmt: skip


def local(element: Any) -> str:
    """The name of an element without its namespace, of which there are two for DOCX; "" for no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any, *names: str) -> Any:
    """The first child of a child …, by their names; None where one is missing."""
    for name in names:
        element = next((found for found in element if local(found) == name), None)
        if element is None:
            return None
    return element


def value(element: Any, name: str = "val") -> str | None:
    """An attribute, whatever its namespace."""
    if element is None:
        return None
    return next((told for key, told in element.attrib.items() if key.rpartition("}")[2] == name), None)


def is_on(properties: Any, name: str) -> bool | None:
    """Whether a property is switched on; None where nothing is said."""
    found = child(properties, name) if properties is not None else None
    return None if found is None else (value(found) or "1").lower() not in _OFF


class Styles:
    """``root``: of the part of styles, None where there is none."""

    def __init__(self, root: Any) -> None:
        self._styles = {
            value(e, "styleId"): e for e in (root if root is not None else ()) if local(e) == "style"
        }

    def kind(self, paragraph: Any) -> ParagraphKind:
        properties = child(paragraph, "pPr")
        if properties is None:
            return "text"
        for element in (
            properties,
            *(
                e
                for s in self._chain(value(child(properties, "pStyle")))
                if (e := child(s, "pPr")) is not None
            ),
        ):
            level = value(child(element, "outlineLvl"))
            if level and level.isdigit() and int(level) < 9:
                return "heading"
        for style in self._chain(value(child(properties, "pStyle"))):
            name = (value(child(style, "name")) or "").lower()
            for start, kind in _KIND_BY_NAME:
                if name.startswith(start):
                    return kind
        listed = child(properties, "numPr", "numId")
        return "list" if listed is not None and value(listed) != "0" else "text"

    def is_title(self, paragraph: Any) -> bool:
        style = self._styles.get(value(child(paragraph, "pPr", "pStyle")))
        return style is not None and (value(child(style, "name")) or "").lower() == "title"

    def of_run(self, run: Any) -> tuple[Style, bool]:
        """(raised, lowered, struck or plain; whether it is hidden)."""
        own = child(run, "rPr")
        if own is None:
            return "plain", False
        told = [
            own,
            *(e for s in self._chain(value(child(own, "rStyle"))) if (e := child(s, "rPr")) is not None),
        ]
        hidden = next((on for properties in told if (on := is_on(properties, "vanish")) is not None), False)
        struck = (is_on(e, name) for e in told for name in ("strike", "dstrike"))
        if next((on for on in struck if on is not None), False):
            return "struck", hidden
        for properties in told:
            if align := value(child(properties, "vertAlign")):
                return {"superscript": "raised", "subscript": "lowered"}.get(align, "plain"), hidden  # type: ignore[return-value]
            moved = value(child(properties, "position")) or "0"
            if moved.lstrip("-").isdigit() and abs(int(moved)) >= _LEAST_RAISE:
                return ("lowered" if moved.startswith("-") else "raised"), hidden
        return "plain", hidden

    def _chain(self, name: str | None) -> Iterator[Any]:
        """A style and those that it is based on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name) if name else None
            if style is None:
                return
            yield style
            name = value(child(style, "basedOn"))
