"""The one list of views: each class of this package that is a view is shown, and nothing else."""

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

import kb
from builders import base_of, trial
from kb.errors import UnknownFormatError
from kb.exporters import FORMATS
from kb.rendering.table import Table
from kb.rendering.views import FORMATS as RENDERED, VIEWS, called, render, shown_as, table_of
from kb.view import View

CODE = Path(kb.__file__).parent
GOLDEN = Path(__file__).parents[2] / "golden" / "commands"
NOT_VIEWS = {"kb.model.trial.Trial", "kb.store.knowledge_base.KnowledgeBase"}
"""Shown although they are no `View`: a record is a model, and a base has files of its own."""


def _views(kind=View):
    for one in kind.__subclasses__():
        yield one
        yield from _views(one)


def test_every_view_is_listed():
    """Every class that can be shown stands in the list, and every name of the list is a class."""
    for found in pkgutil.walk_packages(kb.__path__, "kb."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    known = {f"{one.__module__}.{one.__qualname__}" for one in _views()}
    assert {one for one in known if one.startswith("kb.")} | NOT_VIEWS == set(VIEWS)
    for name in NOT_VIEWS:
        module, _, kind = name.rpartition(".")
        assert isinstance(getattr(importlib.import_module(module), kind), type)


@pytest.mark.parametrize("name", list(VIEWS))
def test_every_home_is_a_function(name):
    """What a view is made of can be imported, and stands in the module that is named."""
    shown = VIEWS[name]
    homes = [home for home in (shown.table, shown.rows, shown.text) if home]
    assert homes
    for home in homes:
        assert callable(called(home))
        assert called(home).__module__ == home.partition(":")[0]


def test_a_kind_of_a_view_is_shown_as_it():
    """A class that inherits from a view is shown as that view; what is none is not."""

    class Mine(kb.Problems):
        pass

    assert VIEWS["kb.errors.Problems"] is shown_as(Mine())
    assert shown_as([]) is None


def test_what_cannot_be_rendered():
    """What is no view, and a base, which is only exported, are refused by name."""
    with pytest.raises(TypeError, match=r"^list is not a view that can be rendered$"):
        table_of([])
    with pytest.raises(TypeError, match=r"^KnowledgeBase is not a view that can be rendered$"):
        table_of(base_of(trial()))


def test_a_table_is_its_own():
    """A table is rendered as it is."""
    table = Table.plain("Title", ("a",), [("b",)])
    assert table is table_of(table)
    assert "Title\n\na\n─\nb\n" == render(table)


def test_unknown_format():
    """A format that nobody writes is refused with those that there are."""
    with pytest.raises(UnknownFormatError) as refused:
        render(kb.Problems(), "docx")
    assert "'docx' is not a format; known are text, markdown, html, latex" == str(refused.value)
    assert ("text", "markdown", "html", "latex") == RENDERED


def test_text_that_is_no_table():
    """Problems are lines as text and a table in the other formats."""
    found = kb.Problems([kb.Problem(kb.Place("a.yaml"), "rule", "wrong")])
    assert "a.yaml:1:1: rule: wrong\n" == render(found)
    assert "**1 problem**" == render(found, "markdown").splitlines()[0]


def test_notebooks_show_html():
    """A notebook shows a view as the HTML that `kb.render` gives."""
    found = kb.Problems([kb.Problem(kb.Place("a.yaml"), "rule", "wrong")])
    assert render(found, "html") == found._repr_html_()
    assert "<table>" in found._repr_html_()


EXPORTED = {
    "csv": "address,trial,", "json": '{\n  "rows": [', "csl-json": '[\n  {\n    "id"',
    "graphml": "<graphml ", "bibtex": "@article{", "ris": "TY  - ", "r": "metafor::rma",
}  # fmt: skip
"""How a file of each format begins, or what is in no other."""


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
def test_every_exporter_has_a_golden_file(name):
    """What each exporter writes is kept, so that a change of it is seen."""
    assert any(EXPORTED[name] in path.read_text(encoding="utf-8") for path in GOLDEN.iterdir())


def _texts(tree):
    """The texts of code, docstrings and texts that stand alone aside, with their lines."""
    alone = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in alone:
            yield one.lineno, one.value


def _with_a_level(source):
    return [line for line, text in _texts(ast.parse(source)) if "95% CI" in text]


def test_a_level_in_a_text_is_seen():
    """The check below can fail: it sees texts and pieces of them, and no docstring."""
    planted = '"""95% CI"""\nx = "95% CI"\ndef f():\n    "95% CI"\n    return f"a {x} 95% CI, "\n'
    assert [2, 5] == _with_a_level(planted)


def test_no_text_says_a_level():
    """The level of an interval travels with it: no heading has one written in."""
    found = {
        str(path.relative_to(CODE)): lines
        for path in CODE.rglob("*.py")
        if (lines := _with_a_level(path.read_text(encoding="utf-8")))
    }
    assert {} == found
