"""Runs a command that ends when the process that asked for it ends, kill -9 included.

Run as a script without site packages, so it may import nothing but the standard library: leash.py PARENT COMMAND….
It becomes the command, so that there is one process less to lose.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2)


def follow(parent: int) -> None:
    """Let the kernel send this process SIGTERM when `parent` ends; end at once if it already has."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    # Safe against a parent that ended before the call: then somebody else is our parent by now.
    if os.getppid() != parent:
        sys.exit(1)


if __name__ == "__main__":
    follow(int(sys.argv[1]))
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606
