"""An amount gives the zones of its words under any policy, whatever it has kept from another."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tallybook.book import Figure, Measure
from tallybook.estimates.amount import amount_of
from tallybook.estimates.nature import nature_of
from tallybook.estimates.zones import zones_of
from tallybook.quantity import Policy, Quantity
from tallybook.terms import Modifier

quantities = st.builds(
    lambda low, more, modifier, hedges: Quantity(
        low, low + more if modifier is Modifier.RANGE else low, modifier, "loaf", None, hedges
    ),
    st.sampled_from([0, 9, 10, 950, 12_000, 6_500_000]),
    st.integers(0, 5_000),
    st.sampled_from(list(Modifier)),
    st.sampled_from([(), (), (Modifier.ABOUT,), (Modifier.NEARLY,), (Modifier.AT_LEAST,), (Modifier.UP_TO,)]),
)
policies = st.builds(
    Policy,
    about=st.sampled_from([0.05, 0.1, 0.3]),
    grains=st.sampled_from([1.0, 5.0, 10.0]),
    overshoot=st.sampled_from([1.0, 1.5, 3.0]),
    rounding_cap=st.sampled_from([0.0, 0.05, 0.1]),
    fraction=st.sampled_from([0.05, 0.1]),
    tolerance=st.sampled_from([0.0, 0.2]),
)
measures = st.sampled_from(
    [
        Measure(id="loaves", kind="total", unit="loaf", definition="Loaves."),
        Measure(id="daily", kind="rate", unit="loaf / day", definition="Loaves a day."),
        Measure(id="more", kind="change", unit="loaf", definition="More loaves."),
        Measure(id="heat", kind="level", unit="degree Celsius", definition="Heat."),
    ]
)


@given(quantities, measures, policies, policies, st.sampled_from([1.0, 12.0, 0.01]))
def test_no_width_is_forgotten(
    quantity: Quantity, measure: Measure, one: Policy, other: Policy, scale: float
) -> None:
    amount = amount_of(Figure("", quantity, "reader", scale=scale), measure)
    twice = amount.plus(amount)
    for policy in (one, other, replace(one, about=other.about), one):
        zones = zones_of(quantity, nature_of(measure), policy).converted(scale)
        assert amount.under(policy) == zones
        assert twice.under(policy) == zones.plus(zones)
