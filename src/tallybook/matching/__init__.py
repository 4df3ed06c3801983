"""The law: are two figures comparable, and how does one bear on the other? Nothing else compares figures."""
