"""The SPARQL endpoint: questions over HTTP, answered piece by piece as rows are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response, StreamingResponse

from zhengpu.errors import QueryError
from zhengpu.use import describing, protocol
from zhengpu.use.protocol import SAFE
from zhengpu.use.results import TRIPLES, negotiated
from zhengpu.use.workers import Question

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from zhengpu.use.pool import Pool


async def sparql(request: Request, *, pool: Pool) -> Response:
    """The SPARQL 1.1 protocol, its query part."""
    asked = await protocol.parameters_of(request)
    accept = ",".join(request.headers.getlist("accept")) or "*/*"
    if asked is None:
        return await _description(request, accept, pool)
    names = [name for name, _ in asked]
    if "update" in names:
        raise QueryError("update-refused")
    if names.count("query") != 1:
        raise QueryError("query-exactly-one", count=names.count("query"))
    question = Question(
        next(value for name, value in asked if name == "query"),
        accept,
        tuple(value for name, value in asked if name == "default-graph-uri"),
        tuple(value for name, value in asked if name == "named-graph-uri"),
        pool.limits.rows,
    )
    pieces = pool.ask(question, request.is_disconnected)
    try:
        # errors have a status of their own as long as nothing was sent
        media, first = [await anext(pieces), await anext(pieces)]
    except BaseException:
        await pieces.aclose()  # type: ignore[attr-defined]  # it is a generator
        raise
    return StreamingResponse(
        _rest(first, pieces),
        media_type=str(media),
        headers={"Vary": "Accept", **SAFE},
    )


async def _rest(first: object, pieces: AsyncIterator[object]) -> AsyncIterator[bytes]:
    """The bytes of an answer. An error breaks the connection: so much is missing."""
    try:
        yield first  # type: ignore[misc]  # bytes come after the media type
        async for piece in pieces:
            yield piece  # type: ignore[misc]
    finally:
        await pieces.aclose()  # type: ignore[attr-defined]


async def _description(request: Request, accept: str, pool: Pool) -> Response:
    """What the endpoint is, as RDF; for a browser the query page."""
    if request.method == "GET" and "text/html" in accept:
        return RedirectResponse("/")
    if request.method == "POST":
        raise QueryError("query-exactly-one", count=0)
    media = negotiated(accept, TRIPLES)
    if media is None:
        raise QueryError("not-acceptable", known=", ".join(TRIPLES))
    pieces = pool.ask(Question(describing.GRAPHS, "text/csv"), request.is_disconnected)
    table = b"".join([piece async for piece in pieces if isinstance(piece, bytes)])
    names = table.decode().split()[1:]
    endpoint = str(request.url.replace(query=""))
    text = describing.described(endpoint, names, TRIPLES[media])
    return Response(text, media_type=media, headers={"Vary": "Accept", **SAFE})
