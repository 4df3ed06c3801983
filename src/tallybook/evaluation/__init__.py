"""How well the reader reads: gold sentences, scores, and their tables."""
