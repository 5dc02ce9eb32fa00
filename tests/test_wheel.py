"""The wheel: everything is in it, and the main job runs from it alone."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parent.parent
LIBRARIES = Path(click.__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with what is installed here."""
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    subprocess.run(
        [*build, "--outdir", str(target), str(ROOT)], check=True, capture_output=True
    )
    (made,) = target.glob("*.whl")
    return made


def shipped() -> set[str]:
    """What the wheel must hold, by its names there."""
    package = ROOT / "src" / "zhengpu"
    names = {
        path.relative_to(ROOT / "src").as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and "/." not in str(path)
    }
    for folder in ("ontology", "seeds"):
        names |= {
            f"zhengpu/_shipped/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / folder).iterdir()
        }
    return names


def test_everything_is_in_the_wheel(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    assert shipped() - held == set()
    rest = {name for name in held - shipped() if ".dist-info/" not in name}
    assert rest == set()


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in an environment of its own, outside the checkout.

    The libraries are those of this environment, so that no network is needed;
    a .pth file shows them without showing the checkout.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True, with_pip=False)
    bin_ = folder / "bin"
    site = subprocess.run(
        [
            bin_ / "python",
            "-c",
            "import sysconfig; print(sysconfig.get_path('purelib'))",
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    (Path(site) / "libraries.pth").write_text(f"{LIBRARIES}\n", encoding="utf-8")
    subprocess.run(
        [bin_ / "python", "-m", "pip", "install", "--no-deps", "--no-index", wheel],
        check=True,
        capture_output=True,
    )
    return bin_ / "zhengpu"


def test_the_main_job_runs_from_the_wheel(program: Path, tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    python = program.parent / "python"

    def run(*command: str | Path) -> str:
        finished = subprocess.run(
            command,
            cwd=tmp_path,
            env={**environment, "LC_ALL": "C.UTF-8"},
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        assert finished.stderr == ""
        return finished.stdout

    code = "import zhengpu; from zhengpu.settings import shipped; print("
    place, seeds = run(
        python, "-c", f"{code}zhengpu.__file__, shipped('seeds'), sep='\\n')"
    ).split()
    assert not Path(place).is_relative_to(ROOT)
    assert not Path(seeds).is_relative_to(ROOT)
    assert "5 files read, 0 skipped" in run(program, "build", seeds)
    assert (tmp_path / "output" / "graph.html").stat().st_size > 100_000
    name = "中国人民政治协商会议阜新蒙古族自治县委员会"
    assert name in run(
        program, "query", "--name", "proposals-by-year", "--format", "csv"
    )
    assert "0 SHACL violations" in run(program, "validate")
