"""What the pages say is so: commands run, what they show comes out, links lead on.

In README.md, CONTRIBUTING.md and docs/ a fenced block with `sh` or `console` is run
in a folder that holds the sample reports and a build of them; in `console`, lines
that begin with `$ ` are commands and the others what they print, where digits and
spaces may differ and lines may be missing. A block is left out by `not-run="reason"`
behind its language. Blocks with `python` are run, those with `toml` are read.
With ZHENGPU_WRITE_DOCS=1 the digits of what pages show are brought up to date.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhengpu.cli import COMMANDS
from zhengpu.extraction import sayings
from zhengpu.graph.corrections_file import read as read_corrections
from zhengpu.knowledge.rulebook import Finder, read_rules, rulebook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
CHECKOUT = ("bench", "seeds", "src", "tests", "tools", "pyproject.toml")
"""What a page finds beside its build: the checkout that its reader has."""
GOVERNMENTS = ("batch-a/province_gov.txt", "batch-d/dangyang_gov_2025.txt")
"""Reports with the indicators of governments, which the samples lack."""

_FENCE = re.compile(
    r"^(?P<indent> *)(?P<fence>`{3,})(?P<language>\w*) *(?P<info>[^\n]*)\n"
    r"(?P<text>.*?)^ *(?P=fence) *$",
    re.DOTALL | re.MULTILINE,
)
_REASON = re.compile(r'not-run="([^"]+)"')
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`zhengpu ([a-z]+)([^`]*)`")
_INDENTED = re.compile(
    r"^(?: {4}|\t)(?:\$ )?(?:zhengpu|make|pip|python|git) ", re.MULTILINE
)
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page."""

    page: Path
    line: int
    language: str
    info: str
    text: str

    @property
    def runs(self) -> bool:
        """Whether it holds commands or a script, and no reason against them."""
        return self.language in {"sh", "console", "python"} and (
            "not-run" not in self.info
        )

    @property
    def where(self) -> str:
        """Page and line, for messages."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks_of(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    for m in _FENCE.finditer(text):
        line = text.count("\n", 0, m.start()) + 1
        inside = textwrap.dedent(m["text"])
        yield Block(page, line, m["language"], m["info"], inside)


BLOCKS = [block for page in PAGES for block in blocks_of(page)]


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# ------------------------------------------------------------------- commands


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample reports and a build of them."""
    folder = tmp_path_factory.mktemp("docs") / "samples"
    for reports in ("my-reports", "reports"):
        shutil.copytree(ROOT / "seeds", folder / reports)
    for report in GOVERNMENTS:
        shutil.copy(ROOT / "tests" / "reports" / report, folder / "reports")
    for part in CHECKOUT:
        (folder / part).symlink_to(ROOT / part)
    shell("zhengpu build my-reports -o output", folder)
    shutil.copytree(folder / "output", folder / "output-old")
    return folder


def shell(script: str, folder: Path, language: str = "C.UTF-8") -> str:
    """What a script prints, once it has ended well."""
    own = {
        "HOME": str(folder),
        "LANG": language,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANGU"))}
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env=kept | own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}"
    return done.stdout


def run(block: Block, folder: Path) -> None:
    """Run what a block holds, and compare what it shows."""
    language = "zh_CN.UTF-8" if block.page.name.endswith(".zh.md") else "C.UTF-8"
    if block.language == "python":
        (folder / "example.py").write_text(block.text, encoding="utf-8")
        shell("python example.py", folder, language)
    elif block.language == "sh":
        shell(block.text, folder, language)
    else:
        for command, shown in steps(block.text):
            printed = shell(command, folder, language)
            missing = not_printed(shown, printed)
            assert not missing, f"{block.where}: $ {command}\n{missing}\n{printed}"
            if os.environ.get("ZHENGPU_WRITE_DOCS"):
                rewrite(block.page, shown, printed)


def rewrite(page: Path, shown: list[str], printed: str) -> None:
    """Put what was printed in the place of what a page shows, line by line."""
    now = {loosely(line): line.rstrip() for line in reversed(printed.splitlines())}
    new = [now.get(loosely(line), line) if line.strip() else line for line in shown]
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text.replace("\n".join(shown), "\n".join(new)) if shown else text,
        encoding="utf-8",
    )


def steps(text: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of a console, each with the lines that it shows."""
    command, shown = "", list[str]()
    for line in text.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:], []
        else:
            shown.append(line)
    if command:
        yield command, shown


def not_printed(shown: list[str], printed: str) -> str | None:
    """The first line that is shown and was not printed, in this order."""
    lines = iter([loosely(line) for line in printed.splitlines()])
    for line in filter(None, map(loosely, shown)):
        if line != "…" and not any(line.rstrip("… ") in other for other in lines):
            return line
    return None


def loosely(line: str) -> str:
    """A line without what may differ: its digits, spaces and rules of tables."""
    return " ".join(re.sub(r"\d+(?:[.,]\d+)*", "0", line).replace("─", "").split())


def test_a_missing_line_is_noticed() -> None:
    """The comparison of what pages show can fail."""
    assert not_printed(["a 12", "…", "b"], "a   7\nx\nb\n") is None
    assert not_printed(["b", "a"], "a\nb\n") == "a"


RUNNING = [page for page in PAGES if any(b.runs for b in BLOCKS if b.page == page)]
TRANSLATED = [p for p in RUNNING if p.with_name(f"{p.stem}.zh.md") in RUNNING]
SELDOM = frozenset() if os.environ.get("ZHENGPU_SLOW") else {DOCS / "tutorial.zh.md"}
"""Pages that are run only where ZHENGPU_SLOW is set."""


def commands_of(page: Path) -> list[str]:
    """All that a page has one type, without comments."""
    found: list[str] = []
    for block in BLOCKS:
        if block.page == page and block.runs and block.language == "console":
            found += [command for command, _ in steps(block.text)]
        elif block.page == page and block.runs:
            found += [
                line.partition("#")[0].strip() for line in block.text.splitlines()
            ]
    return found


@pytest.mark.parametrize("page", TRANSLATED, ids=name)
def test_a_page_in_chinese_has_the_commands_of_the_english_one(page: Path) -> None:
    assert commands_of(page.with_name(f"{page.stem}.zh.md")) == commands_of(page)


@pytest.mark.slow
@pytest.mark.parametrize("file", [p for p in RUNNING if p not in SELDOM], ids=name)
def test_the_commands_of_a_page_do_what_it_says(
    file: Path, samples: Path, tmp_path: Path, needs: Callable[[str], str]
) -> None:
    """They run one after the other in a folder of the page's own."""
    blocks = [block for block in BLOCKS if block.page == file and block.runs]
    if any("soffice" in block.text for block in blocks):
        needs("office")
    folder = tmp_path / "here"
    shutil.copytree(samples, folder, symlinks=True)
    for block in blocks:
        run(block, folder)


def test_a_block_that_is_not_run_says_why() -> None:
    for block in BLOCKS:
        if "not-run" in block.info:
            assert _REASON.search(block.info), block.where


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_commands_stand_in_blocks_that_are_run(file: Path) -> None:
    """An indented block would not be seen."""
    assert _INDENTED.findall(prose(file)) == []


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_commands_and_options_that_a_page_names_exist(file: Path) -> None:
    known = {command.name: command for command in COMMANDS}
    for command, rest in _CODE.findall(prose(file)):
        assert command in known, command
        options = {
            o for p in known[command].params for o in (*p.opts, *p.secondary_opts)
        }
        named = set(re.findall(r"(?<= )--[a-z-]+", rest))
        assert named <= options | {"--help", "--lang"}, command


# ----------------------------------------------------------------- other blocks


TOML = [block for block in BLOCKS if block.language == "toml"]


@pytest.mark.parametrize("block", TOML, ids=lambda block: block.where)
def test_toml_is_well_formed(block: Block, tmp_path: Path) -> None:
    """Rules and corrections are read as the program reads them."""
    keys = tomllib.loads(block.text)
    file = tmp_path / "page.toml"
    file.write_text(block.text, encoding="utf-8")
    if "rule" in keys:
        assert read_rules(file)
    else:
        assert read_corrections(file).entries


NEW_RULES = [b for b in TOML if "[[rule]]" in b.text and "new-phrase" in b.page.name]


@pytest.mark.parametrize("block", NEW_RULES, ids=lambda block: block.where)
def test_the_rule_that_is_shown_gives_what_its_examples_say(
    block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if it had been added to relations.toml."""
    from test_rules import agree, given  # noqa: PLC0415 - conftest finds it first

    file = tmp_path / "relations.toml"
    file.write_text(block.text, encoding="utf-8")
    rules = read_rules(file)
    shipped = [rule for book in sayings.BOOKS for rule in rulebook(book)]
    every = Finder((*rules, *shipped))
    monkeypatch.setattr(sayings, "finder", lambda *_: every)
    for rule in rules:
        for example in rule.keys["examples"]:
            agree(rule, example)
        home = rule.keys["examples"][0]
        for text in rule.keys["rejects"]:
            assert given(rule, text, home["place"], home["body"]) == []


# ------------------------------------------------------------------------ links


def slugs(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ +(.+?) *$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_links_lead_to_what_exists(file: Path) -> None:
    for link in _LINK.findall(prose(file)):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (file.parent / path).resolve() if path else file
        assert target.exists(), link
        assert not anchor or anchor in slugs(target), link


def linked(page: Path) -> set[Path]:
    """The files that a page links to."""
    local = (link for link in _LINK.findall(prose(page)) if "://" not in link)
    return {(page.parent / link.partition("#")[0]).resolve() for link in local}


def test_the_index_leads_to_every_page() -> None:
    pages = {page.resolve() for page in DOCS.rglob("*.md")} - {DOCS / "index.md"}
    assert pages - linked(DOCS / "index.md") == set()


def test_the_two_readmes_link_to_each_other() -> None:
    assert (ROOT / "README.zh.md") in linked(ROOT / "README.md")
    assert (ROOT / "README.md") in linked(ROOT / "README.zh.md")


# ---------------------------------------------------------------------- figures


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_measured_figures_are_those_of_the_page_they_come_from(readme: str) -> None:
    """A row links to the page that it takes its figures from."""
    rows = re.findall(
        r"^\|([^|]+)\|([^|]+)\|.*?\]\(((?:bench|tests|docs)/[^)]+)\).*?\|$",
        (ROOT / readme).read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert len(rows) > 5
    for what, figures, source in rows:
        page = (ROOT / source).read_text(encoding="utf-8")
        for figure in _FIGURE.findall(figures):
            assert re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d)", page), what


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_speed_and_memory_are_those_that_make_bench_wrote(readme: str) -> None:
    """What every machine can measure again is not copied from an older run."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if "(bench/results.md)" in line]
    assert len(rows) >= 3
    assert any("`jieba.posseg.lcut`" in row for row in rows)
    assert any(re.search(r"\d MB", row) for row in rows)
