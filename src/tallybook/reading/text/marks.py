"""Marks of printing that several rooms look for."""

DIGITS = frozenset("0123456789")
# These join two words or numbers; the em dash only parts them.
HYPHENS = frozenset("-‐‑–")
DASHES = HYPHENS | {"—"}
CLOSING_QUOTES = frozenset("\"”’'")
TIMES = frozenset("x×")
