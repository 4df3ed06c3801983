"""Statements as estimates in the unit of their measure: zones, derived figures, repeats, families."""
