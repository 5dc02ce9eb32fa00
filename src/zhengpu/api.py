"""What users hold: a build as a `Graph`, and how to get one.

>>> import zhengpu
>>> from zhengpu.settings import shipped
>>> report = sorted(shipped("seeds").glob("000*.txt"))[0]
>>> graph = zhengpu.build(report)
>>> graph.query("SELECT (COUNT(?r) AS ?reports) { ?r a zp:Report }").records()
[{'reports': 1}]

It is one page on purpose: each function is a call or two, and what it says of
itself is the reference.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from zhengpu import caching, engines, pipeline
from zhengpu.errors import UsageError
from zhengpu.graph import publishing, store
from zhengpu.graph.corrections_file import find as find_corrections
from zhengpu.graph.shards import has_shards
from zhengpu.knowledge import own
from zhengpu.taking import extracted
from zhengpu.text import reading
from zhengpu.use import correcting, explaining, querying
from zhengpu.use.serialising import serialise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import networkx as nx
    import pandas as pd
    import polars as pl
    import pyoxigraph
    import rdflib

    from zhengpu.cluster.driver import Cluster
    from zhengpu.graph.comparing import Occurring
    from zhengpu.graph.posts import Post
    from zhengpu.graph.promises import Account
    from zhengpu.graph.reported import Report, Violation
    from zhengpu.model import Extraction, Finding
    from zhengpu.pipeline import Progress
    from zhengpu.use.answers import Answer
    from zhengpu.use.changes import Diff
    from zhengpu.use.comparing import Comparison
    from zhengpu.use.correcting import Effect
    from zhengpu.use.evaluating import Evaluation
    from zhengpu.use.explained import Explanations
    from zhengpu.use.exporting import Export
    from zhengpu.use.frames import Frames

    PathLike = Path | str


def build(
    *paths: PathLike,
    workers: int | None = 1,
    progress: Progress | None = None,
    cache: bool = False,
    corrections: PathLike | None = None,
) -> Graph:
    """A graph made from reports.

    Args:
        paths: Files and folders of reports.
        workers: How many processes; None takes as many as there are processors
            where the files are many. With more than one, a script must be
            guarded by `if __name__ == "__main__":`.
        progress: Called after each file with the number of files that are
            done, the number of all files, and the file's name.
        cache: Whether to take what the files gave in earlier builds, and keep
            what they give now, in the folder that the variable `ZHENGPU_CACHE`
            names, else in the user's cache folder. The result is the same.
        corrections: A corrections file; without it, `corrections.toml` in the
            one folder that is built, else in the current folder, if there is one.

    Returns:
        The graph; it lies in a folder of its own that goes when the graph
        does, until `Graph.write` puts it somewhere.

    Raises:
        UsageError: A path does not exist.
        ReadingError: There was no file, or none could be read.
    """
    folder = Path(tempfile.mkdtemp(prefix="zhengpu-"))
    try:
        output = folder / "output"
        build_into(
            paths,
            output,
            workers=workers,
            progress=progress,
            cache=cache,
            corrections=corrections,
        )
        graph = Graph(folder / "output")
    except BaseException:
        shutil.rmtree(folder)
        raise
    weakref.finalize(graph, shutil.rmtree, folder, ignore_errors=True)
    return graph


def build_into(  # noqa: PLR0913 - the options of a command
    paths: Sequence[PathLike],
    output: PathLike,
    *,
    workers: int | None = 1,
    progress: Progress | None = None,
    cache: bool = False,
    corrections: PathLike | None = None,
    told: Callable[[Finding], None] | None = None,
    spark: str | None = None,
    shards: bool | None = None,
) -> Report:
    """Build reports into an output folder; what the command `build` does.

    Args:
        paths: Files and folders of reports; on Spark also addresses that it knows
            (`hdfs://…`, `s3a://…`).
        output: Where the build goes; an older one is replaced whole at the end.
        workers: As in `build`.
        progress: As in `build`.
        cache: As in `build`. Where nothing has changed, the output is left as it
            is.
        corrections: As in `build`.
        told: Called with what concerns this run alone and is no part of the
            build: what became of the cache.
        spark: A Spark master (`spark://host:7077`, `yarn`, `local[*]` …) that is
            to do the work instead of processes of this machine; what it makes is
            in shards.
        shards: Whether to write sorted N-Triples in compressed shards, in memory
            that grows little with the number of files, instead of one Turtle
            file and a page; by default where the files are many.

    Raises:
        UsageError: A path does not exist.
        ReadingError: There was no file, or none could be read.
        OutputError: The output folder cannot take a build; it is unchanged.
    """
    kept = caching.Cache() if cache else None
    here = [Path(path) for path in paths if not reading.is_remote(path)]
    judged = find_corrections(here, Path(corrections) if corrections else None)
    with _cluster(spark, shards=shards) if spark else nullcontext() as cluster:
        report = pipeline.build(
            paths,
            Path(output),
            engine=engines.local(workers),
            shuffle=cluster.shuffle if cluster else None,
            scan=cluster.scan if cluster else None,
            progress=progress,
            # what lies elsewhere is not read again to see whether it has changed
            cache=kept if len(here) == len(paths) else None,
            shards=shards,
            corrections=judged,
        )
    if kept and told:
        for finding in kept.findings:
            told(finding)
    return report


def _cluster(master: str, *, shards: bool | None) -> Cluster:
    from zhengpu.cluster.driver import spark  # noqa: PLC0415  # an extra

    if shards is False:
        raise UsageError("spark-in-shards")
    return spark(master)


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
    own.check()
    return extracted(reading.read(path, path.name))


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
    from zhengpu.use import evaluating  # noqa: PLC0415 - 0.1 s, loads what reads texts

    own.check()
    documents = evaluating.read_gold(Path(gold))
    names = [document.name for document in documents]
    if system is not None:
        systems = evaluating.read_systems(Path(system), names)
    else:
        systems = {
            document.name: evaluating.parsed(serialise(extracted(document.raw)))
            for document in documents
        }
    return evaluating.evaluate(documents, systems)


def diff(old: PathLike, new: PathLike) -> Diff:
    """What changed from one build to another, and why.

    Args:
        old: The output folder of the earlier build.
        new: That of the later one.

    Raises:
        ReadingError: One of them holds no build.
    """
    from zhengpu.use import differing  # noqa: PLC0415

    return differing.diff(old, new)


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

    def _repr_html_(self) -> str:
        """How a notebook shows it: counts, and the entities of most facts."""
        from zhengpu.use import notebook  # noqa: PLC0415

        return notebook.graph_html(self._store)

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

    def explain(self, name: str) -> Explanations:
        """Everything about the entities of a name, with sentences and sources.

        Args:
            name: A canonical name, an alias, an IRI, or a part of a name that
                only one entity has.

        Raises:
            UsageError: There is no such entity, or there are several.
        """
        return explaining.explain(self._store, name)

    def correct(
        self,
        kind: str,
        *values: str,
        file: PathLike = "corrections.toml",
        **remarks: str | bool,
    ) -> Effect:
        """Add an entry to a corrections file, which the next build applies.

        Args:
            kind: `same-as`, `not-same`, `rename`, `retype`, `alias`, `reject` or
                `assert`.
            values: What the kind asks for, as in the command `correct`.
            file: The corrections file; comments and all else stay as they are.
            remarks: Further keys of the entry: `who`, `when`, `why`, `source` …

        Returns:
            What it changes in this build; where it matches nothing, `findings`
            says so, and the file is unchanged.

        Raises:
            UsageError: There is no such kind, or values are missing.
            CorrectionsError: The file is not as it should be, or would not be.
        """
        return correcting.correct(self._store, Path(file), kind, values, remarks)

    def compare(self, indicator: str, body: str = "") -> Comparison:
        """One indicator over years and places.

        Args:
            indicator: A notation (`gdp`), a label or a wording of reports.
            body: Only of bodies and places whose names hold this.

        Raises:
            UsageError: No report counts it.
        """
        from zhengpu.use import comparing  # noqa: PLC0415

        return comparing.compare(self._store, indicator, body)

    def promises(self, body: str = "", year: int = 0) -> list[Account]:
        """What reports announced, and what the next reports tell of it.

        Args:
            body: Only of bodies whose names hold this.
            year: Only for this year; 0 means every year.
        """
        from zhengpu.use import promising  # noqa: PLC0415

        return promising.promises(self.folder, body, year)

    def posts(self, name: str = "") -> list[Post]:
        """Posts with their holders over the years, their gaps and overlaps.

        Args:
            name: Only of bodies and persons whose names hold this.
        """
        from zhengpu.graph import posts  # noqa: PLC0415

        found = posts.posts(posts.held_in(self._store))
        return [
            post
            for post in found
            if name in post.body_name or any(name in h.name for h in post.holders)
        ]

    def comparable(self) -> list[Occurring]:
        """The indicators that `compare` takes, those of most years first."""
        from zhengpu.use import comparing  # noqa: PLC0415

        return comparing.comparable(self._store)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The entities and their relations as a graph of networkx."""
        from zhengpu.use import exporting  # noqa: PLC0415  # heavy

        return exporting.to_networkx(self._store)

    def to_rdflib(self) -> rdflib.Graph:
        """All triples as a graph of rdflib, with the prefixes bound."""
        from zhengpu.use import exporting  # noqa: PLC0415

        return exporting.to_rdflib(self._store)

    def to_polars(self) -> Frames[pl.DataFrame]:
        """Entities, facts and statistics as data frames of polars.

        Raises:
            UsageError: polars is not installed; `pip install "zhengpu[polars]"`.
        """
        from zhengpu.use import frames  # noqa: PLC0415

        return frames.to_polars(self._store)

    def to_pandas(self) -> Frames[pd.DataFrame]:
        """Entities, facts and statistics as data frames of pandas.

        Raises:
            UsageError: pandas is not installed; `pip install "zhengpu[pandas]"`.
        """
        from zhengpu.use import frames  # noqa: PLC0415

        return frames.to_pandas(self._store)

    def validate(self) -> tuple[Violation, ...]:
        """What contradicts the shapes of `ontology/shapes.ttl`, and what mends it."""
        from zhengpu.graph import mending, validation  # noqa: PLC0415  # heavy

        return tuple(mending.mended(validation.validate(self._store), self._store))

    def export(self, form: str, path: PathLike | None = None) -> Export:
        """Write the graph in another format.

        Args:
            form: `nt`, `ttl` (the facts without evidence), `jsonld`, `rdfxml`, `trig`, `turtle12` (Turtle 1.2, the
                facts annotated with their evidence), `graphml`, `gexf` (for
                Gephi), `csv` (three files, of nodes, edges and statistics) or `neo4j`
                (two, of nodes and relationships).
            path: Where to; by default `graph` with the format's suffix in the
                current folder.

        Returns:
            The files that were written, and findings about what the format
            cannot hold.

        Raises:
            UsageError: There is no such format; of a build in shards there are
                `nt` and `ttl` alone.
            OutputError: A file cannot be written.
        """
        from zhengpu.use import exporting  # noqa: PLC0415

        source = self.folder if has_shards(self.folder) else self._store
        return exporting.export(source, form, path)

    def draw(
        self,
        path: PathLike,
        *,
        places: Sequence[str] = (),
        about: str = "",
        steps: int = 1,
        texts: bool = True,
    ) -> None:
        """Write the explorer: one HTML page that works offline.

        Args:
            path: The file to write.
            places: Names of places or bodies: only what their reports say.
            about: Name of a thing: only what lies around it.
            steps: At most how many relations away from it.
            texts: Whether the texts of the reports are in the page; that of a
                build in shards never holds them, and shows the 2,000 things at
                most that most facts are about.

        Raises:
            ReadingError: The build's page is one of another version.
            UsageError: The build has no such place or thing.
        """
        if has_shards(self.folder):
            from zhengpu.use import selecting  # noqa: PLC0415

            html = selecting.page_of(self._store, self.folder, places, about, steps)
            Path(path).write_text(html, encoding="utf-8", newline="\n")
            return
        page = self.folder / pipeline.PAGE
        if not places and not about and texts:  # what the build has drawn
            shutil.copyfile(page, path)
            return
        from zhengpu.use.redrawing import Wanted, redraw  # noqa: PLC0415  # heavy

        redraw(page, Path(path), Wanted(tuple(places), about, steps, texts))

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
