"""Errors and messages: they arrive whole, and say something in any case."""

from __future__ import annotations

import copy
import pickle

import pytest

from zhengpu import errors, pipeline
from zhengpu.errors import ZhengpuError
from zhengpu.graph.reported import Skipped
from zhengpu.messages import Language, message
from zhengpu.model import Finding, Severity

KINDS = sorted(
    (
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, ZhengpuError)
    ),
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_survives_the_way_between_processes(kind: type[ZhengpuError]) -> None:
    error = kind("no-such-path", path="报告", number=3)
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301 - our own
        assert type(twin) is kind
        assert (twin.code, twin.parameters) == (error.code, error.parameters)
        assert str(twin).startswith("('no-such-path'")


def test_what_a_subclass_adds_survives_too() -> None:
    skipped = Skipped("a.txt", Finding(Severity.ERROR, "reading", "empty-file"))
    error = pipeline.NothingReadError(pipeline.Collection((), (skipped,)), "reports")
    twin = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert twin.skipped == (skipped,)
    assert twin.parameters == {"path": "reports", "count": "1"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_message_without_a_line_is_its_code(language: Language) -> None:
    assert message("no-such-code", {}, language) == "no-such-code"
    told = message("no-such-code", {"path": "报告"}, language)
    assert told == "no-such-code (path=报告)"


def test_a_message_that_lacks_a_parameter_is_its_code() -> None:
    assert message("no-such-path", {"file": "报告"}, "en") == (
        "no-such-path (file=报告)"
    )
