"""Large collections: gathered batch by batch, settled share by share, on disk.

    files ─gather▶ pieces for each share ─settle▶ shards of N-Triples

No process holds more than one batch or one share, so that memory grows little
with the number of files. Batches and shares depend on the files alone: whoever
works on them, and in which order, the same bytes are written.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from zhengpu.caching import Cache
from zhengpu.engines import in_processes
from zhengpu.errors import OutputError
from zhengpu.graph import shards
from zhengpu.graph.assembly import counts, listed
from zhengpu.graph.claims import Claims
from zhengpu.graph.facts import Facts
from zhengpu.graph.folding import fold
from zhengpu.graph.judging import Rejection, is_named, without
from zhengpu.graph.merged import Merged, Thing
from zhengpu.graph.merging import again, part
from zhengpu.graph.rendering import finding_record
from zhengpu.graph.reported import Skipped
from zhengpu.graph.reporting import findings_of
from zhengpu.graph.shards import Shard  # noqa: TC001 - msgspec reads it
from zhengpu.graph.shares import cut, packed, share_of, unpacked
from zhengpu.settings import BASE_IRI
from zhengpu.taking import lose, take
from zhengpu.use.serialising import is_text_file, serialise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from zhengpu.caching import Outcome
    from zhengpu.model import Entity, Extraction, Finding
    from zhengpu.text.reading import Source

BATCH: Final = 2_000_000
"""Bytes of reports that are read in one go: some twenty seconds of work."""
FILES: Final = 500
"""Files of a batch at most."""
IMPORTANT: Final = 2_000
"""Things that a page shows at most."""
EXTRACTIONS: Final = "extractions"
COLUMNS: Final = (
    "source", "sha256", "encoding", "characters", "documents", "entities",
    "mentions", "relations", "statistics", "findings",
)  # fmt: skip
"""Of the table of all files."""


@dataclass(frozen=True, slots=True)
class Job:
    """What all processes of one build must know."""

    output: Path
    """Where the build is made."""
    pieces: Path
    """Where pieces lie until they are settled."""
    shares: int
    rules: str
    """The version of the rule set."""
    cached: bool = False
    """Whether what files gave is kept for other builds."""
    names: frozenset[str] = frozenset()
    """Only look for things that are called so, see `zhengpu.graph.judging`."""
    become: Mapping[str, Entity] = field(default_factory=dict)
    """What corrections make of entities, by the keys that files give them."""
    asserted: Merged = field(default_factory=Merged)
    """What corrections assert."""
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that are read in one go."""

    job: Job
    number: int
    sources: tuple[Source, ...]
    names: tuple[tuple[str, ...], ...]
    """Of each file, the names of others that have the same bytes."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a batch of files gave; the pieces themselves lie on disk."""

    number: int
    name: str
    """Of its last file."""
    taken: int
    """Files that were looked at."""
    files: int
    """Those that were read."""
    table: str
    """A line for each file that was read."""
    findings: str
    """A line for each finding."""
    skipped: tuple[Skipped, ...]
    relations: tuple[tuple[str, int], ...]
    statistics: int
    kinds: tuple[tuple[tuple[str, str], int], ...]
    """How many findings of each severity and code."""
    pieces: tuple[tuple[int, int, int], ...] = ()
    """Share, offset and length of each piece in the batch's file."""
    things: tuple[Thing, ...] = ()
    """Those that were looked for."""


@dataclass(frozen=True, slots=True)
class Share:
    """What is to be settled in one go: where its pieces lie."""

    job: Job
    number: int
    pieces: Sequence[int]
    """Batch, offset and length of each, one after the other."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a share."""

    number: int
    name: str
    shards: tuple[Shard, ...]
    counts: tuple[tuple[str, int], ...]
    """Things by their class, claims, sentences, figures."""
    types: tuple[tuple[str, int], ...]
    """Entities by their type."""
    important: tuple[tuple[int, str], ...]
    """Things that much is said of: how often, and the key; the most first."""
    findings: str
    """A line for each."""
    kinds: tuple[tuple[tuple[str, str], int], ...]
    rejected: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """What was left out, in words, by the line of the correction."""


# -- gathering ---------------------------------------------------------------------


def batches(
    job: Job,
    sources: Sequence[Source],
    sizes: Sequence[int],
    names: Sequence[tuple[str, ...]],
) -> Iterator[Batch]:
    """The files in batches of bearable size, in their order."""
    start = number = held = 0
    for at, size in enumerate(sizes):
        if at > start and (held + size > BATCH or at - start == FILES):
            yield Batch(job, number, tuple(sources[start:at]), tuple(names[start:at]))
            start, number, held = at, number + 1, 0
        held += size
    if start < len(sources):
        yield Batch(job, number, tuple(sources[start:]), tuple(names[start:]))


def gather(batch: Batch) -> Gathered:
    """Read and extract a batch, and put its pieces on disk."""
    work = _keep if batch.job.cached else take
    return _stored(batch, *pieces_of(batch, map(work, batch.sources)))


def gather_one_by_one(batch: Batch) -> Gathered:
    """The same where a file of the batch has killed its process: it fails alone."""
    outcomes = in_processes(take, lose, batch.sources, 1, limit=ALONE)
    return _stored(batch, *pieces_of(batch, outcomes))


ALONE: Final = 300
"""Seconds that one file may take where its batch has failed."""


def _stored(
    batch: Batch, gathered: Gathered, pieces: Iterable[tuple[int, bytes]]
) -> Gathered:
    """What a batch gave, its pieces written into one file."""
    places, offset = [], 0
    path = batch.job.pieces / f"{batch.number}"
    part_path = path.with_suffix(".part")
    with part_path.open("wb") as file:
        for share, content in pieces:
            file.write(content)
            places.append((share, offset, len(content)))
            offset += len(content)
    part_path.replace(path)
    return replace(gathered, pieces=tuple(places))


def pieces_of(
    batch: Batch, outcomes: Iterable[Outcome]
) -> tuple[Gathered, list[tuple[int, bytes]]]:
    """What the files of a batch gave: an account, and the piece for each share."""
    if batch.job.names:
        return _looked(batch, outcomes), []
    told = _Told()
    held: dict[int, list[Merged]] = defaultdict(list)
    for outcome, names in zip(outcomes, batch.names, strict=True):
        if outcome.finding is not None:
            told.skipped.append(Skipped(outcome.name, outcome.finding))
        if outcome.extraction is None:
            continue
        told.add(outcome.extraction, batch.number)
        for one in _parts(outcome.extraction, names, batch.job.become):
            told.findings.add(one.findings)
            for share, piece in cut(one, batch.job.shares).items():
                held[share].append(piece)
    if batch.number == 0:
        for share, piece in cut(batch.job.asserted, batch.job.shares).items():
            held[share].append(piece)
    folder = batch.job.output / EXTRACTIONS
    folder.mkdir(exist_ok=True)
    shards.write_lines(told.records, folder / f"{batch.number:05}.jsonl.gz")
    if told.texts:
        shards.write_lines(told.texts, folder / texts_name(batch.number))
    pieces = [(share, packed(held[share])) for share in sorted(held)]
    return told.gathered(batch), pieces


def texts_name(number: int) -> str:
    """The file with the texts of a batch's files that are no text files."""
    return f"{number:05}.texts.jsonl.gz"


def _looked(batch: Batch, outcomes: Iterable[Outcome]) -> Gathered:
    """The things of a batch that corrections may mean."""
    found = tuple(
        thing
        for outcome in outcomes
        if outcome.extraction is not None
        for thing in part(outcome.extraction).things
        if is_named(thing, batch.job.names)
    )
    return replace(_Told().gathered(batch), things=found)


def _parts(
    extraction: Extraction, names: Sequence[str], become: Mapping[str, Entity]
) -> Iterator[Merged]:
    """What a file says, and the names under which it is there again."""
    said = part(extraction, become)
    yield said
    for name in names:
        source = replace(said.sources[0], names=(name,))
        yield again(source, extraction.raw.name)


class _Told:
    """The account of a batch, while its files are read."""

    def __init__(self) -> None:
        self.skipped: list[Skipped] = []
        self.rows: list[tuple[object, ...]] = []
        self.records: list[bytes] = []
        self.texts: list[bytes] = []
        self.findings = _Findings()
        self.relations: Counter[str] = Counter()
        self.statistics = 0

    def add(self, extraction: Extraction, batch: int) -> None:
        """One more file."""
        raw, findings = extraction.raw, findings_of(extraction)
        name = None if is_text_file(raw) else texts_name(batch)
        # the text breaks its lines only between what JSON lets break
        text = serialise(extraction, name).replace("\n", "")
        self.records.append(f"{text}\n".encode())
        if name:
            self.texts.append(_json({"sha256": raw.sha256, "text": raw.text}).encode())
        row = (
            raw.name, raw.sha256, raw.encoding, len(raw.text),
            len(extraction.documents), len(extraction.entities),
            len(extraction.mentions), len(extraction.statements),
            len(extraction.observations), len(findings),
        )  # fmt: skip
        self.rows.append(row)
        self.findings.add(findings, raw.name)
        self.relations.update(s.relation.value for s in extraction.statements)
        self.statistics += len(extraction.observations)

    def gathered(self, batch: Batch) -> Gathered:
        """The account."""
        return Gathered(
            batch.number,
            batch.sources[-1].name,
            len(batch.sources),
            len(self.rows),
            table_of(self.rows),
            "".join(self.findings.lines),
            tuple(self.skipped),
            tuple(sorted(self.relations.items())),
            self.statistics,
            tuple(sorted(self.findings.kinds.items())),
        )


class _Findings:
    """Findings as lines of JSON, and how many there are of each kind."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.kinds: Counter[tuple[str, str]] = Counter()

    def add(self, findings: Iterable[Finding], source: str = "") -> None:
        """Some more, of one file or of several."""
        for finding in findings:
            self.lines.append(_json({"source": source, **finding_record(finding)}))
            self.kinds[finding.severity.value, finding.code] += 1


def _json(record: Mapping[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def table_of(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV (RFC 4180)."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _keep(source: Source) -> Outcome:
    """`take`, by way of the cache."""
    kept = _cache()
    key = kept.key(source)
    outcome = kept.get(key)
    if outcome is None:
        outcome = take(source)
        kept.put(source, key, outcome)
    return outcome


@cache
def _cache() -> Cache:
    return Cache()


# -- settling ----------------------------------------------------------------------


def settle(share: Share) -> Settled:
    """Fold the pieces of a share and write its shards."""
    return settled(share.job, share.number, _read(share))


def _read(share: Share) -> Iterator[Merged]:
    """The pieces of a share, by their batches."""
    told = iter(share.pieces)
    for batch, offset, length in zip(told, told, told, strict=True):
        with (share.job.pieces / f"{batch}").open("rb") as file:
            file.seek(offset)
            yield from unpacked(file.read(length))


def settled(job: Job, number: int, pieces: Iterable[Merged]) -> Settled:
    """Fold pieces and write their shards."""
    here = [r for r in job.rejections if share_of(r.subject, job.shares) == number]
    merged, gone = without(fold(pieces), here)
    facts = Facts(f"{BASE_IRI}id/")
    known = (*listed(merged, facts), *facts.all_of(merged))
    evidence = Claims(facts, job.rules).all_of(merged)
    told = _Findings()
    told.add(merged.findings)
    return Settled(
        number,
        shards.name_of(shards.FACTS, number),
        (
            shards.write(known, job.output, shards.FACTS, number),
            shards.write(evidence, job.output, shards.EVIDENCE, number),
        ),
        tuple(sorted(counts(merged).items())),
        tuple(sorted(Counter(t.type.value for t in merged.things).items())),
        tuple(most_important(merged)),
        "".join(told.lines),
        tuple(sorted(told.kinds.items())),
        tuple((line, tuple(facts)) for line, facts in sorted(gone.items())),
    )


def most_important(merged: Merged) -> list[tuple[int, str]]:
    """The things that most is said of: in how many reports and facts."""
    said = Counter({thing.key: len(thing.reports) for thing in merged.things})
    said.update(claim.subject for claim in merged.claims)
    said.update(figure.subject for figure in merged.figures)
    ranked = sorted((-count, key) for key, count in said.items())
    return [(-count, key) for count, key in ranked[:IMPORTANT]]


def unsettled(share: Share) -> Settled:
    """What to say of a share whose process died twice.

    Raises:
        OutputError: Always; without one share there is no build.
    """
    raise OutputError("share-lost", number=share.number, pieces=len(share.pieces) // 3)
