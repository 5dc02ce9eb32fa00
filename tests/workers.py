"""Work for the engines' tests; other processes import it by this name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def double(number: int) -> int:
    """Twice the number, later ones sooner; 13 kills its process."""
    if number == 13:
        os._exit(1)
    time.sleep(0.002 * (20 - number))
    return 2 * number


def killed_once(item: tuple[int, str]) -> int:
    """Twice the number; 13 kills its process like a stranger would, the first time."""
    number, marker = item
    if number == 13 and not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def lost(number: int) -> int:
    """What stands for a number whose process died."""
    return -number


def nobody(number: object) -> int:
    """What must not be asked for."""
    raise AssertionError(number)


def sleeping(number: int) -> int:
    """Twice the number; of a large one, never."""
    if number > 100:
        time.sleep(3600)
    return 2 * number
