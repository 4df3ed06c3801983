"""The chain from words to a verdict: which links there are, in which order, and what each says."""

from __future__ import annotations

from typing import Any

import pytest

from tallybook.verdicts.explanation import claim_chain, grouped_pairs, pair_chain, pair_sentence

from .made import A_YEAR, CLAIM, Record, opened

ASKED = {"words": "1,000 people"}
RATES = {"total": A_YEAR, "rate": {"kind": "rate", "unit": "person / day", "rate_of": "total"}}
DAILY = {"words": "11 people a day", "measure": "rate", "reference_period": "2023"}


def says(words: str = "1,000 people", origin: str = "a", **facts: Any) -> Record:
    return {"words": words, "origin": origin} | facts


def chain(claim: Record, *statements: Record, of: str = "", **more: Any) -> list[tuple[str, str]]:
    """(step, words) of the claim's chain, or of that to one estimate."""
    found = opened(list(statements), claim, **more).comparison()
    links = pair_chain(found, CLAIM, of) if of else claim_chain(found, CLAIM)
    return [(link.step, link.says) for link in links]


def link(step: str, claim: Record, *statements: Record, **more: Any) -> str:
    """The last of this name."""
    return dict(chain(claim, *statements, **more))[step]


def test_what_heads_the_claim_is_told_first() -> None:
    plain = [step for step, _ in chain(ASKED, says())]
    assert plain[-3:] == ["witnesses", "verdict", "cited source"]
    named = [step for step, _ in chain(ASKED | {"attributed_to": "the bureau", "origin": "bureau"}, says())]
    assert named[-3:] == ["cited source", "witnesses", "verdict"]


def reviewed(**given: str) -> Any:
    def change(files: Record) -> None:
        review = {"claim": CLAIM, "by": "me", "on": "2024-05-01", "why": "seen"}
        review |= {"says": "agrees" if "estimate" in given else "supported"} | given
        files["claims/article.yaml"]["reviews"] = [review]

    return change


def test_a_review_of_the_claim_stands_in_its_chain_and_one_of_an_estimate_beside_that() -> None:
    of_claim, of_first = reviewed(), reviewed(estimate="s1")
    assert link("review", ASKED, says(), change=of_claim) == "me, 1 May 2024: supported. seen"
    assert "review" not in dict(chain(ASKED, says(), change=of_first))
    assert "review" not in dict(chain(ASKED, says(), change=of_claim, of="s1"))
    assert link("review", ASKED, says(), says(), change=of_first, of="s1") == "me, 1 May 2024: agrees. seen"
    assert "review" not in dict(chain(ASKED, says(), says(), change=of_first, of="s2"))
    later = ASKED | {"replaced_by": {"words": "1,200 people"}}
    of_later = reviewed(claim="later-claim")
    assert "review" not in dict(chain(later, says(), change=of_later))
    of_its_pair = reviewed(claim="later-claim", estimate="s1")
    assert "review" not in dict(chain(later, says(), change=of_its_pair, of="s1"))


def test_pairs_are_grouped_by_their_effect_the_voices_first() -> None:
    said = [
        says(published="2024-01-01"), says("1,000 persons", published="2024-02-01"),
        says("2,000 people", "b"), says("9 to 3,000 people", "c"), says(origin="d", status="forecast"),
    ]  # fmt: skip
    found = grouped_pairs(opened(said, ASKED).comparison(), CLAIM)
    assert {name: sorted(p.estimate.id for p in pairs) for name, pairs in found.items()} == {
        "for": ["s1", "s2"], "against": ["s3"], "compatible": ["s4"], "aside": ["s5"],
    }  # fmt: skip
    assert [pair.voice for pair in found["for"]] == [True, False]
    assert [pair.estimate.id for pair in found["for"]] == ["s2", "s1"]  # of two statements the later one


def test_the_claims_side_of_the_chain() -> None:
    measure = A_YEAR | {"scopes": ["all people"]}
    claim = ASKED | {"reference_period": "2023", "origin": "bureau", "attributed_to": "the bureau"}
    told = dict(chain(claim, says(), measure=measure))
    assert told["asks for"].endswith("Kind: total; time: 2023; scope: all people.")
    assert told["attributed to"] == "the bureau (origin: bureau; family: bureau)"
    told = dict(chain(ASKED, says()))
    assert told["asks for"].endswith("Kind: total; time: not stated: any time up to the article.")
    assert told["attributed to"] == "the article names nobody (origin: not stated)"
    assert told["words of the article"] == "“1,000 people” (paragraph 1)"
    assert told["reading"] == "1,000 people (by the reader)"


def test_the_place_of_the_words_is_told_where_it_is_recorded() -> None:
    def placed(files: Record) -> None:
        files["claims/article.yaml"]["claims"][0]["anchor"] |= {"start": "0", "end": "12"}

    told = link("words of the article", ASKED, says(), change=placed)
    assert told == "“1,000 people” (paragraph 1, characters 0–12)"


def test_a_reading_that_a_person_recorded_is_told_with_the_reason() -> None:
    def recorded(files: Record) -> None:
        reading = {"low": "1000", "high": "1000", "because": "as in the table"}
        files["claims/article.yaml"]["claims"][0] |= {
            "anchor": {"exact": "some people", "paragraph": "1"}, "recorded": reading,
        }  # fmt: skip

    told = link("reading", ASKED, says(), change=recorded)
    assert "(recorded by a person: as in the table)" in told


def test_a_share_is_told_to_be_one() -> None:
    half = [says("half", base=2), says("2,000 people", "b")]
    assert dict(chain(ASKED, *half, of="s1"))["reading"].endswith(
        "(by the reader; a share or change of another figure)"
    )
    assert "share" not in dict(chain(ASKED, *half, of="s2"))["reading"]


def test_the_estimates_side_of_the_chain() -> None:
    dated = says(reference_period="2023", published="2024-02-01")
    claim = ASKED | {"reference_period": "2023"}
    told = dict(chain(claim, dated, measure=A_YEAR, of="s1"))
    assert told["words of the page"] == "“1,000 people” (page 1, 1 February 2024)"
    assert told["time"].startswith("2023 (")
    assert told["comparability"].startswith("comparable") and told["origin"] == "a; family: a"
    bare = dict(chain(ASKED, says(draws_on=["c", "b"]), of="s1"))
    assert bare["words of the page"] == "“1,000 people” (page 1)"
    assert bare["time"].startswith("not known (")
    assert bare["origin"] == "a; family: a; rests also on b and c"
    assert bare["comparability"] == "comparable"
    aside = dict(chain(ASKED, says(status="forecast"), of="s1"))
    assert aside["comparability"].startswith("not comparable (other status): ")
    assert "derived" not in aside


def test_a_derived_figure_is_told_with_its_formula_and_inputs() -> None:
    said = says("4,015 people", measure="total", reference_period="2023")
    found = opened([said], DAILY, measures=RATES).comparison()
    (pair,) = found.pairs[CLAIM]
    told = {link.step: link.says for link in pair_chain(found, CLAIM, pair.estimate.id)}
    assert told["derived"].endswith(". Inputs: s1")
    sentence = pair_sentence(pair)
    assert sentence.startswith("a: “4,015 people” (page 1); derived: ")
    assert " = 11 people a day; " in sentence
    above = opened([said | {"words": "over 4,015 people"}], DAILY, measures=RATES).comparison()
    assert " = 11 people a day; " in pair_sentence(above.pairs[CLAIM][0])  # its formula has the bound
    stated = opened([says("11 people a day", measure="rate", reference_period="2023")], DAILY, measures=RATES)
    assert "derived" not in pair_sentence(stated.comparison().pairs[CLAIM][0])


def test_a_derived_share_is_told_in_per_cent_alone() -> None:
    measures = {
        "part": A_YEAR, "whole": A_YEAR | {"definition": "whole"},
        "share": {"kind": "share", "unit": "%", "shares": [{"part": "part", "whole": "whole"}]},
    }  # fmt: skip
    said = [
        says(words, measure=name, reference_period="2023")
        for words, name in (("403 people", "part"), ("1,001 people", "whole"))
    ]
    claim = {"words": "40.3%", "measure": "share", "reference_period": "2023"}
    found = opened(said, claim, measures=measures).comparison().pairs[CLAIM]
    assert any(
        "% ; " not in pair_sentence(p) and "%; " in pair_sentence(p) for p in found if p.estimate.derived
    )


def test_an_estimate_that_is_not_beside_the_claim_is_refused() -> None:
    with pytest.raises(KeyError, match="s9"):
        chain(ASKED, says(), of="s9")
