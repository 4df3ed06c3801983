"""Which blocks of a page are the article.

trafilatura decides, by what stays of the page in its hands: each block carries a sign of its own through it.
Its text is not used, since it joins raised digits to their number, takes equal paragraphs for one and drops
the headline and captions; these are put right here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tallybook.intake.extras import extra
from tallybook.intake.page_blocks import Block

_FIRST_SIGN, _SIGNS = 0x10600, 256
SIGN = re.compile(f"[{chr(_FIRST_SIGN)}-{chr(_FIRST_SIGN + _SIGNS - 1)}]")
"""Letters of a script that nobody can read (Linear A): no page is written in it."""

_TOKEN = re.compile(f"{SIGN.pattern}{{3}}")
_NEVER = frozenset({"navigation", "footer", "comments", "form", "newsletter", "paywall", "advertisement"})
_MOST_LINKED = 0.5
_CAPTION_BEFORE = 12
_PROMPT = re.compile(
    r"(?:subscri(?:be|ption)|sign (?:in|up)|log in|register|become a member|join)[^.]{0,60}"
    r"(?:to (?:continue|keep|finish|read|unlock|access|view)|for (?:full|unlimited) access)"
    r"|(?:to continue|to keep|continue) reading|already (?:a |have a )(?:subscriber|member|subscription)"
    r"|(?:this|the) (?:article|story|content) is (?:only |exclusively )?(?:for|available to) "
    r"(?:paying |our )?(?:subscribers|members)|you(?:’|'|&#39;)ve (?:reached|read) your (?:free |monthly )?"
    r"(?:article )?limit|[Ww]eiterlesen mit|nur für abonnenten",
    re.I,
)
_LONGEST_PROMPT = 300
_LARGEST_STUB = 2_500


def chosen(blocks: Sequence[Block], root: Any, url: str | None, title: str | None) -> list[Block]:
    """The blocks of the article, in their order; ``root`` is changed and is no page any more."""
    seen = [block for block in blocks if not block.hidden and block.region not in _NEVER]
    taken = _taken(seen, root, url)
    if not taken:
        return [block for block in seen if block.region == ""] or seen
    headline = _headline(seen, taken, title)
    first = headline.number if headline else min(taken)
    taken |= {block.number for block in _between(seen, taken, first)}
    if headline:
        taken = {number for number in taken if number >= first} | {headline.number}
    return [block for block in seen if block.number in taken]


def _taken(seen: Sequence[Block], root: Any, url: str | None) -> set[int]:
    """The numbers of the blocks whose sign comes out of trafilatura again."""
    trafilatura = extra("trafilatura", "intake", "reading a page")
    known = set()
    for block in seen:
        if block.slot is not None:
            element, slot = block.slot
            setattr(element, slot, _token(block.number) + getattr(element, slot))
            known.add(block.number)
    document = trafilatura.bare_extraction(
        root,
        url=url,
        include_formatting=True,
        include_links=True,
        include_comments=False,
        include_tables=True,
    )
    if document is None or document.body is None:
        return set()
    body = "".join(document.body.itertext())
    return {number for token in _TOKEN.findall(body) if (number := _number(token)) in known}


def _token(number: int) -> str:
    return "".join(chr(_FIRST_SIGN + (number >> shift) % _SIGNS) for shift in (16, 8, 0))


def _number(token: str) -> int:
    return sum((ord(sign) - _FIRST_SIGN) << shift for sign, shift in zip(token, (16, 8, 0), strict=True))


def _headline(seen: Sequence[Block], taken: set[int], title: str | None) -> Block | None:
    """The first heading of the first rank before the article, or that which the page's title begins with."""
    first = min(taken)
    heads = [block for block in seen if block.tag == "h1" and block.number <= first + 1]
    named = [block for block in heads if title and _same(block.words, title)]
    return (named or heads[-1:] or [None])[0]


def _same(words: str, title: str) -> bool:
    words, title = words.casefold().strip(), title.casefold().strip()
    return bool(words) and (title.startswith(words) or words.startswith(title))


def _between(seen: Sequence[Block], taken: set[int], first: int) -> list[Block]:
    """What stands between the blocks of the article and belongs to them: a paragraph beside others, all rows
    of a table, the caption of a picture."""
    holders = {id(block.holder) for block in seen if block.number in taken and block.kind != "table"}
    tables = {block.table for block in seen if block.number in taken and block.table}
    last = max(taken)
    found = []
    for block in seen:
        if block.number in taken or block.region or block.linked > _MOST_LINKED:
            continue
        inside = first < block.number < last
        beside = block.kind == "caption" or (not block.table and id(block.holder) in holders)
        if block.table in tables or (inside and beside):
            found.append(block)
    return found


def is_prompt(block: Block) -> bool:
    """Whether a block asks to subscribe before one reads on."""
    words = block.words
    return len(words) <= _LONGEST_PROMPT and _PROMPT.search(words) is not None


def is_stub(blocks: Sequence[Block], article: Sequence[Block], source: str) -> bool:
    """Whether a page says that what it shows is only a beginning."""
    if re.search(r"\"isAccessibleForFree\"\s{0,9}:\s{0,9}\"?false", source, re.I):
        return True
    asks = any(is_prompt(block) or block.region == "paywall" for block in blocks if not block.hidden)
    return asks and sum(len(block.words) for block in article) < _LARGEST_STUB
