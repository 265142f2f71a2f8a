"""`python -m facialis.clinic.operations.end_with_parent PARENT COMMAND ...`: a command that ends with it.

Asks the kernel to end this process when the parent is killed, so that none goes on unwatched, and becomes the
command.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    """Become the command."""
    if sys.platform == "linux":  # elsewhere there is no such thing
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            sys.exit(1)  # it died in between
    os.execv(command[0], command)  # noqa: S606  our own command, without a shell


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
