"""Where facts stand: in which sentence of which report, at which characters."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from zhengpu.text.widths import MARKS, WIDTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhengpu.graph.merged import Attestation, Claim, Figure, Merged, Quote
    from zhengpu.model import Span

TEXT_LIMIT: Final = 3_000_000
"""Characters of report texts that a page holds at most."""
_FOLDED: Final = (
    {ord(wide): narrow for wide, narrow in WIDTHS.items()}
    | {ord(wide): narrow for narrow, wide in MARKS.items()}
    | {ord(sign): '"' for sign in "“”「」『』﹁﹂﹃﹄"}
    | {ord(sign): "'" for sign in "‘’"}
)
"""Characters that cleaning may have made alike."""


class Places:
    """Sources, quotes and rules by number."""

    def __init__(self, merged: Merged, texts: Mapping[str, str]) -> None:
        self.source = {source.sha256: i for i, source in enumerate(merged.sources)}
        self.quote = {quote.key: i for i, quote in enumerate(merged.quotes)}
        self.quotes = merged.quotes
        self.texts = texts
        facts: list[Claim | Figure] = [*merged.claims, *merged.figures]
        self.rules: list[str] = sorted(
            {place.rule for fact in facts for place in fact.attestations}
        )
        self.rule = {rule: i for i, rule in enumerate(self.rules)}
        self.aligned: dict[tuple[int, str], list[int] | None] = {}
        shown, left = set(), TEXT_LIMIT
        for source in sorted(merged.sources, key=lambda s: (s.characters, s.sha256)):
            left -= source.characters
            if source.sha256 in texts and left >= 0:
                shown.add(source.sha256)
        self.sources: list[list[object]] = [
            [source.names[0], texts[source.sha256] if source.sha256 in shown else 0]
            for source in merged.sources
        ]

    def of(self, attestation: Attestation) -> list[object]:
        """An attestation as a list; `fact.places` of knowledge.js names its parts."""
        number = self.quote[attestation.quote]
        marks = self.marks(number, attestation)
        spans = [at for span, _ in attestation.spans for at in span]
        start = dict(self.quotes[number].places)[attestation.source].start
        told = spans == [start + at for at in marks]
        confidence = attestation.confidence
        return [
            number,
            self.source[attestation.source],
            marks,
            0 if told else spans,
            self.rule[attestation.rule],
            int(confidence) if confidence in {0.0, 1.0} else confidence,
            int(attestation.subject_omitted),
        ]

    def text_of(self, quote: Quote) -> str | int:
        """A quote's text, or 0 where it stands just so in its first source."""
        sha256, span = quote.places[0]
        shown = self.sources[self.source[sha256]][1]
        if isinstance(shown, str) and shown[span.start : span.end] == quote.text:
            return 0
        return quote.text

    def marks(self, number: int, attestation: Attestation) -> list[int]:
        """Where the evidence stands in the quote's clean text, by twos."""
        quote = self.quotes[number]
        key = (number, attestation.source)
        if key not in self.aligned:
            self.aligned[key] = self._align(quote, attestation.source)
        offsets = self.aligned[key]
        marks: list[int] = []
        for span, words in attestation.spans:
            if offsets is not None:
                start = bisect_left(offsets, span.start)
                end = bisect_left(offsets, span.end)
            else:  # no source text: look for the words
                start = quote.text.find("".join(words.split()))
                end = start + len("".join(words.split()))
            if 0 <= start < end:
                marks += (start, end)
        return marks

    def _align(self, quote: Quote, source: str) -> list[int] | None:
        text = self.texts.get(source)
        place: Span | None = dict(quote.places).get(source)
        if text is None or place is None:
            return None
        return alignment(quote.text, text[place.start : place.end], place.start)


def alignment(clean: str, source: str, start: int = 0) -> list[int] | None:
    r"""Where each character of a clean text stands in its source.

    Args:
        clean: The source but for widths, marks, and what was removed.
        source: As it stands in the file.
        start: Where the source begins.

    Returns:
        One offset for each clean character, or None where they are not alike.

    >>> alignment("共12件", "共１２\n 件", 100)
    [100, 101, 102, 105]
    """
    if clean == source:
        return list(range(start, start + len(clean)))
    offsets: list[int] = []
    written, at = source.translate(_FOLDED), 0
    for sign in clean.translate(_FOLDED):
        at = written.find(sign, at)
        if at < 0:
            return None
        offsets.append(start + at)
        at += 1
    return offsets
