"""The value of a number: digits, words, or both."""
