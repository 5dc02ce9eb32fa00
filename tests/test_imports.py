"""What is loaded when: starting is quick, because heavy libraries wait."""

from __future__ import annotations

import subprocess
import sys

import pytest

import zhengpu

HEAVY = {
    "jieba",
    "rjieba",
    "rdflib",
    "pyoxigraph",
    "pyshacl",
    "networkx",
    "pyvis",
    "jinja2",
    "pdfplumber",
    "trafilatura",
    "docx",
    "lxml",
    "pypinyin",
    "ahocorasick_rs",
    "rich",
}
SHOW = "import sys; print(*sys.modules, file=sys.stderr)"


def loaded(code: str) -> set[str]:
    """The modules that are there after the code has run."""
    finished = subprocess.run(
        [sys.executable, "-c", f"{code}; {SHOW}"],
        capture_output=True,
        check=True,
        text=True,
    )
    return set(finished.stderr.split())


@pytest.mark.parametrize(
    "code",
    [
        "import zhengpu",
        "import zhengpu; zhengpu.__version__",
        "import zhengpu.cli",
        "from zhengpu.cli import run; run(['--help'])",
        "from zhengpu.cli import run; run(['build', '--help', '--lang', 'zh'])",
        "from zhengpu.cli import run; run(['query', '--format', 'x'])",
    ],
)
def test_nothing_heavy_is_loaded_by(code: str) -> None:
    assert loaded(code) & HEAVY == set()


@pytest.mark.parametrize(
    ("code", "most"),
    [
        ("import zhengpu", 60),
        ("from zhengpu.cli import run; run(['--help'])", 250),
    ],
)
def test_starting_loads_few_modules(code: str, most: int) -> None:
    """Their number, since a clock would measure what else the machine does."""
    assert len(loaded(code) - loaded("pass")) < most


def test_public_names_are_loaded_when_they_are_used() -> None:
    assert set(dir(zhengpu)) == set(zhengpu.__all__)
    for name in zhengpu.__all__:
        assert getattr(zhengpu, name) is not None


def test_another_name_is_an_error_as_usual() -> None:
    with pytest.raises(AttributeError, match="no attribute 'bild'"):
        _ = zhengpu.bild


def test_what_reads_texts_is_loaded_with_the_first_text() -> None:
    """A build that nothing has changed starts in half the time for that."""
    reads = {"zhengpu.stages", "zhengpu.text.framing", "zhengpu.extraction.mentions"}
    assert loaded("import zhengpu.api") & reads == set()
    code = "from zhengpu.taking import extracted; from zhengpu.model import RawText"
    assert reads <= loaded(f"{code}; extracted(RawText('a.txt', '', '', ''))")
