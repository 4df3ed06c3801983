"""What must stay true of this suite. Add tests of your own: what must stay true of your articles."""

import tallybook as tb


def test_the_book_has_no_problem() -> None:
    tb.open_book()  # BookError would list every problem, with file, line and remedy


def test_every_case_has_an_answer() -> None:
    for case in tb.open_book().values():
        assert case.answer, case.id
