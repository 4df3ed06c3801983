"""A text as sentences and tokens, with exact offsets."""
