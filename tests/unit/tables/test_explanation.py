"""What a table is taken for is shown before anything is computed."""

from kb.rendering.tables.explanation import table_of
from kb.rendering.writers import terminal
from kb.tables.explanation import ExplainedColumn, ExplainedEntry, explain
from kb.tables.headers import plan_of
from kb.tables.sheet import Line, Sheet
from kb.tables.table import nearest_vocabulary

WORDS = nearest_vocabulary()


def _explained(header, *rows, title="", said=(), **more):
    lines = [Line(number, number + 1, row) for number, row in enumerate(rows, start=1)]
    columns = tuple(range(2, len(header) + 2))
    sheet = Sheet("folder/t.csv", tuple(header), columns, lines, title, said)
    return explain(sheet, plan_of(header, WORDS, lines=lines), **more)


def test_an_explanation():
    """Columns have the letters of the sheet, and the first cells; lines what they become."""
    found = _explained(
        ["Study", "ORR %", "Site"], ["A", "30", "x"], ["B", "40", "y"], ["C", "5", "z"], rows=2
    )
    assert (
        ExplainedColumn("B", "Study", "study", "", "as named", ("A", "B")),
        ExplainedColumn("C", "ORR %", "value", "orr", "known spelling", ("30", "40")),
        ExplainedColumn("D", "Site", "", "", "", ("x", "y")),
    ) == found.columns
    constants = (("endpoint", "orr"), ("measure", "proportion"))
    assert (ExplainedEntry("", (("study", "B"), ("value", "C")), constants),) == found.entries
    assert (found.columns[2],) == found.unused
    assert (3, "", None) == (found.lines, found.preset, found.kept)


def test_remarks_of_an_explanation():
    """What was said of the file stands before what is said of the layout."""
    header = ["Covidence #", "Study ID", "Reviewer Name", "ORR n"]
    found = _explained(header, ["1", "A", "Consensus", "4"], said=("read as UTF-16",))
    assert ("read as UTF-16", "lines are used whose Reviewer Name is Consensus") == found.said
    assert (("D", "Consensus"), "Covidence") == (found.kept, found.preset)


TWO_ARMS = """\
t.csv, sheet Table 2: 7 columns, 1 line
Column  Header  Taken for             Why               First cells
──────  ──────  ────────────────────  ────────────────  ────────────────────────
B       Trial   study                 known spelling    a very long name of a t…
C       n_A     n: arm A              known spelling    110
D       n_B     n: arm B              known spelling    112
E       ORR A   value: orr, arm A     known spelling    20%
F       ORR B   value: orr, arm B     known spelling    9%
G       p       p: orr, between arms  stands beside it  .02
H       PFS     –                                       6.1

Each line becomes, as far as it says something
  all: study B
  orr A: n C, value E, endpoint = orr, measure = proportion, arm = A
  orr B: n D, value F, endpoint = orr, measure = proportion, arm = B,
    reference = yes
  orr A v B: p G, endpoint = orr, arm = A, versus = B

Kept and not used
  H PFS: says neither median, rate at a time nor ratio
"""


def test_an_explanation_on_a_terminal():
    """One line per column; below it the rows of a line, what is not used, and remarks."""
    found = _explained(
        ["Trial", "n_A", "n_B", "ORR A", "ORR B", "p", "PFS"],
        ["a very long name of a trial", "110", "112", "20%", "9%", ".02", "6.1"],
        title="Table 2",
    )
    shown = terminal.write(table_of(found), 80)
    assert TWO_ARMS == "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"
    assert max(map(len, shown.splitlines())) <= 80


def test_an_explanation_of_little():
    """A column that nobody knows says so; logarithms are named; an empty table is one of nothing."""
    shown = terminal.write(table_of(_explained(["Study", "TE", "seTE", "x\u202e"])), 100)
    assert "taken as netmeta contrasts" in shown
    assert "study B, value C, se D, logarithms" in shown
    assert "not known" in shown
    assert "\\u202e" in shown
    assert "  nothing\n" in terminal.write(table_of(_explained(["x"])), 80)
