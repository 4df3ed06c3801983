"""Sentences by kind with all their figures, as files of ``tests/reading/kinds`` give them; what the reader
makes of them, and how much of it is right.

A file is a list of sentences, or a mapping with lists under ``kinds`` (each with ``sentences``),
``sentences`` and ``news``, perhaps the ``language`` that it is in, and perhaps ``first_reading``: what the
reader made of sentences that somebody had written who had seen neither the rules nor the others. A
sentence has ``sentence`` (or ``text``), ``figures`` and perhaps ``kind``. A figure is a mapping with ``low``,
``high``, ``modifier``, ``unit``, ``per``, ``trend``, and perhaps ``best``, ``grain`` and ``words``, of which
only what is named is compared; or a line as ``str(mention)`` prints it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tallybook.evaluation.gold import Score
from tallybook.evaluation.yaml_cases import load_yaml
from tallybook.reading import Mention, read

_TOLERANCE = 1e-5  # a third is written with a few digits
_NUMBERS = ("low", "high", "best", "grain")


@dataclass(frozen=True, eq=False)
class Sentence:
    """``figures``: mappings, or lines. Each is equal to itself alone."""

    text: str
    kind: str
    figures: tuple[Any, ...]
    language: str = "en"

    def __str__(self) -> str:
        return self.text[:60]


@dataclass(frozen=True)
class SentenceFile:
    """``first_reading``: the number of sentences "right", and F1 in percent of "value", "bound", "unit" and
    "direction", before any rule was changed for them; empty for other sentences."""

    name: str
    sentences: tuple[Sentence, ...]
    first_reading: Mapping[str, Any]


def load_file(path: Path) -> SentenceFile:
    """A file of sentences. ValueError, with the file, where it is of another form."""
    data = load_yaml(path)
    try:
        first = data.get("first_reading", {}) if isinstance(data, dict) else {}
        return SentenceFile(path.stem, tuple(_sentences(data, path.stem)), first)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path}: a sentence needs 'sentence' and 'figures' ({error!r})") from None


def load_sentences(path: Path) -> list[Sentence]:
    """All sentences of a file. ValueError, with the file, where it is of another form."""
    return list(load_file(path).sentences)


def _sentences(data: Any, stem: str) -> Iterator[Sentence]:
    language = "en"
    if isinstance(data, dict):
        language = data.get("language", language)
        for kind in data.get("kinds", ()):
            for one in kind["sentences"]:
                yield _sentence(one, kind["kind"], language)
        data = [*data.get("sentences", ()), *data.get("news", ())]
    for one in data:
        yield _sentence(one, one.get("kind", stem), language)


def _sentence(one: dict[str, Any], kind: str, language: str) -> Sentence:
    text = one["sentence"] if "sentence" in one else one["text"]
    return Sentence(text, kind, tuple(one["figures"]), language)


def faults(sentence: Sentence) -> list[str]:
    """What is wrong with the reading of a sentence, a line each; none if all its figures are right."""
    mentions = list(read(sentence.text, language=sentence.language))
    lines = [_wrong(figure, mention) for figure, mention in zip(sentence.figures, mentions, strict=False)]
    if len(mentions) == len(sentence.figures) and not any(lines):
        return []
    return [
        *(f"expected {_shown(figure)}" for figure in sentence.figures),
        *(f"read     {mention}" for mention in mentions),
    ] or ["expected nothing"]


def _wrong(figure: Any, mention: Mention) -> bool:
    if isinstance(figure, str):
        return figure not in (str(mention), str(_as_printed(mention)))
    given = dict(figure)
    if "unit" in given and given["unit"] is None:
        mention = _as_printed(mention)
    low, high = given.get("low"), given.get("high")
    if low is not None and high is not None:
        given["low"], given["high"] = min(low, high), max(low, high)
    if "unit" in given and "per" in given:  # "mile per hour", or "mile" with the base "hour"
        unit, base = given.pop("unit"), given.pop("per")
        if _joined(unit, base) != _joined(mention.unit, mention.per):
            return True
    return any(not _agrees(name, given[name], mention) for name in given)


def _as_printed(mention: Mention) -> Mention:
    """Without a unit that stands elsewhere in the sentence: where a label leaves it open, both are right."""
    return mention._replace(unit=None) if mention.inferred else mention


def _joined(unit: str | None, per: str | None) -> str:
    return " per ".join(part for part in (folded(unit), folded(per)) if part)


def _agrees(name: str, wanted: Any, mention: Mention) -> bool:
    found = getattr(mention, name)
    if name in _NUMBERS:
        if wanted is None or found is None:
            return wanted is found
        return math.isclose(found, wanted, rel_tol=_TOLERANCE, abs_tol=1e-9)
    if name == "modifier" and wanted == "mixed":
        return bool(mention.hedges)
    if name in ("unit", "per"):
        return bool(folded(found) == folded(wanted))
    return bool(wanted == found)


@lru_cache(maxsize=4096)
def folded(unit: str | None) -> str | None:
    """A unit by the lexicon's name for it: kilometre and kilometer are one."""
    if unit is None:
        return None
    plain = str(unit).replace(",", "")
    number, _, name = plain.rpartition(" ") if plain[:1].isdigit() else ("", "", plain)
    mentions = [m for m in read(f"5 {name}.") if m.words == f"5 {name}" and m.per is None]
    known = mentions[0].unit if mentions else None
    return f"{number} {known or name}".strip().casefold()


def _shown(figure: Any) -> str:
    if isinstance(figure, str):
        return figure
    return " ".join(f"{name}={value}" for name, value in figure.items() if value is not None)


def scores(sentences: Iterable[Sentence]) -> dict[str, Score]:
    """The scores of a value alone, with its bound, with its unit and base, and with its direction.

    Figures given as lines are left out, and so are the readings of their sentences.
    """
    counts = dict.fromkeys(("value", "bound", "unit", "direction"), 0)
    gold = found = 0
    for sentence in sentences:
        if not all(isinstance(figure, dict) for figure in sentence.figures):
            continue
        left = list(read(sentence.text, language=sentence.language))
        gold, found = gold + len(sentence.figures), found + len(left)
        for figure in sentence.figures:
            fits = [(_right(figure, mention), mention) for mention in left if _same_value(figure, mention)]
            if fits:
                right, best = max(fits, key=lambda fit: sum(fit[0].values()))
                left.remove(best)
                for name, is_right in right.items():
                    counts[name] += is_right
    return {name: Score(count, found, gold) for name, count in counts.items()}


def _same_value(figure: dict[str, Any], mention: Mention) -> bool:
    low, high = sorted((figure["low"], figure["high"]))
    return _agrees("low", low, mention) and _agrees("high", high, mention)


def _right(figure: dict[str, Any], mention: Mention) -> dict[str, bool]:
    if figure.get("unit") is None:
        mention = _as_printed(mention)
    unit = _joined(figure.get("unit"), figure.get("per")) == _joined(mention.unit, mention.per)
    return {
        "value": True,
        "bound": "modifier" not in figure or _agrees("modifier", figure["modifier"], mention),
        "unit": unit,
        "direction": "trend" not in figure or figure["trend"] == mention.trend,
    }
