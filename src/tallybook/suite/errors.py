"""Why no suite could be made, in one sentence for the person who asked for it."""


class SuiteError(Exception):
    """The suite was not made; what was there before is as it was."""
