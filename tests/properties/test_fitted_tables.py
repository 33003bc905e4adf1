"""At every width of a terminal each number, interval and id of a table stands unbroken."""

import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import kb
from kb.audits import audit
from kb.graphs.neighbours import reporting
from kb.rendering.tables.brief import table_of as brief
from kb.rendering.tables.trial import shown
from kb.rendering.views import table_of
from kb.rendering.words.lines import pieces, width
from kb.rendering.writers.fitting import fitted
from kb.rendering.writers.terminal import write
from kb.synthesis.gate.reasons import REASONS

sys.path.insert(0, str(Path(__file__).parents[1]))

GOLDEN = Path(__file__).parents[1] / "golden"
WIDTHS = (*range(40, 130, 5), 79, 81, 99, 131, 160, 200)
NUMBERS = re.compile(r"[\d≥≤=<>–%]")
EVERY = tuple(REASONS)


@cache
def _base():
    return kb.load(GOLDEN / "base")


def _pool(endpoint, **options):
    return kb.pool(kb.compare(_base(), endpoint, **options), accept=EVERY)


def _own(name):
    return kb.table(GOLDEN / "tables" / name)


TABLES = {
    "compare": lambda: kb.compare(_base(), "orr,dcr,pfs,os"),
    "compare-two": lambda: kb.compare(_base(), "orr,dcr,pfs", trial=["anlo-ai", "saint"]),
    "compare-ratios": lambda: kb.compare(_base(), "pfs,os", measure="hazard-ratio"),
    "compare-all": lambda: kb.compare(_base(), "orr,pfs", measure="all", reports="all"),
    "brief": lambda: brief(kb.compare(_base(), "orr,pfs")),
    "pool": lambda: _pool("orr", drug_class="chemotherapy"),
    "pool-median": lambda: _pool("pfs", measure="median"),
    "alternatives": lambda: kb.alternatives(_pool("orr", drug_class="chemotherapy")),
    "network": lambda: kb.network(kb.compare(_base(), "pfs", measure="hazard-ratio"), accept=EVERY),
    "across": lambda: kb.across(kb.compare(_base(), "orr", trial=["anlo-ai", "saint"])),
    "list": lambda: kb.select(_base()),
    "terms": lambda: kb.terms(_base(), "drug-class"),
    "kinds": lambda: kb.terms(_base()),
    "related": lambda: kb.related(_base(), "lms-04"),
    "reporting": lambda: reporting(_base(), "orr"),
    "path": lambda: kb.path(_base(), "doxorubicin+trabectedin", "doxorubicin"),
    "gaps": lambda: kb.gaps(_base()),
    "gaps-all": lambda: kb.gaps(_base(), endpoint="all"),
    "show": lambda: shown(_base(), "saint"),
    "show-number": lambda: shown(_base(), "anlo-ai/ajmc-2026/all/orr/proportion"),
    "audit": lambda: audit(_base()),
    "own-table": lambda: _own("rates.csv"),
}


def _words(text):
    return Counter(word.strip(",;:") for word in text.split())


@pytest.mark.parametrize("name", list(TABLES))
def test_no_token_is_broken(name):
    """Every word of every cell, heading and note is there whole, or its column is said to be out.

    Of cells that are cut short the number behind the last colon is there whole. Pieces of several words that hold a number stand on one line; no line is longer than the
    terminal unless it is one word.
    """
    table = table_of(TABLES[name]())
    for columns in WIDTHS:
        text = write(table, columns)
        layout = fitted(table, columns)
        said = " ".join(text.split())
        assert all(table.columns[index].heading in said for index in (*layout.out, *layout.short))
        out = {*layout.out, *layout.short}
        kept = [
            *(section.heading for section in table.sections),
            *(cell for line in table.lines for at, cell in enumerate(line) if at not in out),
            *(line for note in table.notes for line in note.lines),
        ]
        kept += [
            line[at].rpartition(": ")[2]
            for line in table.lines
            for at in layout.short
            if table.columns[at].name == "value"
        ]
        missing = _words(" ".join([table.title, *kept])) - _words(text)
        assert {} == dict(missing), (columns, missing)
        held = {
            piece.strip(",;:")
            for one in kept
            for line in one.split("\n")
            for piece in pieces(line)
            if " " in piece and NUMBERS.search(piece) and width(piece) < columns - 8
        }
        assert [] == [one for one in held if one not in text], columns
        wide = [line for line in text.splitlines() if width(line) > columns]
        assert [] == [line for line in wide if len(line.split()) > 1], columns


@pytest.mark.parametrize(
    "name", [one for one in TABLES if one not in ("compare", "compare-ratios", "gaps-all")]
)
def test_eighty_columns_are_enough(name):
    """At eighty columns a table is still a table; only many endpoints or long labels undo it."""
    layout = fitted(table_of(TABLES[name]()), 80)
    assert not layout.stacked
    assert 2 <= len(layout.widths)


def test_in_brief_a_number_is_one_line():
    """At eighty columns a brief comparison of one endpoint has as many lines as numbers."""
    for endpoint in ("orr", "dcr", "os"):
        table = brief(kb.compare(_base(), endpoint))
        lines = write(table, 80).split("\n\n")[0].splitlines()
        rule = next(at for at, one in enumerate(lines) if one.startswith("─"))
        assert len(table.lines) == len(lines[rule + 1 :])
