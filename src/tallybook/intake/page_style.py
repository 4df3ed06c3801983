"""What a page's style says of its words: whether they are seen at all, raised, lowered, struck out.

Only what is written at the element, and plain rules of the page's own style sheet by class or name, are
looked at; a style sheet elsewhere is never fetched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, Literal

Effect = Literal["hidden", "raised", "lowered", "struck"]

_EFFECTS: tuple[tuple[re.Pattern[str], Effect], ...] = (
    (re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.I), "hidden"),
    (re.compile(r"(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:[;!}]|\Z)", re.I), "hidden"),
    (re.compile(r"vertical-align\s*:\s*super", re.I), "raised"),
    (re.compile(r"vertical-align\s*:\s*sub", re.I), "lowered"),
    (re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,40}line-through", re.I), "struck"),
)
_TAGS: dict[str, Effect] = {
    "sup": "raised",
    "sub": "lowered",
    "del": "struck",
    "s": "struck",
    "strike": "struck",
}
_UNSEEN_CLASSES = frozenset(
    {"visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screen-reader-only", "u-hidden",
     "is-hidden", "d-none", "hide", "hidden", "assistive-text", "a11y-hidden", "element-invisible"}
)  # fmt: skip
_SHOWN_AGAIN = re.compile(r"(?:^|[-:])(?:block|flex|grid|inline|inline-block|table)$")
_SELECTOR = re.compile(r"[a-z][a-z0-9]{0,20}(?=[.#])|(?=[.#])")
_NAME = re.compile(r"([.#])([\w-]{1,80})")
_LARGEST_SHEET = 300_000


class PageStyle:
    """``rules``: what the page's own style sheets say of a class (".x") or a name ("#x")."""

    def __init__(self, sheets: str) -> None:
        self._rules: dict[str, set[Effect]] = defaultdict(set)
        if len(sheets) <= _LARGEST_SHEET:
            self._read(sheets)

    def of(self, element: Any) -> set[Effect]:
        """What holds for an element, besides what holds for those around it."""
        found: set[Effect] = set()
        tag = element.tag
        if tag in _TAGS:
            found.add(_TAGS[tag])
        given = element.attrib
        if not given:
            return found
        hidden = given.get("hidden")
        if (hidden is not None and hidden != "until-found") or (tag == "dialog" and "open" not in given):
            found.add("hidden")
        if style := given.get("style"):
            found |= _effects(style[:2000])
        classes = (given.get("class") or "")[:2000].split()
        if not _UNSEEN_CLASSES.isdisjoint(classes) and not any(map(_SHOWN_AGAIN.search, classes)):
            found.add("hidden")
        if self._rules:
            found.update(*(self._rules[f".{name}"] for name in classes if f".{name}" in self._rules))
            found |= self._rules.get(f"#{given.get('id')}", set())
        return found

    def _read(self, sheets: str) -> None:
        import tinycss2

        for rule in tinycss2.parse_stylesheet(sheets, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            effects = _effects(tinycss2.serialize(rule.content)[:4000])
            if not effects:
                continue
            for selector in tinycss2.serialize(rule.prelude)[:4000].split(","):
                start = _SELECTOR.match(selector.strip())
                name = _NAME.fullmatch(selector.strip(), start.end()) if start else None
                if name:
                    self._rules[name[1] + name[2]] |= effects


def _effects(style: str) -> set[Effect]:
    return {effect for pattern, effect in _EFFECTS if pattern.search(style)}
