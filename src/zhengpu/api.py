"""What users hold: a build as a `Graph`, and how to get one.

>>> import zhengpu
>>> from zhengpu.settings import shipped
>>> report = sorted(shipped("seeds").glob("000*.txt"))[0]
>>> graph = zhengpu.build(report)
>>> graph.query("SELECT (COUNT(?r) AS ?reports) { ?r a zp:Report }").records()
[{'reports': 1}]
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from zhengpu import engines, pipeline, stages
from zhengpu.errors import UsageError
from zhengpu.graph import publishing, store
from zhengpu.text import reading
from zhengpu.use import evaluating, explaining, querying
from zhengpu.use.serialising import serialise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import networkx as nx
    import pyoxigraph
    import rdflib

    from zhengpu.graph.reporting import Report, Violation
    from zhengpu.model import Extraction
    from zhengpu.pipeline import Progress
    from zhengpu.use.answers import Answer
    from zhengpu.use.evaluating import Evaluation
    from zhengpu.use.explaining import Explanation
    from zhengpu.use.exporting import Export

    PathLike = Path | str


def build(
    *paths: PathLike, workers: int | None = 1, progress: Progress | None = None
) -> Graph:
    """A graph made from reports.

    Args:
        paths: Files and folders of reports.
        workers: How many processes; None takes as many as there are processors
            where the files are many. With more than one, a script must be
            guarded by `if __name__ == "__main__":`.
        progress: Called after each file with the number of files that are
            done, the number of all files, and the file's name.

    Returns:
        The graph; it lies in a folder of its own that goes when the graph
        does, until `Graph.write` puts it somewhere.

    Raises:
        UsageError: A path does not exist.
        ReadingError: There was no file, or none could be read.
    """
    folder = Path(tempfile.mkdtemp(prefix="zhengpu-"))
    try:
        build_into(paths, folder / "output", workers=workers, progress=progress)
        graph = Graph(folder / "output")
    except BaseException:
        shutil.rmtree(folder)
        raise
    weakref.finalize(graph, shutil.rmtree, folder, ignore_errors=True)
    return graph


def build_into(
    paths: Sequence[PathLike],
    output: PathLike,
    *,
    workers: int | None = 1,
    progress: Progress | None = None,
) -> Report:
    """Build reports into an output folder; what the command `build` does.

    Args:
        paths: Files and folders of reports.
        output: Where the build goes; an older one is replaced whole at the end.
        workers: As in `build`.
        progress: As in `build`.

    Raises:
        UsageError: A path does not exist.
        ReadingError: There was no file, or none could be read.
        OutputError: The output folder cannot take a build; it is unchanged.
    """
    engine = engines.local(workers)
    return pipeline.build(paths, Path(output), engine=engine, progress=progress)


def extract(file: PathLike) -> Extraction:
    """All that one report states.

    Args:
        file: A .txt, .md, .html, .docx or .pdf file.

    Raises:
        UsageError: There is no such file.
        ReadingError: It cannot be read.
    """
    path = Path(file)
    if not path.is_file():
        raise UsageError("no-such-path", path=path)
    return stages.extract(reading.read(path, path.name))


def load(folder: PathLike = "output") -> Graph:
    """The graph of an earlier build.

    Args:
        folder: The output folder of the build.

    Raises:
        ReadingError: There is no build in it.
    """
    return Graph(folder)


def evaluate(gold: PathLike, system: PathLike | None = None) -> Evaluation:
    """How well extractions agree with a gold annotation.

    Args:
        gold: A folder of NAME.ann and NAME.json.
        system: A folder of NAME.json as extraction writes them, or a build's
            output folder. Without it, the gold's texts are extracted now.

    Raises:
        UsageError: A folder does not exist or holds no gold.
        ReadingError: A file is not as it should be.
    """
    for folder in (gold, system):
        if folder is not None and not Path(folder).is_dir():
            raise UsageError("no-such-path", path=folder)
    documents = evaluating.read_gold(Path(gold))
    names = [document.name for document in documents]
    if system is not None:
        systems = evaluating.read_systems(Path(system), names)
    else:
        systems = {
            document.name: evaluating.parsed(serialise(stages.extract(document.raw)))
            for document in documents
        }
    return evaluating.evaluate(documents, systems)


class Graph:
    """A build: facts with their evidence, ready to be asked, drawn and exported.

    Attributes:
        folder: Where the build's files lie.
    """

    def __init__(self, folder: PathLike) -> None:
        self.folder = Path(folder)
        publishing.recover(self.folder)
        self._store = store.load(self.folder)

    def __len__(self) -> int:
        """How many triples, facts and evidence together."""
        return len(self._store)

    def __iter__(self) -> Iterator[pyoxigraph.Triple]:
        """All triples, facts and evidence together."""
        return (quad.triple for quad in self._store)

    def __repr__(self) -> str:  # type: ignore[explicit-override]  # Python 3.12 has it
        return f"<zhengpu.Graph of {len(self)} triples>"

    def query(
        self, sparql: str, *, timeout: float | None = None, **parameters: str
    ) -> Answer:
        """What a SPARQL query gives.

        Args:
            sparql: A query, or the name of a shipped one (`zhengpu query
                --list` shows them). Prefixes such as `zp:` need no declaration.
            timeout: Seconds after which it is given up; the query then runs in
                a process of its own.
            parameters: Values for the query's variables; `<…>` is an IRI.

        Raises:
            QueryError: The query is not well formed, reads from outside the
                build, or takes too long.
            UsageError: There is no such shipped query or parameter.
        """
        if "{" in sparql:
            text = querying.bind(sparql, parameters)
        else:
            text = querying.shipped_query(sparql, parameters)
        if timeout is None:
            return querying.ask(self._store, text)
        return querying.ask_folder(self.folder, text, timeout)

    def explain(self, name: str) -> tuple[Explanation, ...]:
        """Everything about the entities of a name, with sentences and sources.

        Args:
            name: A canonical name, an alias, an IRI, or a part of a name that
                only one entity has.

        Raises:
            UsageError: There is no such entity, or there are several.
        """
        return explaining.explain(self._store, name)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The entities and their relations as a graph of networkx."""
        from zhengpu.use import exporting  # noqa: PLC0415  # heavy

        return exporting.to_networkx(self._store)

    def to_rdflib(self) -> rdflib.Graph:
        """All triples as a graph of rdflib, with the prefixes bound."""
        from zhengpu.use import exporting  # noqa: PLC0415

        return exporting.to_rdflib(self._store)

    def validate(self) -> tuple[Violation, ...]:
        """What contradicts the shapes of `ontology/shapes.ttl`."""
        from zhengpu.graph import validation  # noqa: PLC0415  # heavy

        return tuple(validation.validate(self._store))

    def export(self, form: str, path: PathLike | None = None) -> Export:
        """Write the graph in another format.

        Args:
            form: `nt`, `jsonld`, `rdfxml`, `trig`, `graphml` or `csv` (two
                files, of nodes and of edges).
            path: Where to; by default `graph` with the format's suffix in the
                current folder.

        Returns:
            The files that were written, and findings about what the format
            cannot hold.

        Raises:
            UsageError: There is no such format.
            OutputError: A file cannot be written.
        """
        from zhengpu.use import exporting  # noqa: PLC0415

        return exporting.export(self._store, form, path)

    def draw(self, path: PathLike) -> None:
        """Write the explorer: one HTML page that works offline.

        It is the page that the build has made.
        """
        shutil.copyfile(self.folder / pipeline.PAGE, path)

    def write(self, output: PathLike) -> None:
        """Put the build into an output folder, an older one being replaced.

        Raises:
            OutputError: The folder cannot take a build; it is unchanged.
        """
        files = publishing.read_manifest(self.folder) or {}
        with publishing.publication(Path(output)) as folder:
            for name in files:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self.folder / name, folder / name)
