"""
nbformat, loaded in a tenth of a second instead of one.

    nbformat -> jsonschema -> rfc3987_syntax: a parser of addresses, made when it is loaded

jsonschema takes that parser where it finds it, and does without where it does not.  No schema of a
notebook asks for an address, and every builder and every worker would make the parser once.
"""

import sys

PARSER = "rfc3987_syntax"


def load() -> None:
    """Load nbformat; what asks for the parser later, in the same process, gets it."""
    if PARSER in sys.modules:
        return
    vars(sys)["modules"][PARSER] = None  # says that there is none
    try:
        import nbformat  # noqa: F401
    finally:
        del sys.modules[PARSER]
