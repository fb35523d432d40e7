"""What is shipped: the whole course, all of the code, the licences, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tomllib
from email import message_from_bytes
from pathlib import Path
from zipfile import ZipFile

import pytest

import dev2cto

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheel and sdist, built as a user's pip would build them, with the tools that are installed."""
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--quiet", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def wheel(dist: Path) -> dict[str, bytes]:
    """The files of the wheel."""
    (file,) = dist.glob("*.whl")
    with ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sources(folder: str) -> set[str]:
    """The files below a folder of the repository, as paths relative to it."""
    top = ROOT / folder
    return {str(p.relative_to(top)) for p in top.rglob("*") if p.is_file() and "__pycache__" not in p.parts}


def test_the_wheel_holds_the_whole_course_and_all_of_the_code(wheel: dict[str, bytes]) -> None:
    course = {name.removeprefix("dev2cto/_course/") for name in wheel if name.startswith("dev2cto/_course/")}
    code = {name.removeprefix("dev2cto/") for name in wheel if name.startswith("dev2cto/")}
    assert course == sources("course")
    assert {name for name in code if not name.startswith("_course/")} == sources("app/dev2cto")
    for name in course:
        assert wheel[f"dev2cto/_course/{name}"] == (ROOT / "course" / name).read_bytes()


def test_the_wheel_holds_nothing_else(wheel: dict[str, bytes]) -> None:
    info = f"dev2cto-{dev2cto.__version__}.dist-info"
    beside = {name for name in wheel if not name.startswith("dev2cto/")}
    assert beside == {
        f"{info}/{name}"
        for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE", "licenses/course/LICENSE")
    }


def test_the_wheel_says_how_it_is_started_and_licensed(wheel: dict[str, bytes]) -> None:
    info = f"dev2cto-{dev2cto.__version__}.dist-info"
    assert b"dev2cto = dev2cto.cli.main:main" in wheel[f"{info}/entry_points.txt"]
    metadata = message_from_bytes(wheel[f"{info}/METADATA"])
    assert metadata["License-Expression"] == "MIT AND CC-BY-4.0"
    assert metadata["Version"] == dev2cto.__version__
    assert metadata["Requires-Python"] == ">=3.11"


def test_the_sdist_can_be_tested_and_built(dist: Path) -> None:
    (file,) = dist.glob("*.tar.gz")
    with tarfile.open(file) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "pyproject.toml"}
    assert wanted <= names
    for folder in ("app/dev2cto", "course", "tests"):
        assert {f"{folder}/{name}" for name in sources(folder)} <= names
    assert not [
        name for name in names if name.endswith((".pyc", ".pyo")) or ("/." in f"/{name}" and name != ".gitignore")
    ]


def test_the_readme_has_the_commands_that_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text()
    commands = [line.strip() for line in readme.splitlines() if line.startswith("    python3 -m venv .venv")]
    start, test = commands
    assert start == "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/dev2cto"
    ci = (ROOT / ".ci" / "run").read_text()
    assert test in ci


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    for requirement in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        (line,) = [line for line in text.splitlines() if f'"{requirement}"' in line and line.startswith("  ")]
        assert len(line.partition("#")[2].split()) >= 2, f"{requirement} does not say why"
