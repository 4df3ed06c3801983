"""A text as tokens and sentences, scanned for mentions, whatever its size."""
