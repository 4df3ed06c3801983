"""``python -m tallybook`` is the ``tallybook`` command."""

import sys

try:
    from tallybook.cli.app import main

    main()
except KeyboardInterrupt:  # while the program itself is still being read
    sys.exit(130)
