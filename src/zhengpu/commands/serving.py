"""Offering a build to other programs: over HTTP, and in a triple store."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

import click

from zhengpu.commands.options import graph
from zhengpu.errors import ReadingError, UsageError
from zhengpu.helping import Spoken
from zhengpu.terminal import note, progress_bar, say, show_table

if TYPE_CHECKING:
    from pathlib import Path

    from zhengpu.use import pushing

TOKEN = "ZHENGPU_TOKEN"  # noqa: S105 - the name of the variable that holds it
"""The environment variable with the token that `serve` asks for."""


@click.command(cls=Spoken, help="help-serve")
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="help-serve-host")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8777, help="help-serve-port"
)
@click.option(
    "--cors", "origins", multiple=True, metavar="ORIGIN", help="help-serve-cors"
)
@click.option("--token", "guarded", is_flag=True, help="help-serve-token")
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="help-serve-workers"
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    metavar="SECONDS",
    help="help-serve-timeout",
)
@click.option(
    "--max-rows",
    "rows",
    type=click.IntRange(1),
    default=1_000_000,
    metavar="N",
    help="help-serve-rows",
)
@click.option(
    "--max-memory",
    "megabytes",
    type=click.IntRange(1),
    default=2048,
    metavar="MB",
    help="help-serve-memory",
)
@graph
def serve(  # noqa: PLR0913, PLR0917 - one for each option
    folder: Path,
    host: str,
    port: int,
    origins: tuple[str, ...],
    workers: int | None,
    timeout: float,
    rows: int,
    megabytes: int,
    *,
    guarded: bool,
) -> None:
    """Offer a build over HTTP until Ctrl-C."""
    try:
        from zhengpu.graph.shards import has_shards  # noqa: PLC0415  # heavy
        from zhengpu.use import pool, serving  # noqa: PLC0415
        from zhengpu.use.guarding import Access  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise UsageError("extra-missing", extra="serve", module=error.name) from error
    if not has_shards(folder) and not (folder / "graph.ttl").is_file():
        raise ReadingError("no-graph", path=folder / "graph.ttl")
    token = _token() if guarded else None
    listener = serving.listening(host, port)
    address = f"[{host}]" if ":" in host else host
    port = listener.getsockname()[1]
    local = serving.is_local(host)
    access = Access(token, origins)
    if not local:
        access = Access(token, origins, ("*",))
        open_to = "serve-open-token" if token else "serve-open"
        note(say(open_to, address=f"{address}:{port}", folder=folder))
    app = serving.application(
        folder,
        workers=workers or max(2, os.cpu_count() or 1),
        limits=pool.Limits(timeout, rows, megabytes),
        access=access,
        started=lambda: click.echo(say("serve-ready", url=f"http://{address}:{port}")),
    )
    serving.serve(app, listener)


def _token() -> str:
    token = os.environ.get(TOKEN, "")
    if not token:
        raise UsageError("no-token", variable=TOKEN)
    return token


@click.command(cls=Spoken, help="help-push")
@click.argument("url", metavar="URL")
@click.option(
    "--protocol",
    type=click.Choice(("gsp", "update")),
    default="gsp",
    help="help-push-protocol",
)
@click.option("--query", "query_url", metavar="URL", help="help-push-query")
@click.option("--add", is_flag=True, help="help-push-add")
@click.option(
    "--auth", type=click.Choice(("basic", "digest", "bearer")), help="help-push-auth"
)
@click.option("--user", metavar="NAME", help="help-push-user")
@click.option("--dry-run", "dry", is_flag=True, help="help-push-dry-run")
@click.option("--no-verify", "trusting", is_flag=True, help="help-push-no-verify")
@graph
def push(  # noqa: PLR0913, PLR0917 - one for each option
    folder: Path,
    url: str,
    protocol: pushing.Protocol,
    query_url: str | None,
    auth: Literal["basic", "digest", "bearer"] | None,
    user: str | None,
    *,
    add: bool,
    dry: bool,
    trusting: bool,
) -> None:
    """Load a build into a triple store."""
    from zhengpu.use import pushing, transport  # noqa: PLC0415  # heavy

    for address in (url, query_url):
        if address is not None:
            transport.check_address(address)
    if dry:
        rows = list(pushing.sizes_of(folder).items())
        show_table([say("column-graph"), say("column-triples")], rows)
        note(
            say("push-dry", url=url, graphs=len(rows), triples=sum(n for _, n in rows))
        )
        return
    who = None
    if auth is not None:
        secret = _secret("ZHENGPU_TOKEN" if auth == "bearer" else "ZHENGPU_PASSWORD")
        name = "" if auth == "bearer" else user or _asked_name()
        who = transport.Credentials(auth, secret, name)
        if url.startswith("http:") and not transport.is_local(url):
            note(say("push-in-clear", url=url))
    with progress_bar() as bar:
        task = bar.add_task("", total=None)
        pushed = pushing.push(
            folder,
            pushing.Target(url, protocol, query_url),
            transport.Transport(who),
            add=add,
            verify=not trusting,
            progress=lambda done, every, name: bar.update(
                task, completed=done, total=every, description=name
            ),
        )
    told = "push-done" if pushed.verified else "push-done-unverified"
    click.echo(say(told, graphs=len(pushed.graphs), triples=pushed.triples, url=url))


def _secret(variable: str) -> str:
    """A password or token: from the environment, else asked for, never shown."""
    secret = os.environ.get(variable)
    return secret or str(click.prompt(say("ask-secret"), hide_input=True, err=True))


def _asked_name() -> str:
    return os.environ.get("ZHENGPU_USER") or str(
        click.prompt(say("ask-user"), err=True)
    )
