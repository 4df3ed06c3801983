"""Numbers that are not figures: dates, names, ages, calibres, labels."""
