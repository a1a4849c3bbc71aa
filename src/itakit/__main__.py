"""``itakit`` and ``python -m itakit``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line, or say what it needs."""
    try:
        from itakit.cli import run
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        from itakit.wording import say

        print(say("cli-missing").text("en"), file=sys.stderr)
        sys.exit(2)
    run()


if __name__ == "__main__":
    main()
