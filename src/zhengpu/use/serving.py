"""A build over HTTP: a read-only SPARQL 1.1 endpoint, a query page, the explorer.

`application` is an ASGI application; `serve` runs it. Needs the extra `serve`.
"""

from __future__ import annotations

import socket
from contextlib import asynccontextmanager, suppress
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
    Response,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from zhengpu.errors import UsageError, ZhengpuError
from zhengpu.graph.shards import FOLDER, has_shards, shards_of
from zhengpu.graph.store import load
from zhengpu.settings import PACKAGE
from zhengpu.use import protocol, querying
from zhengpu.use.drawing import rendered
from zhengpu.use.endpoint import sparql
from zhengpu.use.guarding import Access, Guard
from zhengpu.use.pool import Limits, Pool
from zhengpu.use.protocol import SAFE
from zhengpu.use.redrawing import Wanted, chosen, read
from zhengpu.use.selecting import page_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from starlette.requests import Request

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

    answer = partial(sparql, pool=pool)
    turns = CapacityLimiter(1)  # a page keeps a processor busy for seconds
    routes = [
        Route("/", _page),
        Route("/sparql", answer, methods=["GET", "POST"]),
        Route("/sparql/", answer, methods=["GET", "POST"]),
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
        middleware.append(Middleware(Guard, token=access.token))
    return Starlette(
        routes=routes,
        middleware=middleware,
        lifespan=lifespan,
        exception_handlers={ZhengpuError: protocol.refused},  # type: ignore[dict-item]
    )


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
