"""Tables for the eye at a terminal, plain lines where the output is none, and data for programs."""
