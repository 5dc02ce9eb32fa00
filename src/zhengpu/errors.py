"""What can go wrong in a way that a user can mend."""

from __future__ import annotations

from typing import TypeVar

E = TypeVar("E", bound="ZhengpuError")


class ZhengpuError(Exception):
    """An error with a code and parameters; its text exists in every language.

    Attributes:
        code: Key of the message in `messages.tsv`.
        parameters: What the message's placeholders are filled with.
    """

    exit_code = 1

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(code, parameters)
        self.code = code
        self.parameters = {key: str(value) for key, value in parameters.items()}

    # Python would call the class with `args`, which lacks the keywords
    def __reduce__(self) -> tuple[object, ...]:  # type: ignore[explicit-override]
        return _remade, (type(self), self.code, self.parameters), self.__dict__


class UsageError(ZhengpuError):
    """The call itself is wrong: no such path, no such query."""

    exit_code = 2


class ReadingError(ZhengpuError):
    """A file cannot be read; the others can."""


class RuleError(ZhengpuError):
    """A rule file or a table is not well formed; names file, rule and way out."""


class OutputError(ZhengpuError):
    """The output folder cannot take a build; nothing was changed."""


class QueryError(ZhengpuError):
    """A SPARQL query is not well formed, or asks for what is not allowed."""


class StoreError(ZhengpuError):
    """A triple store cannot be reached, refuses, or did not take what was sent."""


def _remade(kind: type[E], code: str, parameters: dict[str, str]) -> E:
    """An error that comes from another process, with what it said there."""
    error = kind.__new__(kind)
    ZhengpuError.__init__(error, code, **parameters)
    return error
