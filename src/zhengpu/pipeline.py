"""Many files to a build: read, extract, merge, and write everything."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from zhengpu.engines import in_this_process
from zhengpu.errors import ReadingError, UsageError
from zhengpu.graph import publishing, store
from zhengpu.graph.assembly import triples
from zhengpu.graph.correcting import merge_corrected
from zhengpu.graph.corrections import NONE, Corrections
from zhengpu.graph.rendering import report_html, report_json, report_markdown
from zhengpu.graph.reported import Skipped
from zhengpu.graph.reporting import report
from zhengpu.graph.turtle import write_turtle
from zhengpu.knowledge import own
from zhengpu.large import is_large, size_of_all, spread, write_large
from zhengpu.model import Finding, Severity
from zhengpu.settings import PACKAGE, own_files
from zhengpu.taking import lose, take
from zhengpu.text import reading
from zhengpu.use.serialising import is_text_file, serialise, stems_of
from zhengpu.versions import stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pyoxigraph import Store

    from zhengpu.caching import Cache, Outcome
    from zhengpu.engines import Engine
    from zhengpu.graph.reported import Report
    from zhengpu.large import Shuffle
    from zhengpu.model import Extraction
    from zhengpu.sharding import Batch, Gathered, Job, Settled
    from zhengpu.text.reading import Source

SMALL_JOB = 1_000_000
"""Bytes of text below which starting processes costs more than it saves."""
PAGE = "graph.html"
"""The explorer's page in a build."""

LARGE = 100_000_000
"""Bytes of Turtle from which on a store in memory takes more than loading one on
disk does: some 600 MB."""

Progress: TypeAlias = "Callable[[int, int, str], None]"
"""Told after each file: how many are done, of how many, and its name."""

Scan: TypeAlias = "Callable[[Sequence[Path | str]], tuple[list[Source], list[Finding]]]"
"""Finds the files at some paths, as `scan_here` does."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What all files gave, in the order in which they were found."""

    extractions: tuple[Extraction, ...]
    skipped: tuple[Skipped, ...] = ()
    notices: tuple[Finding, ...] = ()


class NothingReadError(ReadingError):
    """Not one file could be read.

    Attributes:
        skipped: The files there were, each with its reason.
    """

    def __init__(self, collection: Collection, where: str) -> None:
        code = "nothing-readable" if collection.skipped else "no-reports"
        super().__init__(code, path=where, count=len(collection.skipped))
        self.skipped = collection.skipped


def collect(
    paths: Sequence[Path | str],
    *,
    engine: Engine = in_this_process,
    progress: Progress | None = None,
    cache: Cache | None = None,
) -> Collection:
    """Read and extract every report at the paths.

    Args:
        paths: Files and folders.
        engine: How the work is spread.
        progress: Told after each file.
        cache: Gives what files gave before, and keeps what they give now.

    Raises:
        UsageError: A path does not exist.
        NothingReadError: There was no file, or none could be read.
    """
    return _gather(_survey(paths, cache), engine, progress, cache)


@dataclass(frozen=True, slots=True)
class _Survey:
    """The files to read, each with the key of what it gives in the cache."""

    where: str
    sources: list[Source]
    keys: list[str | None]
    notices: list[Finding]

    def stamp(self, *others: object) -> str | None:
        """A digest of all that a build of them depends on."""
        return stamp(self.keys, [source.name for source in self.sources], *others)

    def told(self) -> tuple[list[Skipped], list[Finding]]:
        """What cannot be looked into, and what else there is to say."""
        grave = [n for n in self.notices if n.severity is Severity.ERROR]
        skipped = [Skipped(dict(notice.parameters)["path"], notice) for notice in grave]
        return skipped, [n for n in self.notices if n not in grave]


def _survey(
    paths: Sequence[Path | str], cache: Cache | None, scan: Scan | None = None
) -> _Survey:
    added = own.check()
    sources, notices = (scan or scan_here)(paths)
    notices += added
    keys = [cache.key(source) if cache else None for source in sources]
    return _Survey(", ".join(map(str, paths)), sources, keys, notices)


def _gather(
    survey: _Survey, engine: Engine, progress: Progress | None, cache: Cache | None
) -> Collection:
    """What the files give, in the order in which they were found."""
    extractions: list[Extraction] = []
    skipped, notices = survey.told()
    outcomes = (
        _with_cache(survey, engine, cache) if cache else _taken(survey.sources, engine)
    )
    for done, outcome in enumerate(outcomes, 1):
        if outcome.extraction is not None:
            extractions.append(outcome.extraction)
        if outcome.finding is not None:
            skipped.append(Skipped(outcome.name, outcome.finding))
        if progress:
            progress(done, len(survey.sources), outcome.name)
    extractions.sort(
        key=lambda extraction: (extraction.raw.name, extraction.raw.sha256)
    )
    collection = Collection(tuple(extractions), tuple(skipped), tuple(notices))
    if not extractions:
        raise NothingReadError(collection, survey.where)
    return collection


def _taken(sources: Sequence[Source], engine: Engine) -> Iterator[Outcome]:
    """What the engine makes of the files."""
    return iter(engine(take, lose, sources, small=size_of_all(sources) < SMALL_JOB))


def _with_cache(survey: _Survey, engine: Engine, cache: Cache) -> Iterator[Outcome]:
    """What is kept from the cache, the rest from the engine, to be kept."""
    kept = [cache.has(key) for key in survey.keys]
    pairs = zip(survey.sources, kept, strict=True)
    fresh = _taken([source for source, has in pairs if not has], engine)
    for at, source in enumerate(survey.sources):
        key = survey.keys[at]
        if kept[at] and (outcome := cache.get(key)):
            yield outcome
            continue
        # what is kept but damaged is read anew here: too rare to need the engine
        outcome = take(source) if kept[at] else next(fresh)
        survey.keys[at] = cache.put(source, key, outcome)
        yield outcome


def scan_here(paths: Sequence[Path | str]) -> tuple[list[Source], list[Finding]]:
    """The files to read on this machine, and what was found that cannot be read.

    Builds of ours that lie among them are no reports.

    Raises:
        UsageError: A path does not exist, or lies on another file system.
    """
    for given in filter(reading.is_remote, paths):
        raise UsageError("remote-needs-spark", path=given)
    places = [Path(path) for path in paths]
    sources, notices = reading.scan(places)
    for path in places:
        for manifest in sorted(path.rglob(publishing.MANIFEST)):
            if publishing.read_manifest(manifest.parent) is not None:
                sources = [s for s in sources if manifest.parent not in s.path.parents]
                below = f"{manifest.parent.relative_to(path).as_posix()}/"
                notices = [n for n in notices if not _is_about(n, below)]
    return sources, notices


def _is_about(notice: Finding, folder: str) -> bool:
    path = dict(notice.parameters).get("path", "")
    return folder == "./" or path.startswith(folder)


def build(  # noqa: PLR0913 - all that a build depends on
    paths: Sequence[Path | str],
    output: Path,
    *,
    engine: Engine = in_this_process,
    progress: Progress | None = None,
    cache: Cache | None = None,
    corrections: Corrections = NONE,
    shards: bool | None = None,
    shuffle: Shuffle | None = None,
    scan: Scan | None = None,
) -> Report:
    """Turn the reports at the paths into a build in the output folder.

    Args:
        paths: Files and folders.
        output: Where the build goes; an older one is replaced whole at the end.
        engine: How the work is spread; it never changes what is written.
        progress: Told after each file.
        cache: Gives what files gave before, and keeps what they give now. Where
            it knows that the output would be the same, nothing is written.
        corrections: What editors have judged.
        shards: Whether to write the build in shards, see `zhengpu.large`; by
            default where the files are too large for a build in memory.
        shuffle: How a build in shards is spread, instead of by the engine.
        scan: How the files are found, instead of on this machine.

    Raises:
        UsageError: A path does not exist.
        NothingReadError: There was no file, or none could be read.
        ReadingError: A path was gone before all of it was read.
        OutputError: The output folder cannot take a build.
    """
    publishing.check(output)
    survey = _survey(paths, cache, scan)
    survey.notices.extend(corrections.notices)
    if shards is None:
        shards = shuffle is not None or is_large(survey.sources)

    def made() -> Report:
        if shards:
            spread_by = _watched(shuffle or spread(engine), paths)
            return _in_shards(survey, output, spread_by, progress, cache, corrections)
        collection = _gather(survey, engine, progress, cache)
        _check_still_there(paths)
        return write(collection, output, corrections)

    if cache is None:
        return made()
    depends_on = (survey.notices, corrections.sha256, shards)
    standing = cache.standing(output, survey.stamp(*depends_on))
    if standing is not None:
        return standing
    report = made()
    cache.remember(output, survey.stamp(*depends_on), report)
    return report


def _check_still_there(paths: Sequence[Path | str]) -> None:
    """Refuse to replace a build by what was read before a disk or share was gone."""
    for path in paths:
        if not (reading.is_remote(path) or os.path.exists(path)):  # noqa: PTH110
            raise ReadingError("path-vanished", path=path)


def _watched(shuffle: Shuffle, paths: Sequence[Path | str]) -> Shuffle:
    """A shuffle at whose end the paths must still be there."""

    def watched(job: Job, batches: Sequence[Batch]) -> Iterator[Gathered | Settled]:
        yield from shuffle(job, batches)
        _check_still_there(paths)

    return watched


def _in_shards(  # noqa: PLR0913, PLR0917 - all that a build depends on
    survey: _Survey,
    output: Path,
    shuffle: Shuffle,
    progress: Progress | None,
    cache: Cache | None,
    corrections: Corrections,
) -> Report:
    """Write a build in shards."""
    if not survey.sources:
        raise NothingReadError(Collection(()), survey.where)
    skipped, notices = survey.told()
    return write_large(
        survey.sources,
        output,
        shuffle,
        rules=rule_set(),
        cached=cache is not None,
        notices=notices,
        skipped=skipped,
        corrections=corrections,
        **({"progress": progress} if progress else {}),
    )


def write(
    collection: Collection, output: Path, corrections: Corrections = NONE
) -> Report:
    """Write everything that a build consists of.

    Raises:
        CorrectionsError: Corrections contradict one another or the ontology.
        OutputError: The output folder cannot take a build.
    """
    # slow to load, and not needed by the processes that only extract
    from zhengpu.graph.candidates import candidates  # noqa: PLC0415
    from zhengpu.graph.mending import mended  # noqa: PLC0415
    from zhengpu.graph.validation import validate  # noqa: PLC0415
    from zhengpu.use.drawing import draw  # noqa: PLC0415

    merged = merge_corrected(collection.extractions, corrections)
    merged = replace(merged, candidates=candidates(merged))
    facts, evidence = triples(merged, rules=rule_set())
    with publishing.publication(output) as folder:
        write_turtle(facts, folder / store.GRAPH)
        write_turtle(evidence, folder / store.EVIDENCE)
        del facts, evidence  # as large as all the rest
        _write_extractions(collection, folder / "extractions")
        texts = {e.raw.sha256: e.raw.text for e in collection.extractions}
        texts[corrections.sha256] = corrections.text
        draw(merged, texts, folder / PAGE)
        with _loaded(folder) as graph:
            made = report(
                collection.extractions,
                collection.skipped,
                (*collection.notices, *merged.findings),
                len(graph),
                mended(validate(graph), graph),
                merged=merged,
            )
        _write(folder / "report.json", report_json(made))
        _write(folder / "report.md", report_markdown(made))
        _write(folder / "report.html", report_html(made))
    return made


@contextlib.contextmanager
def _loaded(folder: Path) -> Iterator[Store]:
    """What has been written, read again; beside it on the disk where it is large."""
    written = (folder / store.GRAPH, folder / store.EVIDENCE)
    if sum(path.stat().st_size for path in written) < LARGE:
        yield store.load(folder)
        return
    with tempfile.TemporaryDirectory(
        dir=folder.parent, ignore_cleanup_errors=True
    ) as place:
        yield store.load(folder, place=Path(place))


def rule_set() -> str:
    """The version of everything that decides what is understood.

    The package's version, and a digest of its rules and tables; where the user has
    added some, a digest of those as well.
    """
    every = sorted((PACKAGE / "knowledge").rglob("*.t*"))
    shipped = [path for path in every if path.suffix in {".toml", ".tsv"}]
    known = f"{version('zhengpu')}+{_digest(shipped)}"
    return f"{known}.own.{_digest(added)}" if (added := own_files()) else known


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]


def _write_extractions(collection: Collection, folder: Path) -> None:
    """Each extraction as JSON; the text beside it where it is not a text file."""
    folder.mkdir()
    stems = stems_of([extraction.raw for extraction in collection.extractions])
    for extraction, stem in zip(collection.extractions, stems, strict=True):
        raw = extraction.raw
        if (folder / f"{stem}.json").exists():
            continue  # a file of the same name and bytes; merging has said so
        text_name = None if is_text_file(raw) else f"{stem}.txt"
        _write(folder / f"{stem}.json", serialise(extraction, text_name))
        if text_name:
            _write(folder / text_name, raw.text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
