"""``itakit`` and ``python -m itakit``."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line, or say what it needs.

    What nobody has foreseen ends in a sentence too. With ITAKIT_TRACEBACK set in the environment,
    it ends in a traceback.
    """
    try:
        from itakit.cli import run

        run()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("ITAKIT_TRACEBACK"):
            raise
        sys.exit(_last_words(error))


def _last_words(error: Exception) -> int:
    """Say that the extra is missing, or that there is a fault in itakit."""
    from itakit.language import system_language
    from itakit.text import printable
    from itakit.wording import say

    missing = isinstance(error, ModuleNotFoundError) and error.name == "click"
    reason = f"{type(error).__name__}: {printable(str(error), 200)[1:-1]}"
    says = say("cli-missing") if missing else say("cli-bug", reason=reason)
    sys.stderr.write(says.text(system_language()) + "\n")
    return 2 if missing else 1


if __name__ == "__main__":
    main()
