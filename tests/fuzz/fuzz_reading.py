"""Looks for inputs that break the reader in any of its languages, guided by coverage.

``make fuzz`` runs it. A finding is reduced as far as possible, printed, and kept in .fuzz/findings/;
the search then continues. The arguments are libFuzzer's.
"""

from __future__ import annotations

import hashlib
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["tallybook"]):
    from invariants import Broken, check, check_cost, lexicon_words, limit

    from tallybook.reading.lexicon.language import languages

OUT = Path(__file__).resolve().parents[2] / ".fuzz"
FINDINGS = OUT / "findings"
# An input that begins with a byte below is a list of choices from the lexicon; any other is a text. The first
# byte chooses the language as well.
CHOICES = 0x20
MOST_PIECES = 200
LONGEST_RUN = 30
JOINTS = [" ", " ", " ", "", "-", ", ", "\n", ". ", " – ", "\u00a0"]
NUMBERS = ["1", "12", "1,000", "10 000", "2014", "3.5", ".5", "½", "152", "1e9", "007", "9" * 20, "١٢"]

words = {language: [*lexicon_words(language), *NUMBERS] for language in languages()}
known: set[str] = set()


def test_one_input(data: bytes) -> None:
    language = language_of_input(data)
    text = text_of(data, language)
    begin = time.process_time()
    try:
        check(text, language)
        if time.process_time() - begin > limit(text):
            check_cost(text, language)
    except Exception as error:
        kind = kind_of(error)
        if kind not in known:
            known.add(kind)
            report(kind, smallest(text, kind, language), language)


def language_of_input(data: bytes) -> str:
    codes = sorted(words)
    return codes[data[0] % len(codes)] if data else codes[0]


def text_of(data: bytes, language: str) -> str:
    if not data or data[0] >= CHOICES:
        return data.decode("utf-8", errors="replace")
    provider = atheris.FuzzedDataProvider(data[1:])
    pieces: list[str] = []
    while provider.remaining_bytes() and len(pieces) < MOST_PIECES:
        choice = provider.ConsumeIntInRange(0, 9)
        if choice == 0:
            pieces.append(provider.ConsumeUnicodeNoSurrogates(3))
        elif choice == 1 and pieces:
            pieces.append(pieces[-1] * provider.ConsumeIntInRange(1, LONGEST_RUN))
        elif choice == 2:
            pieces.append(str(provider.ConsumeIntInRange(0, 99_999)))
        else:
            word = provider.PickValueInList(words[language])
            pieces.append(word.capitalize() if choice == 3 else word)
        pieces.append(provider.PickValueInList(JOINTS))
    return "".join(pieces)


def kind_of(error: Exception) -> str:
    """The identity of a finding: the broken invariant, or the line and its exception."""
    if isinstance(error, Broken):
        return str(error).partition(":")[0]
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, {last.name}: {last.line}"


def smallest(text: str, kind: str, language: str) -> str:
    """``text`` without all that can be left out of it while it still fails in the same way."""

    def fails(shorter: str) -> bool:
        try:
            check(shorter, language)
            check_cost(shorter, language)
        except Exception as error:
            return kind_of(error) == kind
        return False

    size = len(text) // 2
    while size:
        text = without(text, size, fails)
        size //= 2
    return text


def without(text: str, size: int, fails: Callable[[str], bool]) -> str:
    at = 0
    while at < len(text):
        shorter = text[:at] + text[at + size :]
        if fails(shorter):
            text = shorter
        else:
            at += size
    return text


def report(kind: str, text: str, language: str) -> None:
    name = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:12]
    try:
        check(text, language)
        check_cost(text, language)
        trace = "(not again)"
    except Exception:
        trace = traceback.format_exc()
    FINDINGS.mkdir(parents=True, exist_ok=True)
    (FINDINGS / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    (FINDINGS / f"{name}.log").write_text(f"{kind}\n{language}: {text!r}\n{trace}", encoding="utf-8")
    print(f"\nFINDING {kind}\n{language}: {text!r}\n{trace}", file=sys.stderr, flush=True)


def write_dictionary() -> Path:
    """The words of the lexicons, for libFuzzer to put into raw texts."""
    path = OUT / "words.dict"
    every = sorted(set().union(*words.values()))
    lines = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in every)
    path.write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")
    return path


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    atheris.Setup([*sys.argv, f"-dict={write_dictionary()}"], test_one_input)
    atheris.Fuzz()
