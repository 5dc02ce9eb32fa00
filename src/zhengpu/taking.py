"""One file to an outcome: an extraction, or the reason why there is none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from zhengpu.caching import Outcome
from zhengpu.errors import ZhengpuError
from zhengpu.model import Finding, Severity
from zhengpu.text import reading

if TYPE_CHECKING:
    from zhengpu.model import Extraction, RawText
    from zhengpu.text.reading import Source


def extracted(raw: RawText) -> Extraction:
    """All that a text gives; what recognises is loaded when the first one is read."""
    from zhengpu.stages import extract  # noqa: PLC0415 - 0.3 s, for what is new only

    return extract(raw)


def take(source: Source) -> Outcome:
    """Read and extract one file; a file that fails is a value, no exception."""
    try:
        raw = reading.read(source.path, source.name)
        return Outcome(source.name, extracted(raw))
    except ZhengpuError as error:
        return _failed(source, error.code, error.parameters)
    except (OSError, MemoryError) as error:
        return _failed(source, "file-unreadable", {"reason": str(error)})
    except Exception as error:  # one bad file must not stop the others
        if os.environ.get("ZHENGPU_TRACEBACK"):
            raise
        detail = f"{type(error).__name__}: {error}"
        return _failed(source, "extraction-failed", {"reason": detail})


def lose(source: Source) -> Outcome:
    """The outcome for a file whose process died."""
    return _failed(source, "process-died", {})


def _failed(source: Source, code: str, parameters: dict[str, str]) -> Outcome:
    parameters = {"path": source.name, **parameters}
    finding = Finding(Severity.ERROR, "reading", code, tuple(parameters.items()))
    return Outcome(source.name, None, finding)
