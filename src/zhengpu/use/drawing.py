"""The explorer: a build as one HTML page that works offline.

The picture is a network of pyvis and is drawn by the vis-network that pyvis
brings along, in a page of our own: nothing is fetched, no script but those
whose digests the page names can run, and names and sentences are data only.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyvis
from jinja2 import Environment, FileSystemLoader
from pyvis.network import Network

from zhengpu.model import EntityType
from zhengpu.settings import BASE_IRI
from zhengpu.use.drawn import Content, drawn
from zhengpu.use.labels import TEMPLATES
from zhengpu.use.layout import Layout, Picture, lay_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhengpu.graph.merged import Merged

CAP: Final = 2_000
"""Things in the picture at most; the others are found by searching."""
MANY: Final = 2_000
"""Lines above which they are left out while the picture moves."""
SCRIPTS: Final = (
    "words",
    "knowledge",
    "view",
    "stage",
    "labels",
    "focus",
    "panel",
    "overview",
    "thing",
    "reading",
    "table",
    "filters",
    "search",
    "pen",
    "export",
    "main",
)
"""The page's own scripts, in the order in which they need one another."""
OPTIONS: Final[dict[str, dict[str, object]]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {
        "shape": "dot",
        "borderWidth": 0,
        "chosen": False,
        "labelHighlightBold": False,
    },
    "edges": {
        "smooth": False,
        "chosen": False,
        "width": 1,
        "selectionWidth": 0,
        "hoverWidth": 0,
    },
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "hoverConnectedEdges": False,
        "selectable": False,
        "tooltipDelay": 100_000_000,
        "zoomSpeed": 0.6,
    },
}
"""Of vis-network; everything else about the look lies in the page's scripts."""
VIS: Final = "vis-9.1.2/vis-network.min.js"


def draw(
    merged: Merged, texts: Mapping[str, str], path: Path, *, base: str = BASE_IRI
) -> None:
    """Write the explorer's page of a build.

    Args:
        merged: What the files say together.
        texts: Source text by the file's sha256, for reading facts in place.
        path: The HTML file to write.
        base: Under whose `id/` the things lie.

    Raises:
        OSError: The file cannot be written.
    """
    # pyvis would write in the locale's encoding
    html = page(merged, texts, base=base)
    path.write_text(html, encoding="utf-8", newline="\n")


def page(merged: Merged, texts: Mapping[str, str], *, base: str = BASE_IRI) -> str:
    """The explorer's page of a build: the same build gives the same page.

    Args:
        merged: What the files say together.
        texts: Source text by the file's sha256.
        base: Under whose `id/` the things lie.
    """
    return rendered(drawn(merged, texts, base=base))


def rendered(content: Content) -> str:
    """The explorer's page of what `drawn` gives."""
    things, homes = content["things"], content["homeOf"]
    pairs = sorted({(min(c[1], c[3]), max(c[1], c[3])) for c in content["claims"]})
    radii = _radii(len(things), pairs)
    count = len(radii)
    kinds = [list(EntityType).index(thing[1]) for thing in things[:count]]
    pairs = [(a, b) for a, b in pairs if b < count]
    used = sorted(set(homes[:count]))
    inside = [used.index(home) for home in homes[:count]]
    layout = lay_out(Picture(radii, kinds, inside, pairs))
    discs = [
        [home, disc.x, disc.y, disc.r]
        for home, disc in zip(used, layout.homes, strict=True)
    ]
    communities = [[disc.x, disc.y, disc.r] for disc in layout.communities]
    network = _network(layout, radii, pairs)
    network.heading = _title(content)
    network.templateEnv.globals.update(
        _parts(content | {"discs": discs, "communities": communities})
    )
    return str(network.generate_html())


def _title(content: Content) -> str:
    """The places with most reports, for the window's title."""
    rows = content["things"]
    counts = Counter(report[4] for report in content["reports"] if report[4] >= 0)
    places = sorted(counts, key=lambda place: (-counts[place], rows[place][0]))
    told = "、".join(rows[place][2] for place in places[:3])
    return " · ".join(filter(None, ("政谱", told)))


def _radii(count: int, pairs: list[tuple[int, int]]) -> list[float]:
    """Of the things in the picture, by how many others each is tied to."""
    ties = [0] * count
    for one, other in pairs:
        ties[one] += 1
        ties[other] += 1
    return [round(min(4.5 + 1.8 * sqrt(tied), 24), 1) for tied in ties[:CAP]]


def _network(
    layout: Layout, radii: list[float], pairs: list[tuple[int, int]]
) -> Network:
    """The picture as a network of pyvis, with our template."""
    network = Network(directed=True)
    for i, ((x, y), radius) in enumerate(zip(layout.points, radii, strict=True)):
        network.add_node(i, label=" ", x=x, y=y, size=radius)
    # add_edge looks both ends up here, each time
    network.node_ids = range(len(radii))
    for one, other in pairs:
        network.add_edge(one, other)
    for item in (*network.nodes, *network.edges):
        for said_elsewhere in ("label", "shape", "color", "arrows"):
            item.pop(said_elsewhere, None)
    busy = len(pairs) > MANY
    moving = {"hideEdgesOnDrag": busy, "hideEdgesOnZoom": busy}
    options = OPTIONS | {"interaction": OPTIONS["interaction"] | moving}
    network.set_options(json.dumps(options))
    network.set_template_dir(str(TEMPLATES.parent), "explorer.html")
    network.templateEnv = Environment(  # pyvis's own escapes nothing
        loader=FileSystemLoader(TEMPLATES.parent, encoding="utf-8"),
        autoescape=True,
        keep_trailing_newline=True,
    )
    return network


def _parts(content: Content) -> dict[str, str | list[str]]:
    """What the template puts into the page beside the network, as it is."""
    vis = _text(Path(pyvis.__file__).parent / "templates" / "lib" / VIS)
    vis = re.sub(r"\n//# sourceMappingURL=.*", "", vis)  # would be fetched
    own = [_text(TEMPLATES / f"{name}.js") for name in SCRIPTS]
    script = '"use strict";\n' + "\n".join(own)
    style = _text(TEMPLATES.parent / "explorer.css")
    words = _text(TEMPLATES / "words.tsv")
    return {
        "vis_script": vis,
        "own_script": script,
        "style": style,
        "script_digests": [_digest(vis), _digest(script)],
        "style_digests": [_digest(style)],
        "knowledge": escaped(content),
        "words": escaped([line.split("\t") for line in words.splitlines()[1:]]),
    }


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """The source expression by which a policy allows a script or style."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def escaped(content: object) -> str:
    r"""JSON that may stand in an HTML script element, whatever it holds.

    >>> print(escaped(["</script><!-- & 协商\u2028"]))
    ["\u003c/script\u003e\u003c!-- \u0026 协商\u2028"]
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    risky = re.compile("[&<>\u007f-\u009f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
    return risky.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
