"""What the statements come to, in each measure's unit: zones, derived figures, repeats, families."""
