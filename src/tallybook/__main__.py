"""``python -m tallybook`` is the ``tallybook`` command."""

from tallybook.cli.app import main

main()
