"""An amount gives the zones of its words under any policy, whatever it has kept from another."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tallybook.book import Figure
from tallybook.estimates.amount import amount_of
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
    nearly=st.sampled_from([0.05, 0.1, 0.3]),
    overshoot=st.sampled_from([1.0, 1.5, 3.0]),
    rounding_cap=st.sampled_from([0.0, 0.05, 0.1]),
    tolerance=st.sampled_from([0.0, 0.2]),
)


@given(quantities, policies, policies, st.sampled_from([1.0, 12.0, 0.01]))
def test_no_width_is_forgotten(quantity: Quantity, one: Policy, other: Policy, scale: float) -> None:
    amount = amount_of(Figure("", quantity, "reader", scale=scale))
    twice = amount.plus(amount)
    for policy in (one, other, replace(one, about=other.about), one):
        zones = zones_of(quantity, scale, policy)
        assert amount.under(policy) == zones
        assert twice.under(policy) == zones.plus(zones)
