"""The forms and modifiers that the tests ask figures for, by short names: an attribute of an enumeration is
looked up slowly, and each test asks every figure."""

from __future__ import annotations

from typing import Final

from tallybook.terms import Form, Modifier

NUMBER_FORM: Final = Form.NUMBER
FRACTION_FORM: Final = Form.FRACTION
RATIO_FORM: Final = Form.RATIO
MOST_FORM: Final = Form.MOST
ALL_FORM: Final = Form.ALL
AGE_FORM: Final = Form.AGE
EXACT: Final = Modifier.EXACT
RANGE: Final = Modifier.RANGE
