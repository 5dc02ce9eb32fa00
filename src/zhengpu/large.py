"""A build of a large collection: shards, tables, and a short report.

What needs all of a build in memory is left to commands that read the shards
from a store on disk: `validate`, `compare`, `posts`, `draw`, `serve`.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from array import array
from collections import Counter, defaultdict
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, TypeAlias

from zhengpu import sharding
from zhengpu.errors import ReadingError
from zhengpu.graph import publishing, shards
from zhengpu.graph.assembly import counts, header, listed
from zhengpu.graph.claims import Claims
from zhengpu.graph.corrections import NONE, Corrections
from zhengpu.graph.facts import Facts
from zhengpu.graph.judging import Judgement, names_in
from zhengpu.graph.merged import Merged
from zhengpu.graph.rendering import finding_record, large_markdown
from zhengpu.graph.reported import Report
from zhengpu.graph.shares import shares_for
from zhengpu.graph.vocabulary import VOID, XSD, node, typed
from zhengpu.model import EntityType, Relation
from zhengpu.settings import BASE_IRI, most_bytes
from zhengpu.sharding import (
    COLUMNS,
    Batch,
    Gathered,
    Job,
    Settled,
    Share,
    batches,
    gather,
    gather_one_by_one,
    settle,
    table_of,
    unsettled,
)
from zhengpu.text.reading import Remote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from zhengpu.engines import Engine
    from zhengpu.graph.merged import Applied
    from zhengpu.graph.reported import Skipped
    from zhengpu.graph.shards import Shard
    from zhengpu.model import Finding
    from zhengpu.text.reading import Source

SIZE: Final = 20_000_000
"""Bytes of reports from which on a build is written in shards: with so many, one
that is made in memory takes some 3 GB."""
LAID_OUT: Final = frozenset((".pdf", ".docx"))
TEXT: Final = 100_000
"""Bytes of text that a file with a layout is taken to hold at most."""
FORMAT: Final = "zhengpu-large-report/1"
FILES: Final = "files.csv"
FINDINGS: Final = "findings.jsonl.gz"
IMPORTANCE: Final = ("said", "thing")
ROOM: Final = 20
"""How many times as many things as are wanted may wait to be ranked."""
LEFT_OUT: Final = ("validation", "checks", "promises", "charts", "candidates", "page")
"""What a large build does not hold."""

Shuffle: TypeAlias = "Callable[[Job, Sequence[Batch]], Iterator[Gathered | Settled]]"
"""Gathers all batches, in their order, then settles all shares, in theirs."""


def spread(engine: Engine) -> Shuffle:
    """The shuffle by way of the disk, its work spread by an engine."""

    def shuffled(job: Job, batches: Sequence[Batch]) -> Iterator[Gathered | Settled]:
        # one number after the other: there are as many as batches times shares
        pieces: dict[int, array[int]] = defaultdict(lambda: array("Q"))
        for gathered in engine(gather, gather_one_by_one, batches):
            for share, offset, length in gathered.pieces:
                pieces[share].extend((gathered.number, offset, length))
            yield replace(gathered, pieces=())
        shares = [Share(job, number, pieces[number]) for number in sorted(pieces)]
        yield from engine(settle, unsettled, shares)

    return shuffled


def is_large(sources: Sequence[Source]) -> bool:
    """Whether files are so many, or so large, that a build is made in shards."""
    return size_of_all(sources) >= SIZE


def size_of_all(sources: Sequence[Source]) -> int:
    """About how many bytes of text files hold together."""
    return sum(map(size_of, sources))


def size_of(source: Source) -> int:
    """About how many bytes of text a file holds.

    Pictures and fonts of a PDF are no text; what is too large to be read, or
    cannot be looked at, holds none.
    """
    size = max(0, file_size(source))
    if source.suffix in LAID_OUT:
        return min(size, TEXT)
    return size if size <= most_bytes() else 0


def file_size(source: Source) -> int:
    """The bytes of a file; -1 where it cannot be looked at."""
    if isinstance(source, Remote):
        return source.size
    try:
        return source.path.stat().st_size
    except OSError:
        return -1


def write_large(  # noqa: PLR0913 - all that a build depends on
    sources: Sequence[Source],
    output: Path,
    shuffle: Shuffle,
    *,
    rules: str,
    cached: bool = False,
    notices: Sequence[Finding] = (),
    skipped: Sequence[Skipped] = (),
    corrections: Corrections = NONE,
    progress: Callable[[int, int, str], None] = lambda *_: None,
) -> Report:
    """Build files into shards.

    Args:
        sources: The files, in their order.
        output: Where the build goes; an older one is replaced whole at the end.
        shuffle: How the work is spread; it never changes what is written.
        rules: The version of the rule set.
        cached: Whether what files gave is kept for other builds.
        notices: What is known of the collection before it is read.
        skipped: What could not be looked into.
        corrections: What editors have judged. Where there are any, the files are
            gone through twice: first for what the corrections name.
        progress: Told how many files and shares are done, of how many.

    Raises:
        CorrectionsError: Corrections contradict one another or the ontology.
        ReadingError: None of the files could be read.
        OutputError: The output folder cannot take a build.
    """
    kept, names = distinct(sources)
    sizes = [size_of(source) for source in kept]
    count = shares_for(sum(sizes))
    with (
        publishing.publication(output) as folder,
        tempfile.TemporaryDirectory(dir=folder.parent) as place,
    ):
        job = Job(folder, Path(place), count, rules, cached)
        work = list(batches(job, kept, sizes, names))
        judged = _judged(job, work, shuffle, corrections)
        job, work = _corrected(job, work, judged)
        told = _Account(folder, len(kept) + count, progress)
        told.skipped.extend(skipped)
        with told:
            for one in shuffle(job, work):
                told.add(one)
        if not told.files:
            raise ReadingError("nothing-readable", path=output, count=len(told.skipped))
        done = judged.concluded(job.rejections, told.rejected) if judged else Merged()
        made = told.report((*notices, *done.findings), done.corrections)
        told.shards[:0] = _described(told, done, rules)
        shards.write_manifest(told.shards, folder, told.types.total())
        made = replace(made, triples=sum(shard.triples for shard in told.shards))
        _write(
            folder / shards.IMPORTANT, table_of([IMPORTANCE, *told.most_important()])
        )
        _write(folder / "report.json", _json(made, told.kinds))
        _write(folder / "report.md", large_markdown(made, told.kinds, LEFT_OUT))
    return made


def _judged(
    job: Job, work: Sequence[Batch], shuffle: Shuffle, corrections: Corrections
) -> Judgement | None:
    """The corrections with the things that they name; None where there are none."""
    if not corrections.entries:
        return None
    looking = replace(job, names=names_in(corrections))
    found = [
        Merged(things=one.things)
        for one in shuffle(looking, [replace(batch, job=looking) for batch in work])
        if isinstance(one, Gathered)
    ]
    return Judgement(corrections, found)


def _corrected(
    job: Job, work: list[Batch], judged: Judgement | None
) -> tuple[Job, list[Batch]]:
    """The job as corrections change it."""
    if judged is None:
        return job, work
    rejections = tuple(judged.rejections())
    job = replace(
        job, become=judged.become, asserted=judged.asserted(), rejections=rejections
    )
    return job, [replace(batch, job=job) for batch in work]


def distinct(
    sources: Sequence[Source],
) -> tuple[list[Source], list[tuple[str, ...]]]:
    """The files that differ in their bytes, and the names of others like each."""
    first: dict[bytes, int] = {}
    kept: list[Source] = []
    others: dict[int, list[str]] = {}
    for source in sources:
        digest = _digest(source)
        if digest is not None and digest in first:
            others.setdefault(first[digest], []).append(source.name)
            continue
        if digest is not None:
            first[digest] = len(kept)
        kept.append(source)
    return kept, [tuple(others.get(at, ())) for at in range(len(kept))]


def _digest(source: Source) -> bytes | None:
    """Of a file's bytes; None where it cannot be read, which is told later."""
    if isinstance(source, Remote):
        return source.sha256
    if file_size(source) > most_bytes():
        return None
    try:
        with source.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return None


class _Account:
    """What a large build has told so far; its tables are written as it tells."""

    def __init__(
        self, folder: Path, total: int, progress: Callable[[int, int, str], None]
    ) -> None:
        self.folder, self.total, self.progress = folder, total, progress
        self.done = self.files = self.statistics = 0
        self.skipped: list[Skipped] = []
        self.shards: list[Shard] = []
        self.counts: Counter[str] = Counter()
        self.types: Counter[str] = Counter()
        self.relations: Counter[str] = Counter()
        self.kinds: Counter[tuple[str, str]] = Counter()
        self.important: list[tuple[int, str]] = []
        self.rejected: dict[int, list[str]] = defaultdict(list)
        self.open = ExitStack()

    def __enter__(self) -> Self:
        table = (self.folder / FILES).open("w", encoding="utf-8", newline="")
        self.table = self.open.enter_context(table)
        self.table.write(table_of([COLUMNS]))
        findings = shards.compressed(self.folder / FINDINGS)
        self.findings = self.open.enter_context(findings)
        return self

    def __exit__(self, *failure: object) -> None:
        self.open.close()

    def add(self, one: Gathered | Settled) -> None:
        """What a batch or a share has told."""
        self.findings.write(one.findings.encode())
        self.kinds.update(dict(one.kinds))
        if isinstance(one, Gathered):
            self.table.write(one.table)
            self.files += one.files
            self.statistics += one.statistics
            self.skipped += one.skipped
            self.relations.update(dict(one.relations))
            self.done += one.taken
        else:
            self.shards += one.shards
            self.counts.update(dict(one.counts))
            self.types.update(dict(one.types))
            for line, facts in one.rejected:
                self.rejected[line] += facts
            self.important += one.important
            if len(self.important) > ROOM * sharding.IMPORTANT:
                self.important = self.most_important()
            self.done += 1
        self.progress(self.done, self.total, one.name)

    def most_important(self) -> list[tuple[int, str]]:
        """The things that most is said of, those of most first."""
        ranked = sorted(self.important, key=lambda row: (-row[0], row[1]))
        return ranked[: sharding.IMPORTANT]

    def report(
        self, notices: Sequence[Finding], corrections: tuple[Applied, ...]
    ) -> Report:
        """All of it."""
        return Report(
            sources=(),
            skipped=tuple(self.skipped),
            notices=tuple(notices),
            entities=tuple((kind.value, self.types[kind.value]) for kind in EntityType),
            relations=tuple((r.value, self.relations[r.value]) for r in Relation),
            statistics=self.statistics,
            triples=0,
            corrections=corrections,
            files=self.files,
        )


def _described(account: _Account, judged: Merged, rules: str) -> list[Shard]:
    """The shards that say what the build is made of, and how it was corrected."""
    facts = Facts(f"{BASE_IRI}id/")
    count = account.counts + counts(judged)
    lines = header(count, facts, rules)
    lines += (*listed(judged, facts), *facts.all_of(judged))
    held = sum(shard.triples for shard in account.shards if shard.graph == shards.FACTS)
    size = typed(str(held + len(set(lines)) + 1), XSD.integer)
    lines.append((node(facts.root), VOID.triples, size))
    found = [shards.write(lines, account.folder, shards.FACTS)]
    if judged.corrections:
        evidence = Claims(facts, rules).all_of(judged)
        found.append(shards.write(evidence, account.folder, shards.EVIDENCE))
    return found


def _json(report: Report, kinds: Mapping[tuple[str, str], int]) -> str:
    """The report as JSON, without what a large build does not hold."""
    content = {
        "format": FORMAT,
        "files": report.files,
        "skipped": [
            {"source": s.name, **finding_record(s.finding)} for s in report.skipped
        ],
        "notices": [finding_record(finding) for finding in report.notices],
        "findings": [
            {"severity": severity, "code": code, "count": kinds[severity, code]}
            for severity, code in sorted(kinds)
        ],
        "entities": dict(report.entities),
        "relations": dict(report.relations),
        "statistics": report.statistics,
        "triples": report.triples,
        "corrections": [asdict(applied) for applied in report.corrections],
        "left out": LEFT_OUT,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
