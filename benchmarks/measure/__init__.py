"""What benchmarks/reading.py is made of: sentences, readers in processes of their own, scores, tables."""
