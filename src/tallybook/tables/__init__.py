"""A book and its comparisons as pandas tables: the interface of the notebooks.

    case = tallybook.open_book()["kursk-engineers"]
    case.verdicts()

One row per claim, statement or pair. Numbers are floats in the unit named in the row; an open end is
``inf``; what is unknown is NaN, NaT or an empty text, and is never filled in.
"""
