"""How long the explorer's page takes to open in Chromium.

    python bench/explorer.py

The shipped reports, and graphs made of so many things with twice as many
relations; beside each a bare page of vis-network, the library that draws, with
the same things and relations in given places. The bare page draws them all; the
explorer draws at most `drawing.CAP` of them and holds the rest to be searched.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from math import cos, sin, sqrt
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pyvis
from playwright.sync_api import sync_playwright

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
from zhengpu.use.drawing import VIS, draw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

SIZES = (1_000, 3_000, 10_000)
ROUNDS = 5
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
)
SCRIPT = Path(pyvis.__file__).parent / "templates" / "lib" / VIS
DRAWN = """new Promise((done) => requestAnimationFrame(() =>
  setTimeout(() => done(performance.now()))))"""
BARE = """<!doctype html><meta charset="utf-8"><title>bare</title>
<div id="network" style="height: 880px"></div><script>{script}</script><script>
const data = {data};
new vis.Network(document.getElementById("network"), data, {{
  physics: false, layout: {{improvedLayout: false}}, edges: {{smooth: false}},
  nodes: {{shape: "dot"}},
}}).once("afterDrawing", () => document.body.setAttribute("data-ready", ""));
</script>"""


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


def write_pages(extractions: Sequence[Extraction], folder: Path) -> tuple[Path, Path]:
    """The explorer's page of what was extracted, and the bare one."""
    merged = merge(extractions)
    ours, bare = folder / "graph.html", folder / "bare.html"
    draw(merged, {e.raw.sha256: e.raw.text for e in extractions}, ours)
    # on a sunflower: places that cost nothing to find and leave nothing hidden
    nodes = [
        {
            "id": thing.key,
            "label": thing.name,
            "x": 30 * sqrt(n) * cos(2.4 * n),
            "y": 30 * sqrt(n) * sin(2.4 * n),
        }
        for n, thing in enumerate(merged.things)
    ]
    edges = [{"from": claim.subject, "to": claim.object} for claim in merged.claims]
    data = json.dumps({"nodes": nodes, "edges": edges}).replace("</", "<\\/")
    script = SCRIPT.read_text(encoding="utf-8").replace("</script", "<\\/script")
    bare.write_text(BARE.format(script=script, data=data), encoding="utf-8")
    return ours, bare


def opening(browser: Browser, page_file: Path, rounds: int) -> float:
    """Median milliseconds from asking for a page until it is drawn."""
    lasting = []
    for _ in range(rounds):
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(page_file.as_uri())
        page.wait_for_selector("[data-ready]", state="attached")
        lasting.append(float(page.evaluate(DRAWN)))
        page.close()
    return median(lasting)


def main() -> int:
    """Print the opening times."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        parser.error(f"none of these is installed: {', '.join(PROGRAMS)}")
    graphs = {"seeds": pipeline.collect([shipped("seeds")]).extractions}
    graphs |= {f"{size:,}": (made(size),) for size in SIZES}
    print(f"{'':<8}{'things':>8}{'relations':>11}{'KB':>8}", end="")
    print(f"{'explorer ms':>13}{'bare ms':>10}{'ratio':>7}")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=list(ARGUMENTS)
        )
        for name, extractions in graphs.items():
            ours, bare = write_pages(extractions, Path(scratch))
            merged = merge(extractions)
            times = [opening(browser, page, rounds) for page in (ours, bare)]
            print(
                f"{name:<8}{len(merged.things):>8,}{len(merged.claims):>11,}"
                f"{ours.stat().st_size / 1e3:>8,.0f}"
                f"{times[0]:>13,.0f}{times[1]:>10,.0f}{times[0] / times[1]:>7.2f}",
                flush=True,
            )
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
