"""What changed between two builds, fact by fact, and why.

A fact's IRI is a digest of what it says, so that facts of both builds are the
same where their IRIs are. What one build lacks is paired with what the other
has in its place: a relation of the same subject and object, a figure of the
same subject, measure and time.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from zhengpu.graph.vocabulary import Term
from zhengpu.use.changes import Change, Diff, Difference, Reason
from zhengpu.use.stated import Build, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def diff(old: Path | str, new: Path | str) -> Diff:
    """How one build differs from another.

    Args:
        old: The output folder of the earlier build.
        new: That of the later one.

    Raises:
        ReadingError: One of them holds no build.
    """
    before, after = Build(Path(old)), Build(Path(new))
    reasons = Reasons(before, after)
    gone = [before.facts[iri] for iri in sorted(before.facts.keys() - after.facts)]
    fresh = [after.facts[iri] for iri in sorted(after.facts.keys() - before.facts)]
    found = [
        reasons.difference(before.facts[iri], after.facts[iri])
        for iri in sorted(before.facts.keys() & after.facts.keys())
        if before.facts[iri].details != after.facts[iri].details
    ]
    replaced = {**before.replaced, **after.replaced}
    found += [reasons.difference(*pair) for pair in _paired(gone, fresh, replaced)]
    order = {"entity": 2, "relation": 0, "figure": 1}
    return Diff(
        tuple(
            sorted(
                found,
                key=lambda d: (order[d.kind], d.change, d.fact.text, d.fact.iri),
            )
        ),
        tuple(sorted(after.triples - before.triples)),
        tuple(sorted(before.triples - after.triples)),
        (before.rules, after.rules),
        tuple(sorted(reasons.documents.items())),
    )


def _paired(
    gone: Iterable[Fact], fresh: Iterable[Fact], replaced: Mapping[Term, Term]
) -> Iterator[tuple[Fact | None, Fact | None]]:
    """What is gone beside what came in its place; each at most once.

    Several in one place are paired in the order of how much they share.
    """
    places: dict[tuple[str, ...], tuple[list[Fact], list[Fact]]] = defaultdict(
        lambda: ([], [])
    )
    for side, facts in enumerate((gone, fresh)):
        for fact in facts:
            home = tuple(replaced.get(Term(part), part) for part in fact.home)
            places[home][side].append(fact)
    for place in sorted(places):
        left, right = places[place]
        pairs = sorted(
            (
                (-len(set(one.details) & set(other.details)), one.iri, other.iri)
                for one in left
                for other in right
            ),
        )
        olds = {fact.iri: fact for fact in left}
        news = {fact.iri: fact for fact in right}
        for _, one, other in pairs:
            if one in olds and other in news:
                yield olds.pop(one), news.pop(other)
        yield from ((fact, None) for fact in olds.values())
        yield from ((None, fact) for fact in news.values())


class Reasons:
    """Why facts of two builds differ.

    Args:
        before: The earlier build.
        after: The later one.
    """

    def __init__(self, before: Build, after: Build) -> None:
        self.before, self.after = before, after
        old, new = _documents(before), _documents(after)
        self.documents = {
            name: "added"
            if name not in old
            else "removed"
            if name not in new
            else "changed"
            for name in sorted(old.keys() | new.keys())
            if old.get(name) != new.get(name)
        }

    def difference(self, old: Fact | None, new: Fact | None) -> Difference:
        """Two facts, or one and none, with what became of them and why."""
        fact = new or old
        if fact is None:
            raise ValueError((old, new))
        change = (
            Change.CHANGED if old and new else Change.ADDED if new else Change.REMOVED
        )
        was = self._files(old, self.before)
        now = self._files(new, self.after)
        return Difference(
            change,
            self._reason(old, new, was, now),
            fact.kind,
            old,
            new,
            tuple(sorted(now or was)),
        )

    def _files(self, fact: Fact | None, build: Build) -> set[str]:
        shas = fact.files if fact else ()
        return {name for sha in shas for name in build.names.get(sha, (sha[:8],))}

    def _reason(
        self, old: Fact | None, new: Fact | None, was: set[str], now: set[str]
    ) -> Reason:
        """The first that explains it, from what is read to what is made of it."""
        before, after = self.before, self.after
        shas = {*(old.files if old else ()), *(new.files if new else ())}
        quotes = {fact.quote for fact in (old, new) if fact and fact.quote}
        stands = bool(quotes) and quotes <= before.quoted & after.quoted
        rules = before.rules != after.rules
        reread = any(self.documents.get(name) == "changed" for name in was | now)
        apart = any(
            before.extractions[sha] != after.extractions[sha]
            for sha in shas & before.extractions.keys() & after.extractions.keys()
        )
        came = any(self.documents.get(name) == "added" for name in now - was)
        went = any(self.documents.get(name) == "removed" for name in was - now)
        corrected = bool(shas) and shas <= before.corrections | after.corrections
        # where rules changed as well, a sentence that still stands is no reason
        text = reread and not (rules and stands)
        # what is said of an entity in many files comes or goes with one of them
        merged = not quotes
        order = (
            (merged and came, Reason.DOCUMENT_ADDED),
            (merged and went, Reason.DOCUMENT_REMOVED),
            (text, Reason.TEXT),
            (apart or reread, Reason.RULES),
            (corrected, Reason.CORRECTIONS),
            (came, Reason.DOCUMENT_ADDED),
            (went, Reason.DOCUMENT_REMOVED),
            (before.corrections != after.corrections, Reason.CORRECTIONS),
            (bool(self.documents), Reason.OTHERS),
        )
        return next((reason for holds, reason in order if holds), Reason.RULES)


def _documents(build: Build) -> dict[str, str]:
    """File name to sha256, without the corrections file."""
    return {
        name: sha
        for sha, names in build.names.items()
        if sha not in build.corrections
        for name in names
    }
