"""A book and its comparisons as pandas tables: the interface of the notebooks.

    case = tallybook.open_book()["kursk-engineers"]
    case.verdicts()

One row a claim, a statement, or a pair of them. Numbers are floats in the unit named in the row;
an open end is ``inf``; what is not known is NaN, NaT or an empty text, never filled in.
"""
