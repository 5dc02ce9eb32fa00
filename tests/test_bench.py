"""What the benchmarks share, and the results that are checked in."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "bench"))
import everything
import timing
from everything import BENCHMARKS, RESULTS, Benchmark
from timing import Row

BENCH = Path(everything.__file__).parent
ROW = re.compile(r"^\| (.+?) \| (.+?) \| (.*?) \| ?(.*?) ?\|$", re.MULTILINE)
VERDICT = re.compile(r"([≥≤]) ([\d.]+): (met|MISSED)")
SHARED = {"timing", "texts", "everything"}


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (Row(name="a", value=9.0, unit="s"), ""),
        (Row(name="a", value=9.0, unit="s", at_most=9), "≤ 9: met"),
        (Row(name="a", value=9.0, unit="s", at_least=10), "≥ 10: MISSED"),
        (Row(name="a", value=9.0, unit="s", ratio=3.1, at_most=3), "≤ 3: MISSED"),
        (Row(name="a", value=1.0, unit="s", ratio=1.5, at_least=1.5), "≥ 1.5: met"),
    ],
)
def test_a_target_is_one_of_the_ratio_where_there_is_one(
    row: Row, verdict: str
) -> None:
    assert row.verdict == verdict


@pytest.mark.parametrize(
    ("value", "figure"),
    [(3297, "3,297 x"), (106_961.3, "107,000 x"), (1.234, "1.23 x"), (16.66, "16.7 x")],
)
def test_counts_are_told_in_full_and_measures_to_three_digits(
    value: float, figure: str
) -> None:
    assert Row(name="a", value=value, unit="x").figure == figure


def test_rows_are_handed_over_as_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        Row(name="fast", value=2.5, unit="s", ratio=0.5, peer="p", at_most=1),
        Row(name="slow", value=7, unit="s", at_most=5),
    ]
    assert timing.tell(rows, tmp_path / "rows.json") == 1
    assert timing.told(tmp_path / "rows.json") == rows
    assert "MISSED" in capsys.readouterr().out
    assert timing.tell(rows[:1], None) == 0


def test_the_time_of_children_is_told() -> None:
    usage = timing.child("-c", "x = bytes(50_000_000); sum(range(300_000))")
    assert usage.processor > 0
    assert usage.megabytes > 50
    with pytest.raises(SystemExit, match="no such thing"):
        timing.child("-c", "raise SystemExit('no such thing')")


def test_what_is_lacking_is_said_and_what_breaks_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "broken.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.setattr(everything, "HERE", tmp_path)
    without = Benchmark("A", "broken", packages=("no_such_package",))
    assert everything.measured(without) == "skipped: needs no_such_package"
    neither = Benchmark("A", "broken", programs=(("no-such-a", "no-such-b"),))
    assert everything.measured(neither) == "skipped: needs no-such-a or no-such-b"
    assert everything.measured(Benchmark("A", "broken")) == "failed with code 3"


def test_every_script_is_run_or_told_of_in_the_readme() -> None:
    scripts = {path.stem for path in BENCH.glob("*.py")} - SHARED
    assert {benchmark.script for benchmark in BENCHMARKS} <= scripts
    told = (BENCH / "README.md").read_text(encoding="utf-8")
    assert [name for name in scripts if f"bench/{name}.py" not in told] == []


def test_the_results_tell_of_every_benchmark() -> None:
    text = RESULTS.read_text(encoding="utf-8")
    titles = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert titles == [benchmark.title for benchmark in BENCHMARKS]
    assert "failed" not in text.lower()


def test_the_results_say_met_of_what_is_met() -> None:
    """Of the ratio, where there is one, else of what was measured."""
    judged = 0
    for _, figure, beside, verdict in ROW.findall(RESULTS.read_text(encoding="utf-8")):
        if found := VERDICT.fullmatch(verdict):
            value = float((beside or figure).partition(" ")[0].replace(",", ""))
            limit = float(found[2])
            met = value >= limit if found[1] == "≥" else value <= limit
            assert met == (found[3] == "met"), figure
            judged += 1
    assert judged > 5


def test_the_results_name_no_host_and_no_path() -> None:
    text = RESULTS.read_text(encoding="utf-8")
    assert re.findall(r"://|(?<![\w`])/\w+/", text) == []
