"""Two ends of an interval, as a person says them."""

import pytest

from tallybook.prose import interval
from tallybook.quantity import Interval


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (9, 9, "9"),
        (7.49999999999946, 8.06, "7.5–8.06"),  # what a computer adds to a number is not said
        (844.85, 844.95, "844.85–844.95"),  # three digits would make them one: 845–845
        (262.85, 263.15, "262.85–263.15"),
        (0.3, 0.1 + 0.2, "0.3"),  # and these are one
        (1_234_567.2, 1_234_567.4, "1.2345672–1.2345674 million"),
        (-10.252, -10.248, "−10.3 to −10.2"),
        (-2.5, 3, "−2.5 to 3"),
    ],
)
def test_both_ends_are_told_apart(low: float, high: float, said: str) -> None:
    assert interval(Interval(low, high)) == said
