"""The seconds and the peak memory of a command, from its start to its end, as JSON.

    python clock.py LOG COMMAND...

What the command says goes to LOG. This is a process of its own, and imports little, because the
kernel counts the memory of whoever starts a process as the least peak of the process started.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

# What is installed has its bytecode. A checkout has it after a first turn, if this does not forbid.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def measured(log, command):
    """What the command took; peak memory in bytes."""
    with Path(log).open("wb") as told:
        start = perf_counter()
        process = subprocess.Popen(
            command, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=told, stderr=told
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return {"seconds": seconds, "peak": used.ru_maxrss * unit, "status": process.returncode}


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], sys.argv[2:])))
