"""The value of one number, in digits or in words, and the unit behind it."""
