"""Which addresses of the network a page may be fetched from: public ones, and nothing that leads elsewhere.

A link in an article must not make this machine ask its own services, those of its network, or the machine
that tells cloud servers their secrets. Python calls some addresses global that hold another one inside
(64:ff9b::/96, 2002::/16) or belong to groups: these are refused here.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

from tallybook.book.problems import quoted_value
from tallybook.intake.article_text import unread

_UNICAST = IPv6Network("2000::/3")
_HOLD_ANOTHER = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))
_OLD_RELAYS = ip_network("192.88.99.0/24")
_LONGEST = 2_000
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"
_PORTS = {"http": 80, "https": 443}


def is_public(address: str) -> bool:
    """Whether an address is one that anybody in the world may ask.

    >>> is_public("8.8.8.8"), is_public("127.0.0.1"), is_public("64:ff9b::7f00:1")
    (True, False, False)
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in _OLD_RELAYS
    if ip.ipv4_mapped is not None:
        return is_public(str(ip.ipv4_mapped))
    if ip.scope_id or ip not in _UNICAST or any(ip in network for network in _HOLD_ANOTHER):
        return False
    return ip.is_global and not ip.is_multicast


def checked_url(url: str, base: str = "") -> str:
    """An address of the web as it is asked for, in ASCII. ``base``: the page that names it.

    BookError where it is no http or https address, has a name or password in it, or cannot be read.
    """
    if len(url) > _LONGEST:
        raise unread(quoted_value(url), f"is an address of more than {_LONGEST:,} characters.")
    if any(c <= " " or c in "\x7f\\" for c in url):
        raise unread(quoted_value(url), "is no web address: spaces, controls and backslashes are in none.")
    try:
        parts = urlsplit(urljoin(base, url))
        port = parts.port
    except ValueError:
        raise unread(quoted_value(url), "is no web address that can be read.") from None
    if parts.scheme not in _PORTS:
        raise unread(quoted_value(url), "is no web address: it must begin with http:// or https://.")
    if parts.username is not None or parts.password is not None:
        raise unread(quoted_value(url), "has a user name in it. Take it out.")
    host = _host(parts.hostname or "", url)
    shown_host = f"[{host}]" if ":" in host else host
    named_port = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return f"{parts.scheme}://{shown_host}{named_port}{quote(parts.path or '/', safe=_SAFE)}{query}"


def _host(host: str, url: str) -> str:
    """A host's name in ASCII. Letters and digits that only look like others become these first."""
    if not host:
        raise unread(quoted_value(url), "names no host.")
    if host.isascii():
        return host.lower()
    import idna

    try:
        return idna.encode(host, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        raise unread(quoted_value(url), "names a host that cannot be.") from None
