"""The words that the reader knows, as data, and what loads them."""
