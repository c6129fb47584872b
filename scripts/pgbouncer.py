"""Find the pgbouncer that the tests of poolers run; install it by the usual means if need be.

Prints its path. Where none can be had it says so in one line, and exits 1 only under CI:
without it, the tests of poolers are skipped and say why.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from scripts import packages

_NAME: Final = "pgbouncer"
_PLACES: Final = "/usr/sbin"
"""Where it is, though people who are not root do not look there."""
_HELP: Final = "No pgbouncer was found: install the package pgbouncer, or its tests are skipped."


def find() -> Path | None:
    """Return the pooler that is here."""
    found = shutil.which(_NAME) or shutil.which(_NAME, path=_PLACES)
    return Path(found) if found else None


def main() -> int:
    """Print the path of a pgbouncer; return the exit status."""
    found = find()
    if found is None and packages.install(_NAME):
        found = find()
    if found is None:
        sys.stderr.write(f"{_HELP}\n")
        return 1 if os.environ.get("CI") else 0
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
