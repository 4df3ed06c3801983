"""What goes out to other programs, each in its own format."""
