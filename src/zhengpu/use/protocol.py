"""The SPARQL 1.1 protocol, its query part: what is asked, and errors as answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from starlette.responses import PlainTextResponse

from zhengpu.errors import QueryError, ZhengpuError
from zhengpu.messages import message

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

LONGEST: Final = 1_000_000
"""Bytes of a request; a query that is longer was not written by anyone."""
FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
STATUS: Final = {
    "query-reaches-out": 403,
    "not-acceptable": 406,
    "request-too-long": 413,
    "request-media-type": 415,
    "query-died": 500,
    "query-busy": 503,
    "query-memory": 503,
    "query-timeout": 504,
}
"""The HTTP status of an error; all others are 400."""
SAFE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


async def parameters_of(request: Request) -> list[tuple[str, str]] | None:
    """The parameters of the protocol; None where nothing is asked."""
    asked = _pairs(request.url.query)
    if request.method != "POST":
        return asked or None
    body = await _body(request)
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == FORM:
        return [*asked, *_pairs(_text(body))]
    if media == DIRECT:
        return [*asked, ("query", _text(body))]
    raise QueryError(
        "request-media-type", media=media or "-", known=f"{FORM}, {DIRECT}"
    )


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST:
            raise QueryError("request-too-long", bytes=LONGEST)
    return bytes(body)


def _pairs(encoded: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise QueryError("request-not-utf8") from error


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise QueryError("request-not-utf8") from error


async def refused(request: Request, error: ZhengpuError) -> Response:
    """An error as an answer, in the language that is asked for."""
    wanted = request.headers.get("accept-language", "").lower()
    text = message(
        error.code, error.parameters, "zh" if wanted.startswith("zh") else "en"
    )
    status = STATUS.get(error.code, 400)
    headers = {"Retry-After": "5", **SAFE} if status == 503 else dict(SAFE)  # noqa: PLR2004
    return PlainTextResponse(text + "\n", status, headers)
