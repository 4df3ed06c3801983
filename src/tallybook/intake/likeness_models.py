"""A model of one's own that tells how like two texts are. None is asked unless a person names one.

A model is a function: it is given a text and a list of texts, and returns a number from 0 to 1 for each. It
is named as ``module:function``, or as an entry point of the group ``tallybook.likeness`` of an installed
package.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import cast

from tallybook.book.problems import nearest, quoted_value
from tallybook.intake.ranking import Likeness

GROUP = "tallybook.likeness"


class NoModel(ValueError):
    """There is no such model; ``str()`` says why."""


def likeness_model(name: str) -> Likeness:
    """The model of a name. NoModel where there is none."""
    module, colon, function = name.partition(":")
    if not colon:
        known = {point.name: point for point in entry_points(group=GROUP)}
        if name not in known:
            there = f" There are: {', '.join(known)}." if known else " None is installed."
            hint = nearest(name, known) or there
            raise NoModel(f"no model {quoted_value(name)}.{hint} Or name one as module:function.")
        return cast(Likeness, known[name].load())
    try:
        found = getattr(import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise NoModel(f"the model {quoted_value(name)} cannot be loaded: {error}.") from None
    if not callable(found):
        raise NoModel(f"the model {quoted_value(name)} is no function.")
    return cast(Likeness, found)
