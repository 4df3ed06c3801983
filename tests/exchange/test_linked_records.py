"""Annotations, provenance, crate and feed, each read back by a library that knows the format."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from prov.model import ProvActivity, ProvAttribution, ProvDerivation, ProvDocument, ProvEntity, ProvUsage
from rocrate.rocrate import ROCrate

from tallybook.exchange import atom, prov, ro_crate, web_annotations
from tallybook.exchange.folders import LIST, replace_folder
from tallybook.exchange.outlet import Outlet
from tallybook.tables.acceptance import accepted_now
from tallybook.tables.case import Case
from tallybook.terms import AsOf

from .conftest import DATA
from .linked_data import OA, expanded, graph, value

RDF_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"


def only(files: Any) -> bytes:
    (content,) = dict(files).values()
    return bytes(content)


# Web Annotations


def test_each_claim_and_each_statement_is_an_annotation(case: Case) -> None:
    things = graph(only(web_annotations.files(case, Outlet())))
    stated = [e for e in case.comparison().estimates.values() if not e.derived]
    assert len(things[f"{OA}Annotation"]) == len(case.article.claims) + len(stated)
    quotes = sorted(value(quote, f"{OA}exact") for quote in things[f"{OA}TextQuoteSelector"])
    anchors = [a for claim in case.article.claims for a in (claim.anchor, *claim.also)]
    assert quotes == sorted([*(a.exact for a in anchors), *(e.words for e in stated)])


def test_every_target_has_a_source_and_a_selector(case: Case) -> None:
    things = graph(only(web_annotations.files(case, Outlet())))
    for target in things[f"{OA}SpecificResource"]:
        assert value(target, f"{OA}hasSource").startswith(("https://", "http://", "urn:uuid:"))
        assert target[f"{OA}hasSelector"]
    assert "?" not in things or not things["?"][0].get(f"{OA}exact")


def test_the_positions_lead_to_the_words_in_the_articles_text() -> None:
    from .conftest import opened

    case, found = opened("made-up-city-budget"), 0
    text = (DATA / "made-up-city-budget" / "article.txt").read_text(encoding="utf-8")
    for annotation in web_annotations.collection(case)["first"]["items"]:
        targets = annotation["target"] if isinstance(annotation["target"], list) else []
        for target in targets:
            selectors = target["selector"] if isinstance(target["selector"], list) else [target["selector"]]
            kinds = {selector["type"]: selector for selector in selectors}
            quote = kinds["TextQuoteSelector"]
            words = f"{quote.get('prefix', '')}{quote['exact']}{quote.get('suffix', '')}"
            assert words in text
            if position := kinds.get("TextPositionSelector"):
                assert text[position["start"] : position["end"]] == quote["exact"]
                found += 1
    assert found or not any(c.anchor.start is not None for c in case.article.claims)


def test_the_body_of_a_claim_is_its_verdict(first_case: Case) -> None:
    (document,) = expanded(only(web_annotations.files(first_case, Outlet())))
    text = json.dumps(document, ensure_ascii=False)
    assert "quoted so; the finding: corroborated. On the finding: South Korea" in text


# PROV


def provenance(case: Case) -> ProvDocument:
    return ProvDocument.deserialize(content=only(prov.files(case, Outlet())).decode(), format="json")


def test_every_verdict_leads_back_through_statements_to_pages(case: Case) -> None:
    document = provenance(case)
    entities = {str(record.identifier) for record in document.get_records(ProvEntity)}
    sources = {
        (str(made), str(of))
        for record in document.get_records(ProvDerivation)
        for made, of in [(record.args[0], record.args[1])]
    }
    used = {(str(record.args[0]), str(record.args[1])) for record in document.get_records(ProvUsage)}
    assert {name for pair in sources for name in pair} <= entities
    assert {entity for _, entity in used} <= entities
    for claim, pairs in case.comparison().pairs.items():
        assert (f"case:verdict/{claim}", f"case:claim/{claim}") in sources
        assert (f"case:claim/{claim}", "case:article") in sources
        for pair in pairs:
            assert (f"case:judging/{claim}", f"case:estimate/{pair.estimate.id}") in used
    for estimate in case.comparison().estimates.values():
        came_from = {of for made, of in sources if made == f"case:estimate/{estimate.id}"}
        if estimate.derived:
            assert came_from == {f"case:estimate/{id_}" for id_ in estimate.inputs}
        else:
            assert f"case:page/{estimate.source.id}" in came_from


def test_the_program_judged_and_the_origins_said(first_case: Case) -> None:
    document = provenance(first_case)
    assert len(list(document.get_records(ProvActivity))) == 8
    said = {str(record.args[1]) for record in document.get_records(ProvAttribution)}
    assert "case:origin/us_state_department" in said
    assert "tallybook 0.1.0" in document.get_provn()


# RO-Crate


def test_the_crate_describes_each_file_that_is_in_it(first_case: Case, tmp_path: Path) -> None:
    files = dict(ro_crate.files(first_case, Outlet("The Daily", "https://daily.example/")))
    replace_folder(tmp_path / "crate", files)
    crate = ROCrate(tmp_path / "crate")
    described = {entity.id for entity in crate.data_entities}
    assert described == set(files) - {ro_crate.METADATA}
    there = {
        p.relative_to(tmp_path / "crate").as_posix() for p in (tmp_path / "crate").rglob("*") if p.is_file()
    }
    assert there == {*files, LIST}
    assert crate.description == first_case.answer
    assert crate.root_dataset["datePublished"] == "2026-11-23"
    for entity in crate.data_entities:
        assert int(entity["contentSize"]) == len(files[entity.id])
    program = crate.dereference("#tallybook")
    assert program is not None and program["softwareVersion"] == "0.1.0"


# Atom


def feed(case: Case, outlet: Outlet | None = None) -> Any:
    read = feedparser.parse(only(atom.files(case, outlet or Outlet())))
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    return read


def test_the_feed_has_an_entry_a_verdict_and_one_a_change(case: Case) -> None:
    table, read = case.verdicts(), feed(case)
    changed = table[table["verdict"] != table["written"]]
    assert len(read.entries) == len(table) + len(changed)
    assert len({entry.id for entry in read.entries}) == len(read.entries)
    assert sum("→" in entry.title for entry in read.entries) == len(changed)
    assert read.feed.updated == max((entry.updated for entry in read.entries), default=read.feed.updated)


def test_an_entry_of_a_change_is_dated_by_what_was_read_and_says_both(
    small_case: Callable[..., Case],
) -> None:
    case = small_case(
        [{"words": "9,000 loaves", "origin": "b", "published": "2025-08-01"}], [{"words": "10,400 loaves"}]
    )
    assert case.verdicts(AsOf.WRITTEN)["verdict"].tolist() == ["unsourced"]
    later, first = feed(case).entries
    assert (
        later.title == "“10,400 loaves”: unsourced → contradicted" and later.updated == "2025-08-01T00:00:00Z"
    )
    assert first.title == "“10,400 loaves”: unsourced" and first.updated == "2025-06-30T00:00:00Z"
    assert "Nobody has accepted this verdict yet." in later.summary


def test_the_verdict_of_record_stands_until_a_person_accepts_another(small_case: Callable[..., Case]) -> None:
    from tallybook.book.accepted import write_accepted

    said = [{"words": "10,400 loaves", "origin": "b"}]
    case = small_case(said, [{"words": "10,400 loaves"}])
    write_accepted(case.book.root, case.id, accepted_now(case))
    (entry,) = feed(case).entries
    assert entry.title.endswith(": supported") and "accepted" not in entry.summary
    unlike = accepted_now(case)
    claim = unlike.claims[0].model_copy(update={"today": "contradicted", "written": "contradicted"})
    write_accepted(case.book.root, case.id, unlike.model_copy(update={"claims": [claim]}))
    (entry,) = feed(case).entries
    assert entry.title.endswith(": contradicted")
    assert "By now the program says supported; nobody has accepted that." in entry.summary


def test_a_claim_that_names_who_said_it_is_headed_so_in_the_feed_too(first_case: Case) -> None:
    titles = [entry.title for entry in feed(first_case, Outlet("The Daily", "https://daily.example")).entries]
    assert "“over 10,000 DPRK [North Korean] soldiers”: quoted so; the finding: corroborated" in titles


# Hostile text


@pytest.mark.parametrize("make", [web_annotations, prov])
def test_hostile_text_is_no_markup_in_a_file_of_json(make: Any, hostile: Case) -> None:
    text = only(make.files(hostile, Outlet())).decode()
    assert not set("<>&") & set(text)
    assert hostile.comparison().claims["c0"].words in json.dumps(
        json.loads(text), ensure_ascii=False
    ).replace('\\"', '"').replace("\\\\", "\\")


def test_hostile_text_is_text_in_the_feed(hostile: Case) -> None:
    for entry in feed(hostile).entries:
        assert "<script>" in entry.title or "&lt;script" in entry.title
        assert entry.title_detail.type == "text/plain"
        assert entry.content[0].type == "text/plain"


def test_a_hostile_crate_can_be_read(hostile: Case, tmp_path: Path) -> None:
    replace_folder(tmp_path / "crate", dict(ro_crate.files(hostile, Outlet())))
    crate = ROCrate(tmp_path / "crate")
    assert crate.name.endswith(hostile.title)
    assert len(list(provenance(hostile).get_records(ProvEntity))) > 5
