"""Documentation is current, complete, and its examples run."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import kb

TOP = Path(__file__).resolve().parents[2]
DOCS = TOP / "docs"
PAGES = sorted([TOP / "README.md", TOP / "records" / "README.md", *DOCS.rglob("*.md")])
sys.path.insert(0, str(DOCS))

import generate  # noqa: E402  (found through the line above)

FRESH = generate.fresh()


@pytest.mark.parametrize("name", list(FRESH))
def test_reference_is_current(name):
    """Generated pages equal fresh output; if not: python docs/generate.py."""
    assert FRESH[name] == (DOCS / "reference" / name).read_text(encoding="utf-8")


def _prose():
    return "\n".join(
        path.read_text(encoding="utf-8") for path in PAGES if "reference" not in path.parts
    )


def test_every_verb_is_explained():
    """Every verb is used somewhere outside the generated reference."""
    prose = _prose()
    missing = [verb for verb in generate.verbs() if not re.search(rf"\bkb {verb}\b", prose)]
    assert [] == missing


def test_every_public_function_is_explained():
    """Every public function is used somewhere outside the generated reference."""
    prose = _prose()
    functions = [name for name in kb.__all__ if name[0].islower()]
    assert [] == [name for name in functions if f"kb.{name}" not in prose]


def _blocks(language):
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        for number, block in enumerate(
            re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE), 1
        ):
            yield pytest.param(block, id=f"{path.relative_to(TOP)}-{number}")


@pytest.mark.parametrize("block", list(_blocks("python")))
def test_python_examples_run(block, tmp_path, monkeypatch):
    """Every fenced python block runs by itself."""
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "example", "exec"), {})  # noqa: S102


@pytest.mark.parametrize("block", list(_blocks("console")))
def test_console_examples_run(block, tmp_path):
    """Every `$ kb …` line of a console block runs, and prints the lines that are shown after it."""
    settings = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100", "PYTHONPATH": str(TOP)}
    settings.pop("KB_RECORDS", None)
    for call, shown in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n?)*)", block, re.MULTILINE):
        words = shlex.split(call, comments=True)
        assert words[0] == "kb", call
        done = subprocess.run(
            [sys.executable, "-m", "kb", *words[1:]],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=settings,
            check=False,
        )
        assert "Traceback" not in done.stderr, (call, done.stderr)
        output = done.stdout + done.stderr
        for line in shown.splitlines():
            if line.strip() and line.strip() != "…":
                assert line.strip() in output, f"{call}: not printed: {line}"


def test_readme_names_the_extras():
    """Whoever installs the package learns what each extra is for."""
    settings = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    extras = settings["project"]["optional-dependencies"]
    assert [] == [extra for extra in extras if f"| `{extra}` |" not in readme]


def test_pages_that_draw_name_the_extra():
    """A tutorial or how-to with a figure in it says that figures need `plots`."""
    draws = re.compile(r"kb forest\b|kb\.forest\(|--plot\b|--funnel\b|--forest\b")
    texts = {
        path.name: path.read_text(encoding="utf-8")
        for path in PAGES
        if path.parent.name in ("tutorials", "how-to")
    }
    assert [] == [
        name for name, text in texts.items() if draws.search(text) and "`plots`" not in text
    ]


def test_links_resolve():
    """Relative links lead to files that exist."""
    links = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")
    broken = [
        f"{path.relative_to(TOP)}: {target}"
        for path in PAGES
        for target in links.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert [] == broken


def test_every_page_is_in_the_index():
    """A page that the index does not name would not be found."""
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")} - {"index.md"}
    assert set() == {page for page in pages if f"({page})" not in index}


def test_nothing_speaks_of_machines():
    """No page holds a path of a machine."""
    assert [] == [
        str(path)
        for path in PAGES
        if re.search(r"/(work|tmp|root|home)/", path.read_text(encoding="utf-8"))
    ]
