"""Work for the engines' tests; other processes import it by this name."""

from __future__ import annotations

import os
import time


def double(number: int) -> int:
    """Twice the number, later ones sooner; 13 kills its process."""
    if number == 13:
        os._exit(1)
    time.sleep(0.002 * (20 - number))
    return 2 * number


def lost(number: int) -> int:
    """What stands for a number whose process died."""
    return -number


def nobody(number: int) -> int:
    """What must not be asked for."""
    raise AssertionError(number)
