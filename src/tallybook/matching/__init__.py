"""The comparison of figures: which are comparable, and how one bears on the other. Only this room decides."""
