"""What stands around a number: units, nouns, ranges, bounds, rates, shares."""
