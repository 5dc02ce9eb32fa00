"""How quick the explorer's page is in Chromium, beside sigma.js.

    python bench/explorer.py [--peer FOLDER] [--only 1000 --only 30000]

The shipped reports, and graphs made of so many things with twice as many
relations. For each page: until it is drawn, how long a step takes while the
picture is dragged (the 95th percentile of frames), and until a thing that was chosen
is shown. The peer's page holds the same things and relations in given places,
and no sentence or search. It draws them all; the explorer draws at most
`drawing.CAP` of them and holds the rest to be searched. The peer is taken from
`FOLDER/node_modules`, else npm fetches it into a folder that goes at the end.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from math import cos, sin, sqrt
from pathlib import Path
from statistics import median
from time import monotonic
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from timing import Row, parser, tell

from zhengpu import pipeline
from zhengpu.graph.merging import merge
from zhengpu.model import (
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Frame,
    FramedDocument,
    RawText,
    Relation,
    SourceSentence,
    Span,
    Statement,
)
from zhengpu.settings import shipped
from zhengpu.use.drawing import draw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser, Page

SIZES = (1_000, 3_000, 10_000, 30_000)
ROUNDS = 5
STEPS = 100
LONGEST = 8.0
"""Seconds for which a picture is dragged at most."""
PEER = ("sigma@3.0.3", "graphology@0.26.0")
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
)
SCRIPTS = ("graphology/dist/graphology.umd.min.js", "sigma/dist/sigma.min.js")
DRAWN = """new Promise((done) => requestAnimationFrame(() =>
  setTimeout(() => done(performance.now()))))"""
FRAMES = """{
  window.frames_ = [];
  let last = performance.now();
  const step = (now) => {
    window.frames_.push(now - last);
    last = now;
    window.running_ = requestAnimationFrame(step);
  };
  window.running_ = requestAnimationFrame(step);
}"""
CHOOSE = """async (thing) => {
  const started = performance.now();
  window.choose(thing);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - started;
}"""
SIGMA = """<!doctype html><meta charset="utf-8"><title>sigma.js</title>
<style>html, body {{ margin: 0 }} #network {{ height: 844px }}</style>
<div id="network"></div>{scripts}<script>
const data = {data};
const graph = new graphology.MultiGraph();
for (const {{ id, ...node }} of data.nodes) graph.addNode(id, node);
for (const [from, to] of data.edges) graph.addEdge(from, to);
const sigma = new Sigma(graph, document.getElementById("network"));
window.choose = (id) => {{
  const near = new Set([id, ...graph.neighbors(id)]);
  sigma.setSetting("nodeReducer", (n, node) =>
    near.has(n) ? {{ ...node, highlighted: n === id }} : {{ ...node, color: "#eee" }});
  sigma.setSetting("edgeReducer", (e, edge) =>
    ({{ ...edge, hidden: !graph.hasExtremity(e, id) }}));
  sigma.refresh();
}};
document.body.dataset.ready = "";
</script>"""


@dataclass(frozen=True, slots=True)
class Timed:
    """Of a page, in milliseconds."""

    opening: float
    panning: float
    choosing: float


def made(size: int) -> Extraction:
    """One report that names so many things, each related to two others.

    The first relation makes a tree of twelve branches at each thing, as hubs
    are what reports have; the second joins its branches.
    """
    types = list(EntityType)
    entities = tuple(
        Entity(f"e{n}", types[n % len(types)], f"名称{n}", scope="代县")
        for n in range(size)
    )
    text = "".join(f"第{n}句说到这里。" for n in range(size))
    sentences, at = [], 0
    for piece in text.split("。")[:-1]:
        end = at + len(piece) + 1
        sentences.append(
            SourceSentence(0, "", piece + "。", Span(at, end), planned=False)
        )
        at = end
    relations = [(n, n // 12) for n in range(1, size)]
    relations += [(n, n * n % size) for n in range(size) if n * n % size != n]
    statements = tuple(
        Statement(
            f"e{a}",
            Relation.COOPERATES_WITH,
            f"e{b}",
            Evidence(a, (sentences[a].span,), "bench/made"),
        )
        for a, b in relations
    )
    return Extraction(
        RawText("made.txt", text, f"{size:064x}", "utf-8"),
        (FramedDocument("d1", Frame(title="报告", period="2024"), Span(0, len(text))),),
        tuple(sentences),
        entities,
        statements=statements,
    )


def write_pages(
    extractions: Sequence[Extraction], folder: Path, modules: Path
) -> tuple[Path, Path]:
    """The explorer's page of what was extracted, and the peer's."""
    merged = merge(extractions)
    ours, peers = folder / "graph.html", folder / "sigma.html"
    draw(merged, {e.raw.sha256: e.raw.text for e in extractions}, ours)
    # on a sunflower: places that cost nothing to find and leave nothing hidden
    nodes = [
        {
            "id": thing.key,
            "label": thing.name,
            "x": round(30 * sqrt(n) * cos(2.4 * n)),
            "y": round(30 * sqrt(n) * sin(2.4 * n)),
            "size": 4,
            "color": "#3f6fb5",
        }
        for n, thing in enumerate(merged.things)
    ]
    edges = [(claim.subject, claim.object) for claim in merged.claims]
    data = json.dumps({"nodes": nodes, "edges": edges}).replace("</", "<\\/")
    scripts = "".join(
        f"<script>{(modules / name).read_text(encoding='utf-8')}</script>"
        for name in SCRIPTS
    )
    peers.write_text(SIGMA.format(scripts=scripts, data=data), encoding="utf-8")
    return ours, peers


def opened(browser: Browser, file: Path) -> tuple[Page, float]:
    """A page, and the milliseconds from asking for it until it is drawn."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(file.as_uri())
    page.wait_for_selector("[data-ready]", state="attached")
    return page, float(page.evaluate(DRAWN))


def panning(page: Page) -> float:
    """The 95th percentile of frames while the picture is dragged."""
    page.mouse.move(560, 300)
    page.mouse.down()
    page.evaluate(FRAMES)
    given_up = monotonic() + LONGEST
    for step in range(STEPS):
        page.mouse.move(560 + 2 * step, 300 + step)
        page.evaluate("new Promise(requestAnimationFrame)")
        if monotonic() > given_up:
            break
    frames = page.evaluate("(cancelAnimationFrame(running_), frames_)")
    page.mouse.up()
    frames.sort()
    return float(frames[int(len(frames) * 0.95)])


def timed(browser: Browser, file: Path, chosen: Sequence[object], rounds: int) -> Timed:
    """Medians over some rounds, each in a page of its own.

    Args:
        browser: A running Chromium.
        file: The page.
        chosen: Things to choose one after the other.
        rounds: How often.
    """
    results: list[tuple[float, float, float]] = []
    for _ in range(rounds):
        page, opening = opened(browser, file)
        if file.stem == "graph":
            page.evaluate("void (window.choose = look)")
        choosing = median(float(page.evaluate(CHOOSE, thing)) for thing in chosen)
        page.close()
        page, _ = opened(browser, file)
        results.append((opening, panning(page), choosing))
        page.close()
    return Timed(*(median(column) for column in zip(*results, strict=True)))


def fetched(folder: Path) -> Path:
    """The peer's modules, from npm."""
    command = ["npm", "install", "--silent", "--no-save", "--prefix", str(folder)]
    subprocess.run([*command, *PEER], check=True)  # noqa: S603 - a command of ours
    return folder / "node_modules"


def rows_of(things: int, ours: Timed, peers: Timed) -> list[Row]:
    """What is told of one size; the targets are those of bench/README.md."""
    limits = {1_000: (1.5, 150.0), 10_000: (1.0, None), 30_000: (None, 300.0)}
    # one more than was asked for: the report is a thing, too
    opening, choosing = limits.get(things // 1_000 * 1_000, (None, None))
    return [
        Row(
            name=f"opening a graph of {things:,} things",
            value=ours.opening,
            unit="ms",
            ratio=ours.opening / peers.opening,
            peer="the time of sigma.js",
            at_most=opening,
        ),
        Row(
            name=f"a frame while {things:,} things are dragged",
            value=ours.panning,
            unit="ms",
            at_most=100.0 if things // 1_000 == 3 else None,  # noqa: PLR2004 - thousands
        ),
        Row(
            name=f"showing a choice among {things:,} things",
            value=ours.choosing,
            unit="ms",
            at_most=choosing,
        ),
    ]


def main() -> int:
    """Print the times of both pages."""
    known = parser(__doc__)
    known.add_argument("--rounds", type=int, default=ROUNDS)
    known.add_argument("--peer", type=Path, metavar="FOLDER")
    known.add_argument("--only", type=int, action="append", metavar="N")
    options = known.parse_args()
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        known.error(f"none of these is installed: {', '.join(PROGRAMS)}")
    sizes = options.only or SIZES
    print(f"{'':<8}{'things':>8}{'relations':>11}{'MB':>7}", end="")
    print(f"{'open ms':>17}{'pan ms':>15}{'choose ms':>17}   explorer / sigma.js")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        modules = options.peer / "node_modules" if options.peer else fetched(folder)
        browser = playwright.chromium.launch(
            executable_path=program, args=list(ARGUMENTS)
        )
        for size in (0, *sizes):
            if size:
                extractions: Sequence[Extraction] = (made(size),)
            else:
                extractions = pipeline.collect([shipped("seeds")]).extractions
            ours, peers = write_pages(extractions, folder, modules)
            merged = merge(extractions)
            count = len(merged.things)
            chosen = [0, 5, 20, 80, 200]
            keys = [merged.things[n % count].key for n in chosen]
            one = timed(browser, ours, chosen, options.rounds)
            other = timed(browser, peers, keys, options.rounds)
            rows += rows_of(count, one, other)
            print(
                f"{f'{size:,}' if size else 'seeds':<8}"
                f"{count:>8,}{len(merged.claims):>11,}"
                f"{ours.stat().st_size / 1e6:>7.1f}"
                f"{one.opening:>9,.0f} /{other.opening:>6,.0f}"
                f"{one.panning:>8,.0f} /{other.panning:>5,.0f}"
                f"{one.choosing:>9,.0f} /{other.choosing:>6,.0f}",
                flush=True,
            )
        browser.close()
    return tell(rows, options.json)


if __name__ == "__main__":
    sys.exit(main())
