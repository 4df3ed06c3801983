"""A book of another field, made up: the money of a town and its weather, with pages in several languages.

Measures in one unit and of one size on purpose, so that unit and size alone do not tell them apart.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

MEASURES: list[dict[str, Any]] = [
    {"id": "spending", "kind": "total", "unit": "euro",
     "definition": "What the town of Hellen spends in a year, all offices together."},
    {"id": "revenue", "kind": "total", "unit": "euro",
     "definition": "What the town of Hellen takes in from taxes and fees in a year."},
    {"id": "debt", "kind": "stock", "unit": "euro",
     "definition": "What the town of Hellen owes to banks on a date."},
    {"id": "schools", "kind": "total", "unit": "euro",
     "definition": "What is spent on the schools of Hellen in a year."},
    {"id": "teachers", "kind": "stock", "unit": "teacher", "nouns": ["person", "educator"],
     "definition": "Teachers employed at the schools of Hellen on a date."},
    {"id": "jobless", "kind": "share", "unit": "fraction",
     "definition": "Of the labour force of Hellen, the share without work."},
    {"id": "warming", "kind": "change", "unit": "degree celsius",
     "definition": "How far the mean temperature of Hellen lies above that of 1961 to 1990."},
    {"id": "rain", "kind": "total", "unit": "millimeter",
     "definition": "Rain and melted snow at the station of Hellen in a year."},
]  # fmt: skip

SAID: dict[str, list[tuple[str, str, dict[str, Any]]]] = {
    "spending": [
        ("€412 million will be spent by the town", "en", {"title": "Hellen council passes its budget"}),
        ("expenditure of 408 million euros", "en", {"title": "What Hellen spends"}),
        ("spending about €410 million", "en", {}),
        ("outlays of €399.5 million", "en", {"title": "All offices of Hellen spend more"}),
        ("412 Millionen Euro", "de", {"title": "Hellen gibt mehr aus"}),
        ("411 millions d'euros", "fr", {"low": 411e6, "title": "Hellen vote son budget"}),
    ],
    "revenue": [
        ("took in €405 million", "en", {"title": "Taxes and fees bring Hellen a record"}),
        ("revenues of 398 million euros", "en", {"title": "Tax income of the town falls"}),
        ("€407 million from taxes and fees", "en", {}),
        ("receipts of nearly €400 million", "en", {}),
        ("406 milioni di euro", "it", {"low": 406e6, "title": "Hellen, entrate fiscali in crescita"}),
    ],
    "debt": [
        ("owes €390 million", "en", {"title": "Debt of Hellen to banks"}),
        ("debts of 402 million euros", "en", {}),
        ("borrowed €415 million from banks", "en", {"title": "How deep in debt is Hellen?"}),
        ("a debt of almost €400 million", "en", {}),
        ("4억 유로", "ko", {"low": 400e6, "title": "헬렌 부채"}),
    ],
    "schools": [
        ("€96 million for its schools", "en", {"title": "Schools get more"}),
        ("school spending of €94 million", "en", {}),
        ("about 95 million euros on schools", "en", {}),
    ],
    "teachers": [
        ("1,240 teachers", "en", {"title": "Schools of Hellen look for staff"}),
        ("employs 1,255 educators", "en", {}),
        ("more than 1,200 teachers", "en", {}),
        ("1.230 Lehrer", "de", {"low": 1230, "title": "Lehrermangel in Hellen"}),
    ],
    "jobless": [
        ("6.4 percent were without work", "en", {"title": "Unemployment in Hellen"}),
        ("a jobless rate of 6.2%", "en", {}),
        ("безробіття 6,5 %", "uk", {"low": 0.065, "unit": "fraction", "title": "Безробіття у Геллені"}),
    ],
    "warming": [
        ("1.4 degrees Celsius above the 1961 to 1990 mean", "en", {"title": "A warm year in Hellen"}),
        ("1.6 °C warmer than the old average", "en", {"title": "Hellen warms"}),
        ("naik 1,5 derajat", "id", {"low": 1.5, "unit": "degree celsius", "title": "Suhu Hellen"}),
    ],
    "rain": [
        ("812 millimetres of rain", "en", {"title": "A wet year at the station"}),
        ("some 80 centimetres of rain and snow", "en", {}),
        ("790 mm de pluie", "fr", {"low": 790, "unit": "millimeter", "title": "Pluie à Hellen"}),
    ],
}
CLAIMS: dict[str, tuple[str, str, str]] = {
    "spending": ("€412 million", "The town will spend ", " next year"),
    "revenue": ("some €404 million", "while taxes and fees bring in ", ", the treasurer said"),
    "debt": ("about €400 million", "Hellen still owes its banks ", "."),
    "schools": ("€95 million", "Its schools get ", "."),
    "teachers": ("over 1,200 teachers", "They employ ", "."),
    "jobless": ("6.4 percent", "In the town ", " have no work"),
    "warming": ("1.5 degrees Celsius", "The year was ", " warmer than usual"),
    "rain": ("810 millimetres", "The station counted ", " of rain"),
}

RECORDED = {"recorded": {"low": 1.5, "unit": "degree celsius", "because": "warmer than usual"}}


def write_town(root: Path) -> Path:
    """The files of the book; returns its folder."""
    claims = [
        {"id": f"c-{name}", "measure": name,
         "anchor": {"exact": exact, "prefix": prefix, "suffix": suffix, "paragraph": 1},
         **(RECORDED if name == "warming" else {})}
        for name, (exact, prefix, suffix) in CLAIMS.items()
    ]  # fmt: skip
    files: dict[str, Any] = {
        "claims/measures.yaml": {"measures": MEASURES},
        "claims/town.yaml": {"id": "town", "title": "The town of Hellen", "publisher": "Made up",
                             "published": "2025-06-30", "language": "en", "claims": claims},
        "sources/origins.yaml": {"origins": [{"id": "a", "name": "Treasurer of Hellen"}]},
    }  # fmt: skip
    for measure in MEASURES:
        for k, (words, language, more) in enumerate(SAID[measure["id"]]):
            statement: dict[str, Any] = {
                "id": f"{measure['id']}-{k}", "measure": measure["id"], "words": words, "origin": "a",
            }  # fmt: skip
            if "low" in more:
                unit = more.get("unit", measure["unit"])
                statement["recorded"] = {"low": more["low"], "high": more["low"], "unit": unit,
                                         "because": "made up"}  # fmt: skip
            page = {"id": f"p-{measure['id']}-{k}", "publisher": "Paper", "language": language,
                    "kind": "secondary", "published": "2025-06-01", "statements": [statement]}  # fmt: skip
            files[f"sources/{page['id']}.yaml"] = page | {k_: v for k_, v in more.items() if k_ == "title"}
    for name, data in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return root
