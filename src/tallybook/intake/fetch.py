"""A page from the web: one address, looked up once, asked once, with bounds on its bytes and on the time.

The name is looked up here and the connection goes to the address that was checked, so that it cannot become
another one between the two. Redirects are followed by hand, each checked like the first address. Nothing else
of the page is fetched.
"""

from __future__ import annotations

import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from tallybook.intake.addresses import checked_url, is_public
from tallybook.intake.article_text import unread
from tallybook.intake.extras import extra

LARGEST_BODY = 25_000_000
LONGEST = 30.0
"""Seconds for all of it: names, redirects and body."""

_MOST_REDIRECTS = 8
_MOST_ADDRESSES = 3
_MOVED = frozenset({301, 302, 303, 307, 308})
_STEP = 1 << 18
_NOT_TEXT = ("image/", "audio/", "video/", "font/")
_AGENT = "tallybook (reads one page for a fact-checker)"

Raw = bytes
Resolver = Callable[[str, int], list[str]]


@dataclass(frozen=True)
class Fetched:
    """``bytes``: the body, unpacked; ``url``: where it was in the end; ``asked``: where it was looked for;
    ``when``: in UTC."""

    bytes: Raw = field(repr=False)
    url: str
    headers: tuple[tuple[str, str], ...]
    when: datetime
    asked: str = ""
    status: str = "200 OK"

    def header(self, name: str) -> str | None:
        """The first header of a name, in whatever letters."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def content_type(self) -> str | None:
        return self.header("content-type")


def looked_up(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Guard:
    """How a host is looked up, and which addresses may be asked. Only tests, which have a server on this
    machine, take others than these."""

    resolve: Resolver = looked_up
    allowed: Callable[[str], bool] = is_public


def fetch(
    url: str, *, largest: int = LARGEST_BODY, seconds: float = LONGEST, guard: Guard | None = None
) -> Fetched:
    """The page at an address. BookError, with one message, where it cannot or must not be fetched."""
    httpcore = extra("httpcore", "intake", "fetching a page", url[:200])
    asked = here = checked_url(url)
    clock = _Clock(seconds)
    for _ in range(_MOST_REDIRECTS + 1):
        with _answer(httpcore, here, clock, guard or Guard()) as answer:
            target = _header(answer, b"location")
            if answer.status not in _MOVED or target is None:
                return _fetched(answer, here, asked, clock, largest)
        here = checked_url(target, here)
    raise unread(asked, f"leads on more than {_MOST_REDIRECTS} times. Give the address where it ends.")


def _fetched(answer: Any, here: str, asked: str, clock: _Clock, largest: int) -> Fetched:
    reason = answer.extensions.get("reason_phrase", b"").decode("latin-1")[:80]
    status = f"{answer.status} {reason}".strip()
    if answer.status != 200:
        raise unread(here, f"answers “{status}”. Save the page from a browser, and give the file.")
    kind = (_header(answer, b"content-type") or "").strip().lower()
    if kind.startswith(_NOT_TEXT):
        raise unread(here, f"is no page or document ({kind[:60]}).")
    body = _body(answer, here, clock, largest)
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers)
    return Fetched(body, here, headers, datetime.now(UTC), asked, status)


class _Clock:
    """The time that is left of all that may be used."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        return self._end - time.monotonic()


class _TooLong(Exception):
    pass


class _Refused(Exception):
    """``str()``: why an address must not be asked."""


class _Backend:
    """The connections of one request, to addresses that have been checked."""

    def __init__(self, httpcore: Any, clock: _Clock, guard: Guard) -> None:
        self._plain, self._httpcore = httpcore.SyncBackend(), httpcore
        self._clock, self._guard = clock, guard

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Any = None,
    ) -> _Stream:  # fmt: skip
        addresses = self._addresses(host, port)
        if not addresses:
            raise _Refused(f"names a host that is not known: {host[:100]}.")
        if refused := [address for address in addresses if not self._guard.allowed(address)]:
            raise _Refused(
                f"leads to {refused[0][:60]}, which is no public address. Save the page and give the file."
            )
        error: Exception | None = None
        for address in addresses[:_MOST_ADDRESSES]:
            try:
                made = self._plain.connect_tcp(address, port, _left(self._clock), None, socket_options)
            except (self._httpcore.ConnectError, self._httpcore.ConnectTimeout) as failed:
                error = failed
                continue
            return _Stream(made, self._clock)
        raise error or _Refused("could not be asked.")

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> Any:
        raise _Refused("leads to a socket of this machine.")

    def sleep(self, seconds: float) -> None:
        time.sleep(min(seconds, max(0.0, self._clock.left())))

    def _addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host, in the time that is left: the system's own look-up knows no bound."""
        found: list[str] = []
        failed: list[OSError | UnicodeError] = []

        def look_up() -> None:
            try:
                found.extend(self._guard.resolve(host, port))
            except (OSError, UnicodeError) as error:
                failed.append(error)

        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(max(0.01, self._clock.left()))
        if thread.is_alive():
            raise _TooLong
        return [] if failed else found


class _Stream:
    """A connection each of whose steps ends when the time is over, however little comes at a time."""

    def __init__(self, made: Any, clock: _Clock) -> None:
        self._made, self._clock = made, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        read: bytes = self._made.read(max_bytes, _left(self._clock))
        return read

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._made.write(buffer, _left(self._clock))

    def close(self) -> None:
        self._made.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> _Stream:
        return _Stream(self._made.start_tls(ssl_context, server_hostname, _left(self._clock)), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._made.get_extra_info(info)


def _left(clock: _Clock) -> float:
    left = clock.left()
    if left <= 0:
        raise _TooLong
    return left


@contextmanager
def _answer(httpcore: Any, url: str, clock: _Clock, guard: Guard) -> Iterator[Any]:
    """The answer to one request, its body still to be read. BookError for all that goes wrong with it."""
    import ssl

    host = urlsplit(url).netloc
    headers = {"Host": host, "User-Agent": _AGENT, "Accept": "text/html,application/pdf,*/*;q=0.5"}
    headers |= {"Accept-Encoding": "gzip", "Connection": "close"}
    context = ssl.create_default_context() if url.startswith("https:") else None
    pool = httpcore.ConnectionPool(
        network_backend=_Backend(httpcore, clock, guard), ssl_context=context, retries=0
    )
    try:
        with pool, pool.stream("GET", url, headers=list(headers.items())) as answer:
            yield answer
    except _Refused as error:
        raise unread(url, str(error)) from None
    except (_TooLong, httpcore.TimeoutException):
        raise unread(
            url, f"took more than {clock.seconds:g} seconds. Save the page and give the file."
        ) from None
    except httpcore.RemoteProtocolError:
        raise unread(url, "broke off before its end, or does not speak HTTP. Try again.") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
        raise unread(
            url, f"could not be fetched: {_reason(error)}. Save the page and give the file."
        ) from None


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:120].rstrip(".") or type(error).__name__


def _header(answer: Any, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in answer.headers if key.lower() == name), None)


def _body(answer: Any, url: str, clock: _Clock, largest: int) -> bytes:
    """The body, unpacked, whole or not at all."""
    packed = (_header(answer, b"content-encoding") or "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip", "deflate"):
        raise unread(url, f"is packed in a way that was not asked for ({packed[:40]}).")
    told = _header(answer, b"content-length") or ""
    if told.isdigit() and int(told[:20]) > largest:
        raise _too_large(url, largest)
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed != "identity" else None
    parts: list[bytes] = []
    size = came = 0
    for piece in answer.stream:
        _left(clock)
        came += len(piece)
        for part in _unpacked(unpack, piece, url):
            size += len(part)
            if size > largest or came > largest:
                raise _too_large(url, largest)
            parts.append(part)
    if unpack is not None and came and not unpack.eof:
        raise unread(url, "broke off before its end. Try again.")
    return b"".join(parts)


def _unpacked(unpack: Any, piece: bytes, url: str) -> Iterator[bytes]:
    """A piece of the body, unpacked in steps, so that it can be stopped at any size."""
    if unpack is None:
        yield piece
        return
    while piece and not unpack.eof:
        try:
            yield unpack.decompress(piece, _STEP)
        except zlib.error:
            raise unread(
                url, "says that it is packed, and is not. Save the page and give the file."
            ) from None
        piece = unpack.unconsumed_tail


def _too_large(url: str, largest: int) -> Exception:
    return unread(url, f"has more than {largest:,} bytes. Save the article alone and give the file.")
