"""The shape of the code: floors, sizes, imports at start, public names, no rule by endpoint."""

import ast
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kb
from builders import trial, write_base
from kb.store.layout import packaged
from kb.store.reader import read_vocabulary

CODE = Path(kb.__file__).parent
MODULES = sorted(path for path in CODE.rglob("*.py") if "_records" not in path.parts)
FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "constants", "manager"}
SLOW = ("pydantic", "yaml", "numpy", "scipy", "networkx", "matplotlib", "rich")


def _loaded(code: str) -> set[str]:
    """The top-level packages that a fresh interpreter has loaded after running some code."""
    program = f"import sys\n{code}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CODE)))
def test_module_is_short_and_says_what_it_is_for(path):
    """A module stays under 400 lines, opens with a docstring, and has a name that means something."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 400
    assert ast.get_docstring(ast.parse(text))
    assert path.stem not in FORBIDDEN_NAMES


def test_import_loads_nothing_slow():
    """`import kb` loads none of the slow libraries, nor typer."""
    assert set() == _loaded("import kb") & {*SLOW, "typer"}


def test_help_loads_nothing_slow():
    """`kb --help` loads typer and nothing slow."""
    code = (
        "import io, contextlib, sys\nfrom kb.cli import app\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    try: app(['--help'])\n    except SystemExit: pass"
    )
    assert set() == _loaded(code) & set(SLOW)


@pytest.mark.parametrize("form", ["text", "markdown", "csv", "json"])
def test_compare_loads_nothing_slow(form, tmp_path, monkeypatch):
    """From a compiled copy `kb compare` validates nothing and imports none of the slow libraries."""
    monkeypatch.setenv("KB_CACHE", str(tmp_path / "cache"))
    root = write_base(tmp_path / "base", trial("alpha"), trial("beta"))
    for path in root.rglob("*"):
        os.utime(path, (time.time() - 3600,) * 2)
    asked = ["compare", "orr,pfs", "--records", str(root), "--format", form]
    code = (
        "import io, contextlib, sys\nfrom kb.cli import app\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        f"    try: app({asked})\n    except SystemExit: pass"
    )
    assert "pydantic" in _loaded(code)
    assert set() == _loaded(code) & set(SLOW)


def test_a_verb_loads_no_other():
    """Calling one verb imports that of no other."""
    code = (
        "import sys\nfrom kb.cli import app\n"
        "try: app(['compare', '-h'])\nexcept SystemExit: pass\n"
        "print(*sorted(name for name in sys.modules if name.startswith('kb.cli.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    shared = {
        "kb.cli.compare",
        "kb.cli.asked",
        "kb.cli.layout",
        "kb.cli.options",
        "kb.cli.output",
        "kb.cli.progress",
        "kb.cli.tables",
    }
    assert set(done.stdout.splitlines()[-1].split()) <= shared


def test_nothing_imports_scipy_stats():
    """No module mentions scipy.stats in an import."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("scipy.stats"), path
                assert not (node.module == "scipy" and "stats" in {a.name for a in node.names}), (
                    path
                )
            if isinstance(node, ast.Import):
                assert not any(alias.name.startswith("scipy.stats") for alias in node.names), path


def _endpoint_literals(tree: ast.AST, endpoints: set[str]) -> list[int]:
    """Lines where code compares with, looks for, matches or subscripts by an endpoint's id."""
    lines = []

    def constants(node: ast.AST) -> list[ast.Constant]:
        return [
            one
            for one in ast.walk(node)
            if isinstance(one, ast.Constant)
            and isinstance(one.value, str)
            and one.value in endpoints
        ]

    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            found = [one for part in (node.left, *node.comparators) for one in constants(part)]
        elif isinstance(node, ast.MatchValue):
            found = constants(node.value)
        elif isinstance(node, ast.Subscript):
            found = constants(node.slice)
        else:
            continue
        lines += [one.lineno for one in found]
    return lines


def test_endpoint_literals_are_seen():
    """The check below can fail: it sees equality, membership, match and subscript."""
    planted = "x == 'orr'\nx in ('a', 'pfs')\nd['os']\nmatch x:\n    case 'dcr': pass\n"
    assert [1, 2, 3, 5] == sorted(
        _endpoint_literals(ast.parse(planted), {"orr", "pfs", "os", "dcr"})
    )


def test_no_code_decides_by_endpoint():
    """Endpoints are data: no code outside importers and exporters decides by an endpoint's id."""
    vocabulary, _, _ = read_vocabulary(packaged())
    endpoints = set(vocabulary.endpoints)
    found = {
        str(path.relative_to(CODE)): lines
        for path in MODULES
        if not {"importers", "exporters"} & set(path.relative_to(CODE).parts)
        and (lines := _endpoint_literals(ast.parse(path.read_text(encoding="utf-8")), endpoints))
    }
    assert {} == found


def test_public_names_agree():
    """`__all__`, `dir()` and the names that resolve are the same, and each has a docstring."""
    assert sorted(kb.__all__) == sorted(set(dir(kb)) - {"__version__"})
    for name in kb.__all__:
        assert getattr(kb, name).__doc__, name


def test_no_public_name_is_a_submodule():
    """A public function can never be hidden by a submodule of its name."""
    submodules = {path.stem for path in CODE.iterdir()} - {"__init__"}
    assert set() == set(kb.__all__) & submodules


def test_unknown_name():
    """An unknown attribute is an AttributeError that names it."""
    with pytest.raises(AttributeError, match="'nothing'"):
        kb.nothing  # noqa: B018
