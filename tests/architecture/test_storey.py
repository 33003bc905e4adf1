"""What a printed number is stands in one place each: syntax trees are searched for second ones."""

import ast
from pathlib import Path

import pytest

import kb
from kb.printed.measure import MEASURES
from kb.printed.reading import DIRECTNESS
from kb.printed.state import STATES
from kb.printed.time import UNITS

CODE = Path(kb.__file__).parent
MODULES = sorted(path for path in CODE.rglob("*.py") if "_records" not in path.parts)
JOINING = {"join", "split", "rsplit", "partition", "rpartition", "replace", "count", "find"}


def _texts(tree):
    """The string constants of a module that are no docstrings, with their lines."""
    documented = (ast.Module, ast.FunctionDef, ast.ClassDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.value, node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    ]


def _is(node, *texts):
    return isinstance(node, ast.Constant) and node.value in texts


def flat_lines(tree):
    """Lines that join or split by `;` or `=`, look for one, or write `key=value` themselves."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            marks = [node.func.value, *node.args]
            if node.func.attr in JOINING and any(_is(one, ";", "=") for one in marks):
                yield node.lineno
        elif isinstance(node, ast.Compare) and _is(node.left, ";", "="):
            yield node.lineno
        elif isinstance(node, ast.JoinedStr):
            parts = list(zip(node.values, node.values[1:], node.values[2:], strict=False))
            between = [two for one, two, three in parts if _between(one, three)]
            if any(_is(one, ";", "=") for one in between):
                yield node.lineno


def _between(one, three):
    return isinstance(one, ast.FormattedValue) and isinstance(three, ast.FormattedValue)


def written_out(tree, words):
    """Lines of collections that write out several of some words, keys of mappings included."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            members = node.elts
        elif isinstance(node, ast.Dict):
            members = [one for one in node.keys if one is not None]
        else:
            continue
        found = {one.value for one in members if isinstance(one, ast.Constant)}
        if len(found & set(words)) > 1:
            yield node.lineno


def _found(lines_of, *homes):
    return {
        str(path.relative_to(CODE)): lines
        for path in MODULES
        if str(path.relative_to(CODE)) not in homes
        and (lines := sorted(lines_of(ast.parse(path.read_text(encoding="utf-8")))))
    }


def test_searches_see_what_they_look_for():
    """Each of the searches below finds what is planted."""
    planted = ast.parse(
        'x.split(";")\n";".join(x)\nx.partition("=")\n"=" in x\nf"{a}={b}"\nf"n = {a}; {b}"\n'
    )
    assert [1, 2, 3, 4, 5] == sorted(flat_lines(planted))
    units = ast.parse('("days", "weeks")\n{"days": 1, "weeks": 7}\n("days", "nights")\n')
    assert [1, 2] == list(written_out(units, UNITS))
    assert [("HR", 2)] == _texts(ast.parse('"""HR"""\nx = "HR"\n'))


def test_one_module_joins_and_splits():
    """Lists and pairs are flat text in files only: `rows/flat.py` alone joins and splits them.

    A citation has a semicolon of its own between year and volume.
    """
    assert {} == _found(flat_lines, "rows/flat.py", "rendering/words/citations.py")


def test_one_module_names_measures():
    """A measure's id is written in `printed/measure.py` and nowhere else; others import its name.

    A median may also be a statistic of follow-up, of a baseline value, or a column of an R script.
    """
    words = set(MEASURES) - {"not-stated"}
    statistics = {"model/patients.py", "audits/rules/follow_ups.py", "exporters/r.py"}

    def lines(tree):
        return [line for text, line in _texts(tree) if text in words]

    found = _found(lines, "printed/measure.py")
    assert {"median"} == {
        text
        for home in statistics & set(found)
        for text, line in _texts(ast.parse((CODE / home).read_text(encoding="utf-8")))
        if line in found[home] and text in words
    }
    assert set() == set(found) - statistics


@pytest.mark.parametrize(
    ("words", "home"),
    [
        (tuple(UNITS), "printed/time.py"),
        (tuple(STATES), "printed/state.py"),
        (DIRECTNESS, "printed/reading.py"),
    ],
    ids=["units of time", "states", "ways of reading"],
)
def test_one_table_each(words, home):
    """Units of time, states and ways of reading are listed once, whatever is said of them.

    Two ways of reading beside each other are the kinds of documents in a bibliography.
    """
    bibliographies = {"exporters/references.py", "exporters/csl.py", "exporters/ris.py"}
    others = bibliographies if home == "printed/reading.py" else set()
    assert {} == _found(lambda tree: written_out(tree, words), home, *others)


def test_levels_are_never_literal():
    """`95% CI` stands nowhere as text: a heading is built from the level of what it heads."""

    def lines(tree):
        return [line for text, line in _texts(tree) if "% CI" in text and text[:1].isdigit()]

    assert [1] == lines(ast.parse('x = "95% CI"'))
    assert {} == _found(lines)
