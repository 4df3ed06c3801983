"""The ``tallybook`` command: thin; what it does lives in the rooms."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

app = typer.Typer(
    help="Set the figures of a news article beside what its sources say.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Project = Annotated[
    Path | None, typer.Option("--project", help="The project's folder; else the one around here.")
]
AsOf = Annotated[str, typer.Option("--as-of", help="'written' (the article's date) or 'today'.")]


def main() -> None:
    """Run the command; what a user can mend is told in plain lines, without a traceback."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


@app.command()
def check(
    project: Project = None,
    text: Annotated[
        Path | None, typer.Option("--text", help="The article's text: are the quotations in it?")
    ] = None,
    article: Annotated[
        str | None, typer.Option("--article", help="Whose text it is, if there are more.")
    ] = None,
) -> None:
    """Load everything; print all problems at once, with file, line and mend."""
    from tallybook.book.load import load_book
    from tallybook.book.problems import BookError
    from tallybook.book.quotes import check_quotes

    try:
        book = load_book(_root(project))
        found = check_quotes(book, _article_of(book.articles, article), text) if text else []
    except BookError as error:
        _fail(error)
    for line in (*found, book.summary()):
        typer.echo(line)


@app.command()
def verdicts(article: str, project: Project = None, as_of: AsOf = "today") -> None:
    """One row a claim: words, verdict, origins for, against and aside, one sentence why."""
    from tallybook.cli.cases import print_verdicts

    print_verdicts(_case(article, project), _checked(as_of))


@app.command()
def explain(
    claim: Annotated[str, typer.Argument(help="A claim's id; 'article/claim' where two articles have it.")],
    estimate: Annotated[str | None, typer.Argument(help="One estimate beside it.")] = None,
    project: Project = None,
    as_of: AsOf = "today",
) -> None:
    """From words to verdict, step by step; with ESTIMATE, how that one bears on the claim."""
    from tallybook.cli.cases import print_explanation

    case, name = _case_of_claim(claim, project)
    as_of = _checked(as_of)
    if estimate is not None:
        known = list(case.compare(as_of).query("claim == @name")["estimate"])
        _among(estimate, known, f"estimate beside '{name}'")
    print_explanation(case, name, estimate, as_of)


@app.command()
def drift(
    article: str,
    group: Annotated[str | None, typer.Argument(help="One utterance; else all that were distorted.")] = None,
    project: Project = None,
) -> None:
    """Statements through their relays: the wording nearest to the origin, and what became of it."""
    from tallybook.cli.cases import print_drift

    case = _case(article, project)
    if group is not None:
        _among(group, list(case.drift_summary()["group"]), "utterance")
    print_drift(case, group)


@app.command()
def robustness(article: str, project: Project = None, as_of: AsOf = "today") -> None:
    """How much must be changed before each verdict changes, and which verdicts are fragile."""
    from tallybook.cli.cases import print_robustness

    print_robustness(_case(article, project), _checked(as_of))


@app.command()
def compare(
    article: str,
    project: Project = None,
    as_of: AsOf = "today",
    parquet: Annotated[Path | None, typer.Option("--parquet", help="Write all pairs to this file.")] = None,
) -> None:
    """Every claim beside every estimate of its measure: relation and reason; or all of it as Parquet."""
    from tallybook.cli.cases import print_pairs, store_pairs

    case = _case(article, project)
    as_of = _checked(as_of)
    if parquet is None:
        print_pairs(case, as_of)
        return
    try:
        store_pairs(case, parquet, as_of)
    except OSError as error:
        typer.echo(f"{parquet} cannot be written: {error.strerror}.", err=True)
        raise typer.Exit(1) from None


@app.command()
def selfcheck(
    subject: Annotated[str, typer.Argument(help="An article's id, or a text file; '-': standard input.")],
    project: Project = None,
    language: Annotated[str, typer.Option("--language", help="The language of a text.")] = "en",
) -> None:
    """Figures of one article or text held against each other, without sources."""
    from tallybook.book.problems import BookError
    from tallybook.book.text_files import read_text
    from tallybook.cli.cases import print_checks
    from tallybook.consistency import check_text
    from tallybook.tables.rows import check_table

    if subject == "-" or Path(subject).is_file():
        _known(language)
        try:
            text = read_text(Path(subject))
        except BookError as error:
            _fail(error)
        print_checks(check_table(check_text(text, language=language)))
    else:
        print_checks(_case(subject, project).checks())


@app.command()
def read(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Text files; none or '-': standard input.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a figure, a line each.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="A table for spreadsheets.")] = False,
    asides: Annotated[
        bool, typer.Option("--asides", help="The numbers that are no figures too: dates, names, pages.")
    ] = False,
    context: Annotated[
        bool | None,
        typer.Option(
            "--context/--no-context",
            help="Each figure within its sentence, or not; else on a terminal only.",
            show_default=False,
        ),
    ] = None,
    language: Annotated[str, typer.Option("--language", help="The language of the texts.")] = "en",
) -> None:
    """The figures in texts of any size: words, low, high, modifier, unit, rate, trend, place."""
    from tallybook.book.problems import BookError
    from tallybook.book.text_files import check_texts
    from tallybook.cli.mentions import print_csv, print_json, print_table, read_files

    if as_json and as_csv:
        _refuse("--json or --csv: one of them")
    _known(language)
    named = files or [Path("-")]
    try:
        check_texts(named)
        blocks = read_files(named, language=language, asides=asides)
        if as_json:
            print_json(blocks)
        elif as_csv:
            print_csv(blocks, several=len(named) > 1)
        else:
            print_table(blocks, asides=asides, context=context)
    except BookError as error:
        _fail(error)


@app.command()
def schema(
    out: Annotated[Path, typer.Option("--out", help="Folder to write to.")] = Path("schemas"),
) -> None:
    """Write the JSON Schemas that the YAML files name."""
    from tallybook.book.schema import schemas
    from tallybook.book.text_files import write_whole

    for name, content in schemas().items():
        write_whole(out / name, content)
        typer.echo(f"wrote {out / name}")


@app.command()
def report(
    project: Project = None,
    out: Annotated[Path, typer.Option("--out", help="Folder of the site.")] = Path("site"),
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=16, help="Notebooks executed at once.")] = 2,
) -> None:
    """Execute the notebooks and write the site."""
    import time

    from tallybook.book.problems import BookError
    from tallybook.report import ReportError, build_site

    start = time.perf_counter()
    try:
        summary = build_site(_root(project), out, jobs=jobs)
    except BookError as error:
        _fail(error)
    except ReportError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    seconds = time.perf_counter() - start
    for note in summary.notes:
        typer.echo(note, err=True)
    typer.echo(f"{summary.pages} pages in {summary.out / 'index.html'}, in {seconds:.0f} s")


@app.command()
def notebooks(
    project: Project = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=16, help="Notebooks executed at once.")] = 2,
) -> None:
    """Execute the notebooks and store their outputs, as they are committed."""
    from tallybook.report import ReportError, notebook_paths, store_notebooks

    try:
        store_notebooks(notebook_paths(_root(project)), jobs=jobs)
    except ReportError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def _case(article: str, project: Path | None):  # type: ignore[no-untyped-def]
    from tallybook.book.problems import BookError, nearest, quoted_value
    from tallybook.tables.opened import open_book

    try:
        book = open_book(_root(project))
    except BookError as error:
        _fail(error)
    if article not in book:
        typer.echo(f"no article {quoted_value(article)} in claims/.{nearest(article, book)}", err=True)
        raise typer.Exit(1)
    return book[article]


def _case_of_claim(claim: str, project: Path | None):  # type: ignore[no-untyped-def]
    """The case that has a claim, and the claim's id in it."""
    from tallybook.book.problems import BookError
    from tallybook.tables.opened import open_book

    try:
        book = open_book(_root(project))
    except BookError as error:
        _fail(error)
    _article, slash, name = claim.rpartition("/")
    there = {f"{case.id}/{c.id}": case for case in book.values() for c in case.article.claims}
    found = [id_ for id_ in there if id_ == claim or (not slash and id_.partition("/")[2] == name)]
    if len(found) > 1:
        _refuse(f"'{claim}' is a claim of several articles. Say one of: {', '.join(found)}")
    if not found:
        _among(claim, [id_.partition("/")[2] for id_ in there] if not slash else list(there), "claim")
    return there[found[0]], name


def _among(name: str, known: list[str], what: str) -> None:
    from tallybook.book.problems import nearest, quoted_value

    if name not in known:
        typer.echo(f"no {what} {quoted_value(name)}.{nearest(name, known)}", err=True)
        raise typer.Exit(1)


def _article_of(articles, wanted: str | None):  # type: ignore[no-untyped-def]
    from tallybook.book.problems import nearest, quoted_value

    if wanted is None and len(articles) == 1:
        return next(iter(articles.values()))
    if wanted in articles:
        return articles[wanted]
    known = ", ".join(articles)
    asked = (
        f"no article {quoted_value(wanted)}.{nearest(wanted, articles)}" if wanted else "whose text is it?"
    )
    typer.echo(f"{asked} Say --article with one of: {known}", err=True)
    raise typer.Exit(1)


def _root(project: Path | None) -> Path:
    from tallybook.book.load import find_root
    from tallybook.book.problems import BookError

    try:
        return find_root(project)
    except BookError as error:
        _fail(error)


def _checked(as_of: str) -> str:
    if as_of not in ("written", "today"):
        _refuse(f"--as-of is '{as_of}'; it must be 'written' or 'today'")
    return as_of


def _known(language: str) -> None:
    from tallybook.book.problems import quoted_value
    from tallybook.reading.lexicon.language import languages

    if language not in languages():
        _refuse(f"--language is {quoted_value(language)}; there is a lexicon for: {', '.join(languages())}")


def _refuse(message: str) -> NoReturn:
    """Wrong usage: a line, and exit code 2."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def _fail(error: Exception) -> NoReturn:
    typer.echo(str(error), err=True)
    problems = len(getattr(error, "problems", []))
    typer.echo(f"{problems} problem{'s' if problems != 1 else ''}", err=True)
    raise typer.Exit(1) from None
