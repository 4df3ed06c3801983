"""``python -m tallybook`` is the ``tallybook`` command."""

from tallybook.cli import main

main()
