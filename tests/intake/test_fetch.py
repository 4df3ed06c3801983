"""Fetching a page: only public addresses, whole or not at all, within its bounds of bytes and time.

The server is one of this machine, which no fetch may ask: these tests let it through by a guard of their own.
"""

from __future__ import annotations

import gzip
import socket
import socketserver
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from tallybook.book.problems import BookError
from tallybook.intake.addresses import checked_url, is_public
from tallybook.intake.fetch import Fetched, Guard, fetch

pytest.importorskip("httpcore")

REFUSED = yaml.safe_load((Path(__file__).parent / "hostile.yaml").read_text("utf-8"))["addresses_refused"]
PAGE = b"<html><body><p>Over 12 loaves, says a made-up page.</p></body></html>"


def answer(*headers: str, body: bytes = PAGE, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, Callable[[socket.socket], None] | bytes] = {}
        super().__init__(("127.0.0.1", 0), Asked)

    def url(self, path: str = "/", host: str = "daily.example") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"


class Asked(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        request = b""
        while b"\r\n\r\n" not in request:
            if not (piece := self.request.recv(4096)):
                return
            request += piece
        path = request.split()[1].decode()
        server.asked.append(path)
        made = server.answers.get(
            path, answer("Content-Length: 9", body=b"not there", status="404 Not Found")
        )
        try:
            if callable(made):
                made(self.request)
            else:
                self.request.sendall(made)
        except OSError:
            pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield made
        made.shutdown()


HERE = Guard(resolve=lambda host, port: ["127.0.0.1"], allowed=lambda address: address == "127.0.0.1")


def get(url: str, **bounds: float) -> Fetched:
    return fetch(url, guard=HERE, **bounds)  # type: ignore[arg-type]


def message(asked: Callable[[], object]) -> str:
    with pytest.raises(BookError) as refused:
        asked()
    assert len(refused.value.problems) == 1
    return str(refused.value)


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_is_not_public_is_refused(url: str) -> None:
    start = time.perf_counter()
    message(lambda: fetch(url))
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("url", REFUSED)
def test_nor_does_a_redirect_lead_there(server: Server, url: str) -> None:
    if url.startswith("//") or "\n" in url or not url.isascii():
        return  # no header can say it
    server.answers["/"] = answer(f"Location: {url}", status="302 Found")
    public = Guard(
        lambda host, port: (
            ["127.0.0.1"] if host == "daily.example" else [i[4][0] for i in socket.getaddrinfo(host, port)]
        ),
        lambda address: is_public(address) or (address == "127.0.0.1" and len(server.asked) < 1),
    )
    message(lambda: fetch(server.url(), guard=public))
    assert server.asked == ["/"]


def test_a_name_of_which_one_address_is_public_and_one_is_not_is_refused() -> None:
    both = Guard(resolve=lambda host, port: ["93.184.215.14", "10.0.0.7"])
    assert "10.0.0.7, which is no public address" in message(lambda: fetch("http://two.example/", guard=both))


def test_a_name_is_looked_up_once_and_the_address_that_was_checked_is_asked(server: Server) -> None:
    server.answers["/"] = answer(f"Content-Length: {len(PAGE)}")
    found: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        found.append(host)
        return ["127.0.0.1"] if len(found) == 1 else ["10.0.0.7"]

    fetch(server.url(), guard=Guard(resolve, lambda address: address == "127.0.0.1"))
    assert found == ["daily.example"]


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://Daily.Example", "http://daily.example/"),
        ("http://daily.example:80/a b".replace(" ", "%20"), "http://daily.example/a%20b"),
        ("https://münchen.example/brot?x=ü#y", "https://xn--mnchen-3ya.example/brot?x=%C3%BC"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ],
)
def test_an_address_as_it_is_asked_for(url: str, asked: str) -> None:
    assert checked_url(url) == asked


def test_a_page_with_what_is_known_of_it(server: Server) -> None:
    server.answers["/a"] = answer("Location: /b?c=1", status="301 Moved")
    server.answers["/b?c=1"] = answer(
        "Content-Type: text/html; charset=utf-8", f"Content-Length: {len(PAGE)}"
    )
    fetched = get(server.url("/a"))
    assert (fetched.bytes, fetched.url, fetched.asked) == (PAGE, server.url("/b?c=1"), server.url("/a"))
    assert fetched.content_type == "text/html; charset=utf-8"
    assert fetched.when.utcoffset().total_seconds() == 0  # type: ignore[union-attr]


@pytest.mark.parametrize("packed", ["gzip", "deflate"])
def test_a_packed_page_is_unpacked(server: Server, packed: str) -> None:
    body = gzip.compress(PAGE) if packed == "gzip" else zlib.compress(PAGE)
    server.answers["/"] = answer(f"Content-Encoding: {packed}", body=body)
    assert get(server.url()).bytes == PAGE


def test_a_page_that_leads_to_itself_for_ever(server: Server) -> None:
    server.answers["/"] = answer("Location: /", status="302 Found")
    assert "leads on more than 8 times" in message(lambda: get(server.url()))


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "500 Oh", "204 No Content"])
def test_what_is_no_page_says_so(server: Server, status: str) -> None:
    server.answers["/"] = answer("Content-Length: 0", body=b"", status=status)
    assert f"answers “{status}”" in message(lambda: get(server.url()))


def test_a_picture_is_no_page(server: Server) -> None:
    server.answers["/"] = answer("Content-Type: image/png", "Content-Length: 3", body=b"png")
    assert "image/png" in message(lambda: get(server.url()))


def test_what_unpacks_to_300_MB_is_stopped_at_its_bound(server: Server) -> None:
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    body = b"".join(packer.compress(b"0" * 1_000_000) for _ in range(300)) + packer.flush()
    assert len(body) < 320_000
    server.answers["/"] = answer("Content-Encoding: gzip", f"Content-Length: {len(body)}", body=body)
    start = time.perf_counter()
    assert "more than 25,000,000 bytes" in message(lambda: get(server.url()))
    assert time.perf_counter() - start < 5


def test_a_length_that_is_told_is_enough_to_refuse(server: Server) -> None:
    server.answers["/"] = answer("Content-Length: 5000000", body=b"")
    assert "more than 1,000,000 bytes" in message(lambda: get(server.url(), largest=1_000_000))


def test_a_body_without_a_length_is_stopped(server: Server) -> None:
    sent = [0]

    def endless(connection: socket.socket) -> None:
        connection.sendall(answer("Content-Type: text/html", body=b""))
        while sent[0] < 200_000_000:
            connection.sendall(b"0" * 100_000)
            sent[0] += 100_000

    server.answers["/"] = endless
    assert "more than 1,000,000 bytes" in message(lambda: get(server.url(), largest=1_000_000))
    assert sent[0] < 50_000_000


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_byte_at_a_time_does_not_stretch_the_time(server: Server, where: str) -> None:
    def slow(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n" if where == "headers" else answer(body=b""))
        for _ in range(200):
            connection.sendall(b"x")
            time.sleep(0.1)

    server.answers["/"] = slow
    start = time.perf_counter()
    assert "took more than 1 seconds" in message(lambda: get(server.url(), seconds=1))
    assert time.perf_counter() - start < 2


def test_a_look_up_that_never_ends_is_left() -> None:
    def never(host: str, port: int) -> list[str]:
        time.sleep(5)
        return []

    start = time.perf_counter()
    assert "took more than" in message(lambda: fetch("http://slow.example/", seconds=0.3, guard=Guard(never)))
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "made",
    [
        answer("Content-Length: 500", body=PAGE),
        answer("Transfer-Encoding: chunked", body=b"30\r\n" + PAGE[:20]),
        answer("Content-Encoding: gzip", body=gzip.compress(PAGE)[:-12]),
        b"HTTP/1.1 200 OK\r\nContent-",
        b"\x00\x01 nothing of HTTP\r\n\r\n",
        b"",
    ],
    ids=["length", "chunk", "gzip", "headers", "other", "nothing"],
)
def test_half_a_page_is_none(server: Server, made: bytes) -> None:
    server.answers["/"] = made
    assert "broke off before its end" in message(lambda: get(server.url()))


@pytest.mark.parametrize("packed", ["br", "gzip, gzip", "zstd"])
def test_what_is_packed_otherwise_is_refused(server: Server, packed: str) -> None:
    server.answers["/"] = answer(f"Content-Encoding: {packed}", body=PAGE)
    assert "packed in a way" in message(lambda: get(server.url()))


def test_what_is_not_packed_but_says_so(server: Server) -> None:
    server.answers["/"] = answer("Content-Encoding: gzip", body=PAGE)
    assert "says that it is packed" in message(lambda: get(server.url()))


def test_nobody_listens(server: Server) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert "could not be fetched" in message(lambda: get(f"http://daily.example:{port}/"))


def test_a_proxy_of_the_environment_is_not_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers["/"] = answer(f"Content-Length: {len(PAGE)}")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert get(server.url()).bytes == PAGE
