"""What comes in from outside: a draft with the places of its words, and what is found in it."""
