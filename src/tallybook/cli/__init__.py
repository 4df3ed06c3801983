"""The ``tallybook`` command, a file a family of commands."""
