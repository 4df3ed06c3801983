"""Whether two addresses of the web lead to one page, as far as the addresses themselves can tell."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_TRACKING = re.compile(
    r"utm_\w+|(?:fb|g|y|ms|tw|dc|gb|wb)clid|mc_(?:cid|eid)|igsh(?:id)?|ref(?:_src|_url|errer)?|cmp(?:id)?|icid|ocid"
    r"|smid|smtyp|s_cid|ncid|soc_\w+|share(?:d|_?id)?|source|src|via|at_\w+|xtor|amp|outputType|output|partner|guccounter"
    r"|taid|sh|si|feature|__twitter_impression",
    re.IGNORECASE,
)
"""Parts of a query that say from where a reader came, and not which page it is."""

_ELSEWHERE = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_AMP = re.compile(r"/amp(?=/|\Z)|(?<=[^/])[./]amp(?:\.html)?/?\Z", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)\Z", re.IGNORECASE)
_LONGEST = 2_000


def same_address(url: str | None) -> str | None:
    """An address without what does not say which page it is; None where it is no address of the web.

    >>> same_address("http://WWW.daily.example/a/?utm_source=x&id=7#top")
    'daily.example/a?id=7'
    """
    if url is None or len(url) > _LONGEST:
        return None
    try:
        parts = urlsplit(url.strip())
        host = site(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    path = _INDEX.sub("", _AMP.sub("", unquote(parts.path))).rstrip("/")
    told = [(key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(key)]
    query = f"?{urlencode(sorted(told))}" if told else ""
    named_port = "" if port in (None, 80, 443) else f":{port}"
    return f"{host}{named_port}{path}{query}"


def site(url: str | None) -> str | None:
    """The host of an address, without the name of its small or fast edition."""
    try:
        host = (urlsplit(url or "").hostname or "").rstrip(".")
    except ValueError:
        return None
    return _ELSEWHERE.sub("", host, count=1) or None


def is_front_page(url: str) -> bool:
    """Whether an address names a site and no page of it."""
    return "/" not in (same_address(url) or "") and "?" not in (same_address(url) or "")


def plain_address(url: str) -> str:
    """An address as it is written down: without a fragment, and without the parts that only track readers."""
    parts = urlsplit(url)
    kept = [p for p in parts.query.split("&") if p and not _TRACKING.fullmatch(p.partition("=")[0])]
    return parts._replace(query="&".join(kept), fragment="").geturl()
