"""The sentences of the report: each number in them is computed again from the records, in another way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tallybook import open_book
from tallybook.prose import spelled
from tallybook.report.case_view import case_view
from tallybook.report.claim_view import claim_view
from tallybook.report.finding import finding
from tallybook.report.reasons import answer, name, why
from tallybook.report.sentences import Quote, quote, text_of
from tallybook.tables.case import Case
from tallybook.terms import Relation, Verdict

from .made_up import HOSTILE, PAGES, PICKED, SOLD, claim, page

DATA = Path(__file__).parents[1] / "data"
FOLDERS = sorted(folder for folder in DATA.iterdir() if (folder / "claims").is_dir())
WORDS = {spelled(count): count for count in range(1, 13)} | {"none": 0, "both": 2, "no": 0}
_COUNT = re.compile(r"\b(?:\d[\d,]*|" + "|".join(WORDS) + r")\b", re.IGNORECASE)


def opened() -> Iterator[Case]:
    for folder in FOLDERS:
        yield from open_book(folder).values()


@pytest.fixture(scope="module", params=list(opened()), ids=lambda case: case.id)
def real(request: pytest.FixtureRequest) -> Case:
    case: Case = request.param
    return case


def counts_in(text: str) -> list[int]:
    """Every count of a sentence, in digits or words; quotations and brackets are left out."""
    bare = re.sub(r"“[^”]*”|\([^()]*\)", "", text)
    return [WORDS.get(found.lower(), -1) if found.lower() in WORDS else int(found.replace(",", ""))
            for found in _COUNT.findall(bare)]  # fmt: skip


def tally(case: Case) -> Counter[str]:
    return Counter(case.verdicts()["verdict"])


def test_the_headline_counts_the_verdicts(real: Case) -> None:
    count, total = tally(real), len(real.verdicts())
    borne_out = count["corroborated"] + count["supported"]
    told = finding(real).headline
    kinds = [(count["contradicted"], "contradicted"), (count["disputed"], "disputed"),
             (borne_out, "independent support")]  # fmt: skip
    for number, words in kinds:
        assert (words in told) == bool(number), told
    there = [number for number, _ in kinds if number] or [count["own word only"]]
    if total == 1:
        assert told.startswith("The one figure")
    elif there[0] == total:
        assert counts_in(told)[0] == total
    elif there != [0]:
        assert counts_in(told)[:2] == [there[0], total]
        assert counts_in(told)[2:] == there[1:]


def test_the_lead_names_every_claim_or_counts_it(real: Case) -> None:
    found = finding(real)
    groups = {
        "Contradicted": {Verdict.CONTRADICTED, Verdict.DISPUTED},
        "Disputed": {Verdict.DISPUTED},
        "Borne out": {Verdict.CORROBORATED, Verdict.SUPPORTED},
        "own word": {Verdict.OWN_WORD}, "Own side": {Verdict.OWN_WORD},
        "Not tested": {Verdict.NOT_TESTED, Verdict.UNSOURCED}, "Without a source": {Verdict.UNSOURCED},
    }  # fmt: skip
    for point in found.lead:
        verdicts = next((kinds for begin, kinds in groups.items() if begin in point.label), set())
        if not verdicts:
            continue
        wanted = sum(tally(real)[v] for v in verdicts)
        named = [part for part in point.says if isinstance(part, Quote) and "/claim/" in part.path]
        more = re.search(r"(?:, | and )(\w+) more\b", text_of(point.says))
        assert len(named) + (WORDS[more[1]] if more else 0) == wanted, text_of(point.says)
        for part in named:
            judged = real.comparison().verdicts[part.path.rpartition("/")[2].removesuffix(".html")]
            assert judged.verdict in verdicts


def test_what_is_against_stands_first(real: Case) -> None:
    labels = [point.label for point in finding(real).lead]
    against = [place for place, label in enumerate(labels) if label.startswith(("Contradicted", "Disputed"))]
    assert against in ([], [0]) and len(labels) <= 4


def test_pages_and_groups_in_the_lead_are_those_of_the_records(real: Case) -> None:
    table, verdicts = real.compare(), real.verdicts()
    for point in finding(real).lead:
        told = text_of(point.says)
        if "independent of the one quoted" in told:
            groups = verdicts.loc[verdicts["verdict"].isin(["corroborated", "supported"]), "supporting"]
            span = re.search(r"by (\w+)(?: (?:or|to) (\w+))? source groups?", told)
            assert span and WORDS[span[1]] == groups.min() and WORDS[span[2] or span[1]] == groups.max()
        if found := re.search(r"(?:up to )?(\w+) pages? prints?", told):
            own = verdicts.loc[verdicts["verdict"] == "own word only", "claim"]
            rows = table[table["claim"].isin(own) & table["relation"].isin(["agrees", "supports"])]
            page_of = {e.id: e.source for e in real.comparison().estimates.values()}
            kept = [one for one in rows[~rows["derived"]].itertuples() if not page_of[one.estimate].copy_of]
            pages = {(one.claim, page_of[one.estimate].id) for one in kept}
            most = max(Counter(claim for claim, _ in pages).values())
            assert (WORDS.get(found[1]) or int(found[1])) == most
        if found := re.search(r"none of the (\w+) pages that the article cites", told):
            cited = {one for c in real.article.claims for one in c.cites}
            assert WORDS[found[1]] == len(cited)
            assert not any(real.book.sources[one].seen for one in cited)


def test_the_reason_of_a_claim_on_the_word_of_its_own_side_counts_the_pages(real: Case) -> None:
    comparison = real.comparison()
    for id_, judged in comparison.verdicts.items():
        if judged.verdict is Verdict.OWN_WORD:
            pages = {p.estimate.source.id for p in comparison.pairs[id_]
                     if p.own and p.relation.confirms and not p.estimate.derived
                     and p.estimate.source.copy_of is None}  # fmt: skip
            assert f"{len(pages)} page{'s' * (len(pages) > 1)} say" in why(real, id_)


def test_the_answer_of_an_untested_claim_tells_of_each_figure_whether_it_was_compared(real: Case) -> None:
    comparison = real.comparison()
    for id_, judged in comparison.verdicts.items():
        pairs = comparison.pairs[id_]
        if judged.verdict is not Verdict.NOT_TESTED or not pairs:
            continue
        told = text_of(
            next(s for s in answer(real, id_) if "read, and n" in text_of(s) or "was read" in text_of(s))
        )
        aside = sum(p.comparability.failed is not None for p in pairs)
        assert counts_in(told)[0] == len(pairs)
        if len(pairs) == 1:
            assert ("cannot be compared" in told) == bool(aside)
            continue
        assert counts_in(told)[1] == len({p.family.id for p in pairs})
        compared, _, why_not = told.partition("settles it.")[2].partition("be compared with it:")
        *numbers, last = counts_in(compared) if aside else (*counts_in(compared), 0)
        assert sum(numbers) == len(pairs) - aside, told
        assert last == (aside if aside < len(pairs) else 0), told
        assert sum(counts_in(why_not)) in (aside, 0), told
        assert aside == 0 or counts_in(why_not) or "they " in why_not or " it " in why_not


@pytest.mark.parametrize(
    ("other", "shown"),
    [
        ({"part": "of the north field"}, "1 neither confirms nor contradicts it. "
            "1 cannot be compared with it: it was only planned or possible."),
        ({"status": "capacity"}, "None can be compared with it: they were only planned or possible."),
    ],
)  # fmt: skip
def test_what_was_compared_and_what_was_not_is_told_in_plain_words(
    harvest: Callable[..., Case], other: dict[str, str], shown: str
) -> None:
    first, planned = page("first", "inspector", "100 apples"), page("planned", "rival", "400 apples")
    first["statements"][0] |= other
    planned["statements"][0] |= {"status": "planned"}
    case = harvest(article={"claims": [PICKED | {"cites": []}], "reviews": None}, pages=[first, planned])
    begin = "2 figures from 2 source groups were read, and none settles it."
    assert text_of(answer(case, "picked")[0]) == f"{begin} {shown}"


def test_no_verb_depends_on_whether_a_name_is_of_one_or_of_several(real: Case) -> None:
    comparison = real.comparison()
    names = {re.escape(name(p)) for pairs in comparison.pairs.values() for p in pairs}
    verb = re.compile(
        rf"(?:{'|'.join(sorted(names)) or '$.'})(?: \([^)]*\))? (?:also )?(?:says?|differs?|measures)\b"
    )
    for id_ in comparison.claims:
        told = " ".join([why(real, id_), *map(text_of, answer(real, id_))])
        assert not verb.search(told), told


def test_a_bound_that_nobody_gives_is_told_plainly(harvest: Callable[..., Case]) -> None:
    case = harvest(article={"claims": [PICKED | {"cites": []}], "reviews": None}, pages=[PAGES[1]])
    assert any("bound" in remark for remark in case.comparison().verdicts["picked"].remarks)
    told = " ".join(map(text_of, answer(case, "picked")))
    assert "None of the figures compared says over 300." in told
    assert "floor" not in told and "estimate" not in told


def test_who_differs_is_named_in_the_answer(real: Case) -> None:
    comparison = real.comparison()
    for id_, pairs in comparison.pairs.items():
        differing = [p for p in pairs if p.relation is Relation.DIFFERS and not p.repeats]
        told = " ".join(map(text_of, answer(real, id_)))
        assert re.search(r"says? otherwise|ontradicted by|differs", told) or not differing, told
        assert 1 <= len(answer(real, id_)) <= 4


def test_the_reason_is_short(real: Case) -> None:
    for id_ in real.comparison().claims:
        assert len(why(real, id_).split()) <= 32, why(real, id_)


def test_no_id_and_no_date_of_a_file_stands_in_a_sentence(real: Case) -> None:
    ids = {
        id_ for id_ in (*real.comparison().claims, *real.comparison().estimates) if "_" in id_ or "-" in id_
    }
    for id_ in real.comparison().claims:
        view = claim_view(real, id_)
        told = " ".join(
            [
                *map(text_of, view.answer),
                *(text_of(said) for _, said in view.read),
                *view.trials,
                why(real, id_),
            ]
        )
        assert not re.search(r"\d{4}-\d{2}|/\.\.|\.\./", told), told
        assert not [one for one in ids if re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", told)]
        assert told.count("“") == told.count("”")


# What a made-up case says


def test_a_claim_alone(harvest: Callable[..., Case]) -> None:
    case = harvest(article={"claims": [PICKED], "reviews": None})
    assert finding(case).headline == "The one figure in the article has independent support"


def test_a_draft_says_so_first(harvest: Callable[..., Case]) -> None:
    waiting = {"id": "later", "anchor": {"exact": "7 pears", "paragraph": 4}, "guessed": ["attributed_to"]}
    case = harvest(article={"state": "draft", "claims": [PICKED, waiting], "reviews": None})
    found = finding(case)
    assert found.headline.startswith("Draft, not reviewed: ")
    assert found.lead[0].label == "Draft, not reviewed:"
    assert "1 figure has no measure yet" in text_of(found.lead[0].says)
    assert [text for text, _ in case_view(case, [], []).unmeasured] == [Quote("“7 pears”")]


def test_a_draft_without_any_measure(harvest: Callable[..., Case]) -> None:
    waiting = {"id": "later", "anchor": {"exact": "7 pears", "paragraph": 4}, "guessed": ["attributed_to"]}
    case = harvest(article={"state": "draft", "claims": [waiting], "reviews": None})
    assert finding(case).headline == "Draft, not reviewed: no figure of the article has been compared yet"


def test_nothing_read_is_no_approval(harvest: Callable[..., Case]) -> None:
    case = harvest(article={"claims": [PICKED | {"cites": ["letter"]}], "reviews": None}, pages=PAGES[-1:])
    assert finding(case).headline == "The one figure in the article could not be tested"
    assert why(case, "picked") == "No page that was read gives a figure for it."


def test_only_its_own_side_speaks(harvest: Callable[..., Case]) -> None:
    case = harvest(article={"claims": [PICKED], "reviews": None}, pages=[PAGES[0], PAGES[-1]])
    assert finding(case).headline == "The one figure in the article has only its own side’s word"
    assert "own word" in finding(case).lead[0].label
    assert finding(case).lead[0].label.endswith(f"{HOSTILE}’s own word:")


def test_a_page_that_says_something_else_is_named_though_others_agree(harvest: Callable[..., Case]) -> None:
    pages = [page("ledger", "grower", "300 apples", kind="primary"), *PAGES[1:]]
    case = harvest(article={"claims": [PICKED, SOLD]}, pages=pages)
    assert why(case, "picked").startswith("The page that it cites says something else.")
    assert any("says something else: bound added" in text_of(said) for said in answer(case, "picked"))
    assert "of one figure the cited page says something else" in text_of(finding(case).lead[0].says)


def test_the_words_of_an_article_in_another_language_keep_it(harvest: Callable[..., Case]) -> None:
    said = {"low": 300, "high": 300, "unit": "apple", "because": "made up"}
    foreign = claim("picked", "300 яблук", 1, recorded=said)
    case = harvest(article={"language": "uk", "claims": [foreign], "reviews": None})
    quotes = [part for point in finding(case).lead for part in point.says if isinstance(part, Quote)]
    assert quotes[0].language == "uk"
    assert claim_view(case, "picked").words.language == "uk"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("about 13,000 military personnel to", "“about 13,000 military personnel to …”"),
        ("as many as “200 apples", "“as many as 200 apples”"),
        ('at least 10,000" forces', "“at least 10,000 forces”"),
        ("most of them have moved", "“most of them have moved”"),
        ("killed or", "“killed or …”"),
    ],
)
def test_a_quotation_is_whole_or_ends_in_an_ellipsis(words: str, shown: str) -> None:
    assert str(quote(words, "en")) == shown


def test_figures_of_the_article_that_do_not_fit_together_are_told_in_the_lead(
    harvest: Callable[..., Case],
) -> None:
    twice = [PICKED | {"cites": []}, claim("again", "250 apples", 2)]
    case = harvest(article={"claims": twice, "reviews": None}, pages=[PAGES[1], PAGES[2], PAGES[-1]])
    broken = [check for check in case.self_checks() if check.closes is False]
    assert len(broken) == 1
    told = text_of(finding(case).lead[0].says)
    assert told.endswith("in one comparison the article’s own figures cannot all be true.")
