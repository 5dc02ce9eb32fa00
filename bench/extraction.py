"""The speed of extraction, as a ratio to jieba on the same texts in the same run.

    python bench/extraction.py                  against jieba, with rjieba where it is
    python bench/extraction.py --tagger jieba   the same without rjieba
    python bench/extraction.py --linear         cost per character as texts grow
    python bench/extraction.py --pathological   inputs made to hurt, at n and 2n
    python bench/extraction.py --profile NAME   where the time goes in one of them

Times are those of the processor, not of the clock, so that what else runs on the
machine matters little. Everything runs in this process, after all dictionaries
have been loaded; what zhengpu remembers of words is forgotten before each round.
"""

from __future__ import annotations

import logging
import signal
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

import jieba
import jieba.posseg
from texts import HOSTILE, raw, reports
from timing import Row, parser, seconds, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

    from zhengpu.model import RawText

    Work = Callable[[RawText], object]

ROUNDS = 7
FEWEST_ROUNDS = 5
CHARACTERS = 100_000
LINEAR = 2.6
"""Twice the text may take so many times as long; the rest is noise."""
SLOW = 20
"""Seconds after which an input is given up."""
GROWTH = (1, 2, 4, 8)
GROWING_ROUNDS = 3
SAMPLE = 0.005
"""Seconds between two looks at where the program is."""
MOST = 14


class SlowError(Exception):
    """An input took longer than it may."""


class Target(NamedTuple):
    """How many times as fast as a function of jieba extraction has to be."""

    name: str
    ratio: dict[str, float]
    """By the tagger that extraction uses; nothing where none is set."""


TARGETS = (
    Target("jieba.posseg.lcut", {"rjieba": 3.0, "jieba": 1.2}),
    Target("jieba.lcut", {"rjieba": 1.0}),
)


def spent(work: Work, texts: Sequence[RawText]) -> float:
    """Processor time of a function over texts."""
    return seconds(lambda: [work(text) for text in texts])


def forget() -> None:
    """Empty what zhengpu keeps of the words of texts, so that a round is a first one."""
    from zhengpu.extraction.houses import area_opening  # noqa: PLC0415 (after --tagger)
    from zhengpu.extraction.indicators import indicator  # noqa: PLC0415
    from zhengpu.text.tagging import known, tag_of  # noqa: PLC0415

    for memory in (area_opening, indicator, known, tag_of):
        memory.cache_clear()


def extraction() -> Work:
    """The function that is measured, with every dictionary loaded."""
    from zhengpu.stages import extract  # noqa: PLC0415 (after --tagger)

    for report in reports():
        extract(report)
    return extract


def against_jieba(tagger: str, rounds: int) -> list[Row]:
    """Speeds and ratios, the functions taking turns in each round."""
    extract = extraction()
    texts = reports()
    characters = sum(len(text.text) for text in texts)
    works: dict[str, Work] = {
        "zhengpu": extract,
        "jieba.posseg.lcut": lambda text: jieba.posseg.lcut(text.text),
        "jieba.lcut": lambda text: jieba.lcut(text.text),
    }
    for work in works.values():
        spent(work, texts)
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        forget()
        for name, work in works.items():
            times[name].append(spent(work, texts))
    print(f"{len(texts)} reports, {characters:,} characters, {rounds} rounds,", end=" ")
    print(f"words tagged by {tagger}")
    rows = []
    for target in TARGETS:
        ratios = [
            theirs / ours
            for theirs, ours in zip(times[target.name], times["zhengpu"], strict=True)
        ]
        low, middle, high = quantiles(ratios, method="inclusive")
        print(f"{target.name}: quartiles of the ratio {low:.2f}-{high:.2f}")
        rows.append(
            Row(
                name=f"extraction, words tagged by {tagger}",
                value=characters / median(times["zhengpu"]),
                unit="characters/s",
                ratio=middle,
                peer=f"as fast as `{target.name}`",
                at_least=target.ratio.get(tagger),
            )
        )
    return rows


def growing() -> None:
    """Print what a character costs as a file of the same reports grows."""
    extract = extraction()
    whole = "".join(report.text + "\n\n" for report in reports())
    texts = {times: raw("all.txt", whole * times) for times in GROWTH}
    costs: dict[int, list[float]] = {times: [] for times in GROWTH}
    for _ in range(GROWING_ROUNDS):
        for times, text in texts.items():
            forget()
            costs[times].append(spent(extract, [text]) / len(text.text) * 1e6)
    print("all reports as one file of so many times their length")
    print(f"{'times':>6}{'characters':>12}{'µs/character':>14}{'against 1':>11}")
    first = min(costs[GROWTH[0]])
    for times, cost in costs.items():
        print(
            f"{times:>6}{len(texts[times].text):>12,}"
            f"{min(cost):>14.2f}{min(cost) / first:>11.2f}"
        )


@contextmanager
def at_most(limit: int) -> Iterator[None]:
    """Raise an error in work that takes longer than so many seconds."""

    def stop(*_: object) -> None:
        raise SlowError

    former = signal.signal(signal.SIGALRM, stop)
    signal.alarm(limit)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, former)


def hostile(characters: int, names: Sequence[str]) -> bool:
    """Print how the time of each hostile input grows; whether all are linear."""
    extract = extraction()
    print(f"{'times at':<14}{characters:>12,}{2 * characters:>12,}{'ratio':>8}")
    bad = []
    for name in names:
        lasting: list[float] = []
        for length in (characters, 2 * characters):
            forget()
            try:
                with at_most(SLOW):
                    lasting.append(
                        spent(extract, [raw("hostile.txt", HOSTILE[name](length))])
                    )
            except SlowError:
                lasting.append(float("inf"))
                break
        ratio = lasting[-1] / lasting[0] if lasting[0] < SLOW else float("inf")
        verdict = "" if ratio <= LINEAR else "NOT LINEAR"
        bad += [name] if verdict else []
        cells = "".join(f"{lasted:>12.2f}" for lasted in lasting)
        print(f"{cells:>38}{ratio:>8.2f}  {name} {verdict}", flush=True)
    print(f"\n{len(names) - len(bad)} of {len(names)} inputs are linear")
    return not bad


def profile(name: str, characters: int) -> None:
    """Print the lines where one hostile input spends its time, by sampling."""
    extract = extraction()
    text = raw("hostile.txt", HOSTILE[name](characters))
    lines: Counter[str] = Counter()
    functions: Counter[str] = Counter()

    def sample(_: int, frame: FrameType | None) -> None:
        if frame:
            lines[_place(frame, frame.f_lineno)] += 1
        within = set()
        while frame:
            within.add(_place(frame, frame.f_code.co_firstlineno))
            frame = frame.f_back
        functions.update(within)

    forget()
    former = signal.signal(signal.SIGPROF, sample)
    signal.setitimer(signal.ITIMER_PROF, SAMPLE, SAMPLE)
    try:
        with at_most(SLOW):
            extract(text)
    except SlowError:
        print(f"given up after {SLOW} s")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)
    total = lines.total() or 1
    for title, counts in (("at the line", lines), ("below the function", functions)):
        print(f"\n{title} of")
        for place, count in counts.most_common(MOST):
            print(f"{count / total:>7.0%}  {place}")


def _place(frame: FrameType, line: int) -> str:
    path = Path(frame.f_code.co_filename)
    rule = getattr(frame.f_locals.get("self"), "name", "")  # of a pattern's frame
    return f"{path.parent.name}/{path.name}:{line} {frame.f_code.co_name} {rule}"


def main() -> int:
    """Do what the arguments ask for."""
    known = parser(__doc__)
    known.add_argument("--tagger", choices=("rjieba", "jieba"), default="rjieba")
    known.add_argument("--rounds", type=int, default=ROUNDS)
    known.add_argument("--linear", action="store_true")
    known.add_argument("--pathological", action="store_true")
    known.add_argument("--only", choices=HOSTILE, action="append", metavar="NAME")
    known.add_argument("--profile", choices=HOSTILE, metavar="NAME")
    known.add_argument("--characters", type=int, default=CHARACTERS)
    arguments = known.parse_args()
    if arguments.rounds < FEWEST_ROUNDS:
        known.error(f"a median needs at least {FEWEST_ROUNDS} rounds")
    if arguments.tagger == "jieba":
        # as if rjieba were not installed; it must not have been asked for before
        sys.modules["rjieba"] = None  # type: ignore[assignment]
    jieba.setLogLevel(logging.ERROR)
    jieba.posseg.initialize()
    if arguments.profile:
        profile(arguments.profile, arguments.characters)
    elif arguments.pathological:
        return not hostile(arguments.characters, arguments.only or tuple(HOSTILE))
    elif arguments.linear:
        growing()
    else:
        rows = against_jieba(arguments.tagger, arguments.rounds)
        return tell(rows, arguments.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
