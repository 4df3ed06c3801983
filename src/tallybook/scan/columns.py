"""The tables of a scan: the columns of each, with type and meaning.

Where an exported table has a column of the same name, it means the same (``exchange/columns.py``); what a
figure states has the names that ``tallybook read --json`` prints.
"""

from __future__ import annotations

from typing import Any

from tallybook.exchange.columns import COLUMNS, Column
from tallybook.reading import Mention

_OWN = {
    "text_id": Column("string", "what names the text: its own id, address or file"),
    "file": Column("string", "the file that holds the text"),
    "place": Column(
        "integer", "where in the file: byte of the line or record, number of the row; 0 of a file of one text"
    ),
    "text_url": Column("string", "address of the text, where its file gives one"),
    "text_published": Column("date", "when the text came out, where its file gives a day"),
    "characters": Column("integer", "how many characters of it were read"),
    "figures": Column("integer", "how many figures were found in it"),
    "error": Column("string", "why it could not be read, or not to its end; empty where it was"),
    "words": Column("string", "the words that state the figure"),
    "noun": Column("string", "the counted noun phrase as printed"),
    "trend": Column("string", "whether the words say a rise or a fall: up or down"),
    "leaning": Column("string", "the same by verbs that may as well count"),
    "of": Column("string", "what the figure is said of, as printed"),
    "best": Column("number", "the centre of a spread"),
    "grain": Column("number", "how finely low is printed"),
    "grain_high": Column("number", "how finely high is printed"),
    "single": Column("boolean", "whether a count has no final zeros that may be a rounding"),
    "form": Column("string", "in which form the number is printed"),
    "inferred": Column("boolean", "whether the unit stands elsewhere in the sentence"),
    "descends": Column("boolean", "whether a range names its higher end first"),
    "sentence_text": Column("string", "the sentence around the words, cut where it is long"),
    "known": Column("string", "what the book says of the figure: stated or contradicted"),
    "answer": Column("string", "the same in a sentence, with the source"),
}

_PLACE = ("text_id", "file", "place", "text_url", "text_published")
FIELDS = tuple(name for name in Mention._fields if name not in ("sentence", "kind"))
"""Of a figure as it was read, in the order of ``read --csv``."""

MENTIONS = (*_PLACE, *FIELDS, "period", "sentence_text")
TEXTS = (*_PLACE, "characters", "figures", "error")
WATCH = (
    *_PLACE, "words", "start", "end", "low", "high", "modifier", "unit", "per", "sentence_text",
    "known", "measure", "estimate", "relation", "answer", "url",
)  # fmt: skip
TABLES = {"mentions": MENTIONS, "texts": TEXTS, "watch": WATCH}


def column(name: str) -> Column:
    """Type and meaning of a column."""
    return _OWN[name] if name in _OWN else COLUMNS[name]


def schema(table: str) -> Any:
    """The Arrow schema of a table; the meaning of a column is in its metadata."""
    import pyarrow as pa

    types = {
        "string": pa.string(), "number": pa.float64(), "integer": pa.int64(), "boolean": pa.bool_(),
        "date": pa.date32(),
    }  # fmt: skip
    fields = []
    for name in TABLES[table]:
        known = column(name)
        fields.append(pa.field(name, types[known.type], metadata={"description": known.meaning}))
    return pa.schema(fields)
