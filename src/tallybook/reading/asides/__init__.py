"""Numbers that are not figures: dates, names, labels, calibres, idioms."""
