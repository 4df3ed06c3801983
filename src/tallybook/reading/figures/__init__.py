"""A number with the words around it: bounds, nouns, ranges, rates, shares, change, ages."""
