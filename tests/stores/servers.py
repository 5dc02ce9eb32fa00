"""Three real triple stores, each started for the tests on ports of its own.

A store whose program is missing is skipped, unless ZHENGPU_REQUIRE names it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from zhengpu.use.transport import Credentials

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

HERE = Path(__file__).parent
PATIENCE = 90
"""Seconds that a store may take to start."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running store."""

    name: str
    graphs: str
    """Address of the Graph Store Protocol."""
    update: str
    query: str
    union: str = ""
    """The default graph that is all named graphs together, where it must be asked
    for by name."""
    credentials: Credentials | None = None


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """Oxigraph's server, from the PyPI package of that name."""
    found = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    program = present("oxigraph", found)
    url = f"http://127.0.0.1:{free_port()}"
    arguments = ["serve", "--location", str(folder / "data"), "--union-default-graph"]
    with running([program, *arguments, "--bind", url[7:]], folder, url):
        yield Server("oxigraph", f"{url}/store", f"{url}/update", f"{url}/query")


@contextmanager
def fuseki(folder: Path) -> Iterator[Server]:
    """Apache Jena Fuseki, the jar that ZHENGPU_FUSEKI names."""
    jar = os.environ.get("ZHENGPU_FUSEKI", "")
    java = present("fuseki", shutil.which("java") if Path(jar).is_file() else None)
    port = free_port()
    url = f"http://127.0.0.1:{port}/reports"
    arguments = ["--localhost", "--port", str(port), "--update", "--mem", "/reports"]
    command = [java, "-Xmx1g", "-jar", jar, *arguments]
    with running(command, folder, f"{url}/query?query=ASK%7B%7D"):
        union = "urn:x-arq:UnionGraph"
        yield Server("fuseki", f"{url}/data", f"{url}/update", f"{url}/query", union)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Virtuoso 7, the Debian package virtuoso-opensource-7."""
    program = present("virtuoso", shutil.which("virtuoso-t"))
    port = free_port()
    settings = (HERE / "virtuoso.ini").read_text(encoding="utf-8")
    settings = settings.format(folder=folder, port=port, sql=free_port())
    (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
    url = f"http://127.0.0.1:{port}"
    command = [program, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with running(command, folder, f"{url}/sparql?query=ASK%7B%7D"):
        yield Server(
            "virtuoso",
            f"{url}/sparql-graph-crud-auth",
            f"{url}/sparql-auth",
            f"{url}/sparql",
            credentials=Credentials("digest", "dba", "dba"),
        )


STORES: dict[str, Callable[[Path], AbstractContextManager[Server]]] = {
    "oxigraph": oxigraph,
    "fuseki": fuseki,
    "virtuoso": virtuoso,
}


def present(name: str, program: str | None) -> str:
    """The program; without it the test is skipped, or fails where it is required."""
    if program is not None:
        return program
    if name in os.environ.get("ZHENGPU_REQUIRE", "").split(","):
        pytest.fail(f"{name} is required but not installed")
    pytest.skip(f"{name} is not installed")


@contextmanager
def running(command: Sequence[str], folder: Path, url: str) -> Iterator[None]:
    """A process that is ended at the end, once its address answers."""
    environment = {**os.environ, "FUSEKI_BASE": str(folder / "fuseki")}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, env=environment
        )
        try:
            wait_for(url, process, folder / "log")
            yield
        finally:
            process.kill()
            process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urlopen(url, timeout=5):  # noqa: S310 - our own http address
                return
        except HTTPError as error:
            error.close()
            return
        except (URLError, HTTPException, OSError):
            time.sleep(0.2)
    pytest.fail(f"{url} does not answer: {log.read_text(errors='replace')[-2000:]}")
