"""What no page before had, so that a gate that takes long is asked of that and of no repeats.

A *structure* is all that a rule about HTML can go by in one element: its tag, classes and attributes, the
element that it stands in, whether it has text, whether it is shown. Of an attribute that names or points
(``FREE``) only whether it says anything counts: that a link leads somewhere and an id is unique is asked of
every page elsewhere (test_links.py, test_html.py). The landmarks of a page and the steps between its headings
are structures too. A *look* is all that a rule about drawing can go by: tag and classes, the colour, size and
weight that the browser computes, the grounds that it is drawn on, and of what a finger hits how wide the page
is and whether it is small.

Pages are taken from the largest to the smallest, and by name where two are of one size: few pages have all
that there is, and the first page of a kind is the largest of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

STRUCTURES = r"""() => {
  const FREE = new Set(('href src alt title id for name content datetime value headers download hreflang ' +
    'aria-label aria-labelledby aria-describedby data-label ' +
    'd x y x1 x2 y1 y2 cx cy r width height').split(' '))
  const LISTED = new Set('html head table thead tbody tfoot tr dl details figure fieldset select'.split(' '))
  const LANDMARKS = 'main, header, footer, nav, aside, h1, [role]'
  const structures = new Map(), looks = new Map()
  const put = (map, parts, element) => {
    const key = parts.join('|'); if (!map.has(key)) map.set(key, element) }
  const says = nodes => [...nodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
  const attribute = (element, { name, value }) =>
    !FREE.has(name) || name === 'content' && element.name === 'viewport' ? `${name}=${value}`
      : value.trim() ? name : `${name} is blank`

  const walk = (element, parent, hidden, ground) => {
    const tag = element.localName, style = getComputedStyle(element)
    const text = says(element.childNodes), place = [tag, ...[...element.classList].sort()].join('.')
    const shown = element.checkVisibility({ visibilityProperty: true })
    const attributes = [...element.attributes].filter(one => one.name !== 'class')
      .map(one => attribute(element, one)).sort().join(' ')
    hidden = hidden || element.getAttribute('aria-hidden') === 'true'
    ground = [ground, style.backgroundColor, style.backgroundImage, style.opacity, style.filter].join(' ')
      .replaceAll(' rgba(0, 0, 0, 0) none 1 none', '')
    const target = element.matches('a, area, button, summary, input, select, textarea, label')
    if (shown && (text || target)) {
      const box = target && element.getBoundingClientRect()
      put(looks, [place, text, ground, style.color, style.fontSize, style.fontWeight,
        style.position, style.display, style.textDecorationLine, style.textShadow,
        target && [innerWidth, box.width < 24, box.height < 24]], element)
    }
    const children = [...element.children]
    const any = children.map(child => walk(child, `${place} ${text}`, hidden, ground)).includes(true) || text
    put(structures, [parent, place, attributes, hidden, shown, text, any,
      LISTED.has(tag) ? [...new Set(children.map(child => child.localName))].sort() : '',
      tag === 'style' ? element.textContent : ''])
    return any
  }
  walk(document.documentElement, '', false, '')

  const seen = {}
  for (const { localName, role } of document.querySelectorAll(LANDMARKS)) {
    const landmark = `${localName} ${role ?? ''}`
    seen[landmark] = seen[landmark] ? 'more' : 'one'
  }
  put(structures, ['landmarks', JSON.stringify(Object.entries(seen).sort())])
  let last = ''
  for (const { localName } of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    put(structures, ['heading', last, localName]); last = localName }
  globalThis.tallybookLooks = looks
  return [[...structures.keys()], [...looks.keys()]]
}"""
"""Returns the keys of both of the page as it is shown, and keeps the first element of each look."""


def largest_first(pages: Iterable[Path]) -> list[Path]:
    return sorted(pages, key=lambda page: (-page.stat().st_size, str(page)))


@dataclass
class Seen:
    """The structures and looks of the pages so far."""

    structures: set[str] = field(default_factory=set)
    looks: set[str] = field(default_factory=set)

    def new_structures(self, found: Iterable[str]) -> list[str]:
        """Those that no page had; from now on they are known."""
        return _new(self.structures, found)

    def new_looks(self, found: Iterable[str]) -> list[str]:
        """The same of looks."""
        return _new(self.looks, found)


def _new(known: set[str], found: Iterable[str]) -> list[str]:
    new = [one for one in found if one not in known]
    known.update(new)
    return new
