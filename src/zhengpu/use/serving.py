"""A build over HTTP: a read-only SPARQL 1.1 endpoint, a query page, the explorer.

`application` is an ASGI application; `serve` runs it. Needs the extra `serve`.
"""

from __future__ import annotations

import binascii
import hmac
import socket
from base64 import b64decode
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import uvicorn
from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from zhengpu.errors import QueryError, UsageError, ZhengpuError
from zhengpu.graph.shards import FOLDER, has_shards, shards_of
from zhengpu.graph.store import load
from zhengpu.settings import PACKAGE
from zhengpu.use import describing, protocol, querying
from zhengpu.use.drawing import rendered
from zhengpu.use.excerpts import page_of
from zhengpu.use.pool import Limits, Pool
from zhengpu.use.protocol import SAFE
from zhengpu.use.redrawing import Wanted, chosen, read
from zhengpu.use.results import TRIPLES, negotiated
from zhengpu.use.workers import Question

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

PAGES: Final = PACKAGE / "use" / "pages"
OPEN_FILES: Final = (
    "graph.html", "report.html", "graph.ttl", "evidence.ttl",
    "report.md", "files.csv", "findings.jsonl.gz", "shards.json",
)  # fmt: skip
"""The files of a build that may be fetched; the shards may be as well."""
FARTHEST: Final = 3
"""Steps around a thing at most."""
PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src 'self' data:; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in."""

    token: str | None = None
    """What must be shown: as a bearer token, or as the password of basic auth."""
    origins: tuple[str, ...] = ()
    """Other sites whose pages may ask (CORS); `*` for all."""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]", "::1")
    """The names by which the server may be called; `*` for any. Else a page of
    any site could reach it by a name that leads here (DNS rebinding)."""


# -- the application ----------------------------------------------------------------


def application(
    folder: Path,
    *,
    workers: int,
    limits: Limits,
    access: Access,
    started: Callable[[], None] = lambda: None,
) -> Starlette:
    """The ASGI application that offers a build.

    Args:
        folder: The output folder of a build.
        workers: How many queries may run at once.
        limits: What each query may take.
        access: Who may come in.
        started: Called when queries can be answered.
    """
    pool = Pool(folder, workers, limits)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        try:
            await pool.start()
            started()
            yield
        except ZhengpuError as error:
            app.state.failure = error
            raise
        finally:
            pool.stop()

    sparql = partial(_sparql, pool=pool)
    turns = CapacityLimiter(1)  # a page keeps a processor busy for seconds
    routes = [
        Route("/", _page),
        Route("/sparql", sparql, methods=["GET", "POST"]),
        Route("/sparql/", sparql, methods=["GET", "POST"]),
        Route("/queries.json", _queries),
        Route("/queries/{name}.rq", _query),
        Mount("/pages", StaticFiles(directory=PAGES)),
        Route("/around", partial(_around, folder=folder, turns=turns)),
        Route("/shards/{name}", partial(_shard, folder=folder)),
        Route("/{name}", partial(_file, folder=folder, turns=turns)),
    ]
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=list(access.hosts))]
    if access.origins:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=list(access.origins),
                allow_methods=["GET", "POST"],
                allow_headers=["Accept", "Authorization", "Content-Type"],
            )
        )
    if access.token is not None:
        middleware.append(Middleware(_Guard, token=access.token))
    return Starlette(
        routes=routes,
        middleware=middleware,
        lifespan=lifespan,
        exception_handlers={ZhengpuError: protocol.refused},  # type: ignore[dict-item]
    )


class _Guard:
    """Lets in who shows the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app, self.token = app, token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._admits(dict(scope["headers"])):
            challenge = 'Basic realm="zhengpu", charset="UTF-8", Bearer'
            refused = PlainTextResponse(
                "401\n", 401, {"WWW-Authenticate": challenge, **SAFE}
            )
            await refused(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _admits(self, headers: dict[bytes, bytes]) -> bool:
        kind, _, shown = headers.get(b"authorization", b"").partition(b" ")
        if kind.lower() == b"basic":
            try:
                shown = b64decode(shown, validate=True).partition(b":")[2]
            except binascii.Error:
                return False
        # takes as long for a token that is nearly right
        return hmac.compare_digest(shown.strip(), self.token)


# -- the endpoint -------------------------------------------------------------------


async def _sparql(request: Request, *, pool: Pool) -> Response:
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


# -- pages and files ----------------------------------------------------------------


async def _page(_: Request) -> Response:
    headers = {"Content-Security-Policy": PAGE_POLICY, **SAFE}
    return FileResponse(PAGES / "query.html", headers=headers)


async def _queries(_: Request) -> Response:
    """The shipped queries, with titles and parameters."""
    return JSONResponse(
        [
            {
                "name": query.name,
                "title": {"zh": query.zh, "en": query.en},
                "parameters": [
                    {"name": p.name, "zh": p.zh, "en": p.en} for p in query.parameters
                ],
            }
            for query in querying.shipped_queries()
        ]
    )


async def _query(request: Request) -> Response:
    """The text of a shipped query, with the parameters that the address gives."""
    text = querying.shipped_query(
        request.path_params["name"], dict(request.query_params)
    )
    return Response(text, media_type=protocol.DIRECT)


async def _file(request: Request, *, folder: Path, turns: CapacityLimiter) -> Response:
    """A file of the build; the page of one in shards is drawn when asked for."""
    name = request.path_params["name"]
    if name == "graph.html" and has_shards(folder):
        return await _drawn(folder, Wanted(), turns)
    if name not in OPEN_FILES or not (folder / name).is_file():
        return PlainTextResponse("404\n", 404)
    return FileResponse(folder / name, headers=SAFE)


async def _shard(request: Request, *, folder: Path) -> Response:
    """A shard of the build."""
    name = f"{FOLDER}/{request.path_params['name']}"
    known = {shard.name for shard in shards_of(folder)} if has_shards(folder) else set()
    if name not in known:
        return PlainTextResponse("404\n", 404)
    return FileResponse(folder / name, headers=SAFE)


async def _around(
    request: Request, *, folder: Path, turns: CapacityLimiter
) -> Response:
    """A page of what lies around a thing."""
    asked = request.query_params
    steps = asked.get("steps", "1")
    if not asked.get("name") or steps not in map(str, range(1, FARTHEST + 1)):
        raise UsageError("around-what", most=FARTHEST)
    return await _drawn(folder, Wanted(about=asked["name"], steps=int(steps)), turns)


async def _drawn(folder: Path, wanted: Wanted, turns: CapacityLimiter) -> Response:
    """A page of a part of the build."""
    html = await to_thread.run_sync(_page_of, folder, wanted, limiter=turns)
    return HTMLResponse(html, headers=SAFE)


def _page_of(folder: Path, wanted: Wanted) -> str:
    if has_shards(folder):
        return page_of(load(folder), folder, about=wanted.about, steps=wanted.steps)
    return rendered(chosen(read(folder / "graph.html"), wanted))


# -- running ------------------------------------------------------------------------


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes any that is free.

    Raises:
        UsageError: The address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        detail = error.strerror or error
        raise UsageError(
            "no-such-address", address=f"{host}:{port}", detail=detail
        ) from error


def is_local(host: str) -> bool:
    """Whether only this machine can reach an address."""
    return host in {"localhost", "::1"} or host.startswith("127.")


def serve(app: Starlette, listener: socket.socket) -> None:
    """Run an application until Ctrl-C.

    Args:
        app: What `application` gives.
        listener: What `listening` gives.

    Raises:
        ReadingError: There is no build in the folder.
    """
    config = uvicorn.Config(
        app,
        log_level="critical",  # what goes wrong is told to who asks
        timeout_graceful_shutdown=1,
        server_header=False,
        lifespan="on",
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])
    failure = getattr(app.state, "failure", None)
    if failure is not None:
        raise failure
