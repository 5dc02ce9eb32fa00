"""The command line as its user meets it."""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import re
import resource
import runpy
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

import zhengpu
from zhengpu import api
from zhengpu.cli import program, run
from zhengpu.commands.asking import EXPORTS
from zhengpu.messages import catalogue
from zhengpu.settings import PACKAGE, shipped
from zhengpu.terminal import show_line, tame, width, wrapped
from zhengpu.use.exporting import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent
SEED = min(shipped("seeds").glob("*.txt"))
COMMANDS = list(program.commands)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' locale, and a terminal of fixed width."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five samples built by the real command, with everything."""
    output = tmp_path_factory.mktemp("seeds") / "output"
    finished = command(["build", str(shipped("seeds")), "-o", str(output)])
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr == ""
    assert f"picture  {output / 'graph.html'}" in finished.stdout
    return output


def command(
    arguments: Sequence[str], **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "zhengpu", *arguments],
        env={**os.environ, "LC_ALL": "en_GB.UTF-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def unmeasured() -> dict[str, str]:
    """The environment of a process that cannot write coverage's file to its end."""
    hidden = "COVERAGE_PROCESS_CONFIG"
    return {name: value for name, value in os.environ.items() if name != hidden}


def error_of(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on standard error; nothing else was printed."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith(("error: ", "错误："))
    assert "Traceback" not in err
    return err


# -- help and language --


@pytest.mark.parametrize("name", ["", *COMMANDS])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_help_in_both_languages(
    capsys: pytest.CaptureFixture[str], name: str, language: str
) -> None:
    assert run([*filter(None, [name]), "--help", "--lang", language]) == 0
    out = capsys.readouterr().out
    assert ("用法：" in out) == (language == "zh")
    assert not re.search(r"\bhelp-[a-z]", out), "a message is missing"
    assert all(width(line) <= 88 for line in out.splitlines())
    chinese = re.search("[\u4e00-\u9fff]", out)
    assert (chinese is not None) == (language == "zh")


def test_without_a_command_the_help_is_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run([]) == 0
    without = capsys.readouterr().out
    assert run(["--help"]) == 0
    assert capsys.readouterr().out == without
    assert all(f"  {name} " in without for name in COMMANDS)


def test_the_version_is_that_of_the_package(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"zhengpu {zhengpu.__version__}\n"


@pytest.mark.parametrize(
    ("environment", "chinese"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_GB"}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.GB18030"}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, False),
        ({"LC_ALL": "C"}, False),
        ({"LC_ALL": "de_DE.UTF-8"}, False),
    ],
)
def test_the_language_is_that_of_the_locale(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    environment: dict[str, str],
    chinese: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run(["build", "/nowhere"]) == 2
    assert error_of(capsys).startswith("错误：" if chinese else "error: ")


def test_the_command_reference_is_up_to_date() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "make_commands.py"))
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == made["reference"](), "run make docs"


def test_the_list_of_modules_is_up_to_date() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "make_architecture.py"))
    written = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert written == made["page"](), "run make docs"


# -- messages --


def test_messages_are_sorted_and_in_both_languages() -> None:
    lines = (PACKAGE / "messages.tsv").read_text(encoding="utf-8").splitlines()
    codes = [line.split("\t")[0] for line in lines[1:]]
    assert codes == sorted(set(codes))
    for code, texts in catalogue().items():
        assert texts["zh"], code
        assert texts["en"], code
        holes = [set(re.findall(r"\{(\w+)\}", text)) for text in texts.values()]
        assert holes[0] == holes[1], code


def test_every_code_that_is_raised_or_found_has_a_message() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        for code in codes_in(ast.parse(path.read_text(encoding="utf-8"))):
            assert code in catalogue(), f"{path.name}: {code}"


def codes_in(tree: ast.AST) -> set[str]:
    """What is passed to errors and findings as their code."""
    places = {"Finding": 2, "say": 0}
    found = set()
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            place = 0 if name.endswith("Error") else places.get(name)
            if place is not None and len(call.args) > place:
                argument = call.args[place]
                if isinstance(argument, ast.Constant) and name not in dir(__builtins__):
                    found.add(argument.value)
    return {code for code in found if isinstance(code, str)}


# -- calls that are wrong --


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bild"], "bild"),
        (["build"], "PATH..."),
        (["build", "--fast", "x"], "--fast"),
        (["build", "--workers", "0", "x"], "--workers"),
        (["build", "--workers", "many", "x"], "--workers"),
        (["build", "/nowhere"], "/nowhere"),
        (["extract"], "FILE"),
        (["extract", "/nowhere.txt"], "/nowhere.txt"),
        (["extract", str(SEED), "--format", "xml"], "json, table"),
        (["extract", str(SEED), "another"], "another"),
        (["query"], "--list"),
        (["query", "-e", "ASK {}", "--name", "awards"], "--list"),
        (["query", "/nowhere.rq"], "/nowhere.rq"),
        (["query", "--name", "prizes"], "prizes"),
        (["query", "--name", "awards", "--param", "x"], "name=value"),
        (["query", "--name", "awards", "--param", "x=1"], "x"),
        (["query", "-e", "ASK {}", "--param", "x=1"], "?x"),
        (["query", "-e", "ASK {}", "--timeout", "-1"], "--timeout"),
        (["export", "--format", "xlsx"], "--format"),
        (["export"], "--format"),
        (["evaluate", "/nowhere"], "/nowhere"),
        (["--lang", "fr"], "--lang"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_wrong_call_gets_one_line_and_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str, language: str
) -> None:
    setting = [] if "--lang" in arguments else ["--lang", language]
    assert run([*arguments, *setting]) == 2
    assert words.replace("name=value", "x") in error_of(capsys)


def test_a_name_that_would_steer_the_terminal_is_tamed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["build", "/no\x1b[31m\nwhere\u202e"]) == 2
    error = error_of(capsys)
    assert "\\x1b[31m" in error
    assert "\\u202e" in error


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "-e", "ASK {}"],
        ["explain", "x"],
        ["validate"],
        ["export", "--format", "nt"],
        ["draw"],
    ],
)
def test_without_a_build_there_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run([*arguments, "-g", str(tmp_path)]) == 1
    assert str(tmp_path) in error_of(capsys)


def test_an_error_of_ours_is_one_line_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("zhengpu.api.extract", None)
    monkeypatch.delenv("ZHENGPU_TRACEBACK", raising=False)
    assert run(["extract", str(SEED)]) == 1
    assert "TypeError" in error_of(capsys)
    monkeypatch.setenv("ZHENGPU_TRACEBACK", "1")
    with pytest.raises(TypeError):
        run(["extract", str(SEED)])


# -- build --


def test_a_build_with_a_bad_file_ends_with_code_1(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    shutil.copy(SEED, reports)
    (reports / "empty.txt").touch()
    (reports / "old.doc").touch()
    finished = command(
        ["build", str(reports), "-o", str(tmp_path / "output")],
        ZHENGPU_CACHE=str(tmp_path / "cache"),
    )
    assert finished.returncode == 1
    skipped, passed_over = finished.stderr.splitlines()
    assert skipped.startswith("skipped empty.txt: ")
    assert "soffice --headless --convert-to docx old.doc" in passed_over
    assert "1 files read, 1 skipped" in finished.stdout
    report = (tmp_path / "output" / "report.md").read_text(encoding="utf-8")
    assert "empty.txt" in report
    assert "old.doc" in report


def test_a_folder_of_bad_files_gets_their_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").touch()
    assert run(["build", str(tmp_path), "-o", str(tmp_path / "output")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(":")[0] for line in err.splitlines()] == [
        "skipped empty.txt",
        "error",
    ]
    assert not (tmp_path / "output").exists()


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    finished = subprocess.run(
        [sys.executable, "-m", "zhengpu", "build", str(SEED), "-o", str(output)],
        env=unmeasured(),
        preexec_fn=narrow,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 1
    assert finished.stdout == ""
    assert finished.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == [output]
    assert list(output.iterdir()) == []


@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupted_build_leaves_the_old_one(
    tmp_path: Path, built: Path, kill: signal.Signals, workers: str
) -> None:
    output = tmp_path / "output"
    shutil.copytree(built, output)
    before = {p: p.read_bytes() for p in sorted(output.rglob("*")) if p.is_file()}
    reports = tmp_path / "reports"
    reports.mkdir()
    text = SEED.read_text(encoding="utf-8")
    for number in range(300):
        (reports / f"{number}.txt").write_text(f"{text}{number}", encoding="utf-8")
    arguments = [str(reports), "-o", str(output), "--workers", workers]
    process = subprocess.Popen(
        [sys.executable, "-m", "zhengpu", "build", *arguments],
        env=unmeasured(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    # until its libraries are loaded, Python itself takes the interrupt
    maps = Path(f"/proc/{process.pid}/maps")
    while process.poll() is None and "pyoxigraph" not in maps.read_text("utf-8"):
        time.sleep(0.05)
    time.sleep(0.7)
    process.send_signal(kill)
    out, err = process.communicate(timeout=60)
    assert out == ""
    if kill is signal.SIGINT:
        # Python ends by the signal itself where it met a library's code just then
        assert process.returncode in {130, -signal.SIGINT}
        assert err.strip() == "error: interrupted; the old output is unchanged"
    after = {p: p.read_bytes() for p in sorted(output.rglob("*")) if p.is_file()}
    assert after == before


def test_colours_are_for_terminals_only(seeds: Path) -> None:
    plain = command(["query", "-g", str(seeds), "--name", "reports"], FORCE_COLOR="")
    assert plain.returncode == 0
    assert "\x1b" not in plain.stdout + plain.stderr


# -- extract --


def test_extract_prints_what_a_build_keeps(
    seeds: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["extract", str(SEED)]) == 0
    kept = seeds / "extractions" / f"{SEED.stem}.json"
    assert capsysbinary.readouterr().out == kept.read_bytes()


def test_extract_prints_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(SEED), "--format", "table", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert all(title in out for title in ("实体", "关系", "统计"))
    assert "阜新蒙古族自治县" in out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_extract_explains_sentence_by_sentence(
    capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert run(["extract", str(SEED), "--explain", "--lang", language]) == 0
    out = capsys.readouterr().out
    extraction = zhengpu.extract(SEED)
    for sentence in extraction.sentences:
        assert sentence.text in out
    rules = {link.mention.rule for link in extraction.mentions}
    rules |= {statement.evidence.rule for statement in extraction.statements}
    rules |= {figure.evidence.rule for figure in extraction.observations}
    assert all(f" {rule} " in out for rule in rules)
    silent = "没有规则认出什么" if language == "zh" else "no rule fired"
    assert silent in out
    assert ("— 领导 →" if language == "zh" else "— leads →") in out
    assert "\x1b" not in out
    assert all(line == line.rstrip() for line in out.splitlines())


def test_a_long_line_goes_on_below_its_beginning(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    narrow = Console(width=20, color_system=None)
    monkeypatch.setattr("zhengpu.terminal.console", lambda: narrow)
    show_line(
        "县政协全年召开常委会议，开展视察。", first="  a", indent=6, words=["视察"]
    )
    assert capsys.readouterr().out.splitlines() == [
        "  a   县政协全年召开",
        "      常委会议，开展",
        "      视察。",
    ]


def test_a_pipe_that_closes_early_is_no_error() -> None:
    finished = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m zhengpu extract {SEED} | head -c 10"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.stderr == ""


# -- reading a build --


def test_the_samples_give_what_the_main_job_promises(seeds: Path) -> None:
    finished = command(["query", "-g", str(seeds), "--name", "proposals-by-year"])
    assert finished.returncode == 0
    assert "提案" in finished.stdout
    assert "103" in finished.stdout
    report = json.loads((seeds / "report.json").read_text(encoding="utf-8"))
    assert len(report["sources"]) == 5
    assert report["skipped"] == []
    assert all(report["entities"].values())


def test_queries_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "--list", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert len(re.findall(r"^  [a-z]+(-[a-z]+)* ", out, re.MULTILINE)) >= 8
    assert "proposals-by-year" in out


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_a_query_has_formats(
    built: Path, capsysbinary: pytest.CaptureFixture[bytes], form: str
) -> None:
    arguments = ["query", "-g", str(built), "--name", "awards", "--format", form]
    assert run([*arguments, "--param", "name=典型案例"]) == 0
    out = capsysbinary.readouterr().out.decode()
    assert "优秀典型案例" in out
    assert "世界最佳旅游乡村" not in out


def test_a_query_comes_from_a_file_or_standard_input(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "query.rq"
    file.write_text("\ufeffASK { ?x a zp:Award }", encoding="utf-8")
    assert run(["query", "-g", str(built), str(file)]) == 0
    assert "true" in capsys.readouterr().out
    finished = subprocess.run(
        [sys.executable, "-m", "zhengpu", "query", "-g", str(built), "-"],
        input="ASK { ?x a zp:Award }",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "true" in finished.stdout


def test_constructed_triples_are_turtle(
    built: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    sparql = "CONSTRUCT { ?a zp:leads ?b } WHERE { ?a zp:leads ?b }"
    assert run(["query", "-g", str(built), "-e", sparql, "--format", "ttl"]) == 0
    assert b"zp:leads" in capsysbinary.readouterr().out


@pytest.mark.parametrize(
    ("sparql", "code"),
    [
        ("SELEKT", "not well formed"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "0.3 seconds"),
    ],
)
def test_a_query_that_fails_gets_one_line(
    built: Path, capsys: pytest.CaptureFixture[str], sparql: str, code: str
) -> None:
    arguments = ["query", "-g", str(built), "-e", sparql, "--timeout", "0.3"]
    assert run(arguments) == 1
    assert code in error_of(capsys)


def test_an_entity_is_explained(
    seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", "-g", str(seeds), "阜蒙县"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("阜新蒙古族自治县")
    assert re.search(r"\.txt:\d+-\d+", out)


def test_a_build_is_validated(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "-g", str(seeds)]) == 0
    assert capsys.readouterr().out == "0 SHACL violations\n"


def test_a_broken_build_is_not_valid(
    seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = (seeds / "graph.ttl").read_text(encoding="utf-8")
    broken = re.sub(r"zp:value [^;]+;\n", "", graph, count=1)
    (tmp_path / "graph.ttl").write_text(broken, encoding="utf-8")
    assert run(["validate", "-g", str(tmp_path)]) == 1
    assert "Observation" in capsys.readouterr().out


@pytest.mark.parametrize("form", EXPORTS)
def test_a_build_is_exported(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert tuple(SUFFIXES) == EXPORTS
    out = str(tmp_path)
    assert run(["export", "-g", str(built), "--format", form, "-o", out]) == 0
    written = re.findall(r"^wrote (.+)$", capsys.readouterr().out, re.MULTILINE)
    assert sorted(map(Path, written)) == sorted(tmp_path.iterdir())
    assert written


def test_a_build_is_drawn(
    seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    assert run(["draw", "-g", str(seeds), "-o", str(page)]) == 0
    assert capsys.readouterr().out == f"wrote {page}\n"
    assert page.read_bytes() == (seeds / "graph.html").read_bytes()


# -- evaluate --


def test_figures_are_shown_with_their_misses(
    capsys: pytest.CaptureFixture[str],
) -> None:
    scoring = ROOT / "tests" / "scoring"
    arguments = ["evaluate", str(scoring / "gold"), str(scoring / "system")]
    assert run([*arguments, "--per-type", "--errors", "2"]) == 0
    out = capsys.readouterr().out
    expected = json.loads((scoring / "expected.json").read_text(encoding="utf-8"))
    for figure, numbers in expected.items():
        shown = " +".join(f"{numbers[key]:.3f}" for key in ("p", "r", "f1"))
        assert re.search(rf"^  {figure} +{shown} ", out, re.MULTILINE), figure
    assert "missed" in out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_errors_are_listed_by_type_with_sentence_and_rule(
    capsys: pytest.CaptureFixture[str], language: str
) -> None:
    scoring = ROOT / "tests" / "scoring"
    arguments = ["evaluate", str(scoring / "gold"), str(scoring / "system")]
    arguments += ["--lang", language, "--errors"]
    assert run(arguments) == 0
    out = capsys.readouterr().out
    evaluation = api.evaluate(scoring / "gold", scoring / "system")
    for miss in evaluation.misses:
        place = f"  {miss.document}:{miss.line}"
        assert miss.line
        assert f"  {miss.text}{place}{'  ' if miss.rule else ''}{miss.rule}\n" in out
        assert f"      {miss.sentence}\n" in out
    assert re.search(r"^ORG  (准确率|P) 0\.\d{3}  ", out, re.MULTILINE)
    assert ("误" in out) == (language == "zh")
    assert run([*arguments, "1"]) == 0
    short = capsys.readouterr().out
    assert len(short) < len(out)
    assert ("……还有" if language == "zh" else " more\n") in short


def test_errors_are_part_of_the_json_when_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    scoring = ROOT / "tests" / "scoring"
    arguments = ["evaluate", str(scoring / "gold"), str(scoring / "system"), "--json"]
    assert run([*arguments, "--errors"]) == 0
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert {"kind", "text", "document", "line", "sentence", "rule"} < set(errors[0])
    assert run(arguments) == 0
    assert "errors" not in json.loads(capsys.readouterr().out)


def test_without_a_system_the_texts_are_extracted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    gold = ROOT / "tests" / "gold"
    assert run(["evaluate", str(gold), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    least = {"mentions": 0.82, "linked": 0.78, "relations": 0.55, "stated": 0.45}
    for figure, f1 in {**least, "statistics": 0.78}.items():
        assert figures[figure]["f1"] >= f1, figure
    assert figures["relations"]["p"] >= 0.70


# -- texts on a terminal --


def test_what_steers_a_terminal_is_made_visible() -> None:
    assert tame("a\x00\x1b]0;x\x07\x9b31m\u202eb\u2066") == (
        "a\\x00\\x1b]0;x\\x07\\x9b31m\\u202eb\\u2066"
    )


def test_chinese_is_wrapped_by_columns_and_keeps_its_marks() -> None:
    text = "读报告，写出图谱。PATH 是文件或文件夹，收 .txt .md。"
    for columns in range(8, 40):
        lines = list(wrapped(text, columns))
        assert all(width(line) <= columns for line in lines)
        assert all(line[0] not in "，。、" for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


# -- lists for other programs --


@pytest.mark.parametrize("list_of", [["compare"], ["query", "--list"]])
def test_lists_are_there_for_programs_too(seeds: Path, list_of: list[str]) -> None:
    asked = [*list_of, "-g", str(seeds), "--format"]
    rows = json.loads(command([*asked, "json"]).stdout)
    lines = list(csv.DictReader(io.StringIO(command([*asked, "csv"]).stdout)))
    assert lines == [{k: str(v) for k, v in row.items()} for row in rows]
    assert len(rows) > 3


@pytest.mark.parametrize(
    "asked", [["compare", "--format", "svg"], ["query", "--list", "--format", "ttl"]]
)
def test_a_list_refuses_a_format_that_it_does_not_have(
    seeds: Path, asked: list[str]
) -> None:
    finished = command([*asked, "-g", str(seeds)])
    assert finished.returncode == 2
    assert "take table, csv or json" in finished.stderr
