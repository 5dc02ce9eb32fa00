"""How our processes get on with one another: children with parents, all with locks."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from typing import IO


def serve_parent() -> None:
    """Make this child process leave Ctrl-C to its parent, and end with it.

    A parent that is killed cannot end its children, and those that wait for
    work would wait for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def lock(file: IO[str], *, wait: bool) -> bool:
    """Lock a file for this process; the system unlocks it when we die."""
    try:
        import fcntl  # noqa: PLC0415  # POSIX only
    except ImportError:
        return True  # on Windows two builds at once are not told apart
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
