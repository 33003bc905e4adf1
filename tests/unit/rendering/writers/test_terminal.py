"""Tables on a terminal: fitted to its width, each way of giving way and their order."""

import pytest

from kb.rendering.table import Column, Note, Section, Table
from kb.rendering.writers.terminal import MANY, write

HEADING = "alpha · Doxorubicin + ifosfamide · first line · single-arm"
LONG = Table(
    "Title",
    (
        Column("Trial", yields=4, way="apart"),
        Column("Drugs", yields=2, way="under"),
        Column("ORR (95% CI)", keep=True),
        Column("Year", "right", yields=1),
        Column("Report", yields=3),
    ),
    (
        Section(
            "",
            (
                (
                    "a-trial-of-a-long-name",
                    "one + two",
                    "30.8% (16/52)\n18.7%–45.1%†",
                    "2020",
                    "x/y",
                ),
                ("short", "", "0%", "2021", "z/y"),
            ),
        ),
    ),
)
"""Whole it takes 63 columns: 22, 9, 13, 4, 6, and two between."""


def _lines(columns, table=LONG):
    return write(table, columns).splitlines()


def test_headings_of_sections_take_the_whole_width():
    """A long heading is not squeezed into the first column, and does not widen it."""
    columns = (Column("Set"), Column("n", "right"), Column("ORR"))
    sections = (
        Section(HEADING, (("all", "52", "30.8%"), ("└ part", "9", "22.2%"))),
        Section("beta", (("all", "100", "25.0%\ncomputed"),)),
    )
    assert [
        "Title",
        "Set       n  ORR",
        "──────  ───  ────────",
        HEADING,
        "all      52  30.8%",
        "└ part    9  22.2%",
        "",
        "beta",
        "all     100  25.0%",
        "             computed",
    ] == _lines(70, Table("Title", columns, sections, ()))


def test_what_fits_is_whole():
    """At its own width a table is laid out as in a pipe."""
    assert [
        "Title",
        "Trial                   Drugs      ORR (95% CI)   Year  Report",
        "──────────────────────  ─────────  ─────────────  ────  ──────",
        "a-trial-of-a-long-name  one + two  30.8% (16/52)  2020  x/y",
        "                                   18.7%–45.1%†",
        "short                              0%             2021  z/y",
    ] == _lines(62)


def test_words_are_wrapped_first():
    """One column less, and a column of text is broken between words, that of numbers is not."""
    assert [
        "Trial                   Drugs     ORR (95% CI)   Year  Report",
        "──────────────────────  ────────  ─────────────  ────  ──────",
        "a-trial-of-a-long-name  one +     30.8% (16/52)  2020  x/y",
        "                        two       18.7%–45.1%†",
    ] == _lines(61)[1:5]


@pytest.mark.parametrize(
    ("columns", "out", "under"),
    [
        (58, "", ""),
        (57, "Year", ""),
        (52, "Year", ""),
        (51, "Year", "Drugs"),
        (45, "Year", "Drugs"),
        (44, "Year, Report", "Drugs"),
        (37, "Year, Report", "Drugs"),
    ],
)
def test_columns_give_way_in_their_order(columns, out, under):
    """Year is left out first, then drugs go under their lines, then the report is left out."""
    text = write(LONG, columns)
    assert bool(out) is ("left out" in text)
    assert not out or f"left out at this width: {out};" in " ".join(text.split())
    assert bool(under) is (f"under each line: {under}" in text if under else "under" in text)
    assert ("\n  one + two\n" in text) is bool(under)


def test_long_cells_stand_apart():
    """At last a name that is too long stands above its line, and the others stay where they are."""
    assert [
        "under each line: Drugs",
        "Trial                  ORR (95% CI)",
        "─────────────────────  ─────────────",
        "a-trial-of-a-long-name",
        "                       30.8% (16/52)",
        "                       18.7%–45.1%†",
        "  one + two",
        "short                  0%",
    ] == _lines(36)[4:]


@pytest.mark.parametrize(
    ("columns", "value"), [(31, ["30.8% (16/52)"]), (30, ["30.8%", "(16/52)"])]
)
def test_values_are_parted_from_their_counts_last(columns, value):
    """Only where a long name apart is not enough, a count goes on a line beneath its value."""
    found = [line.strip() for line in _lines(columns)]
    assert [*value, "18.7%–45.1%†"] == found[found.index(value[0]) :][: len(value) + 1]


def test_cells_of_later_columns_stand_under_their_line():
    """A word that is too long for a column that is not the first goes below."""
    table = Table.plain(
        "", ("Key", Column("What", yields=1, way="apart")), [("doi", "b" * 40), ("n", "12")]
    )
    assert ["Key  What", "───  " + "─" * 25, "doi", "  " + "b" * 40, "n    12"] == _lines(30, table)


def test_cells_stand_behind_their_headings_at_the_narrowest():
    """Where nothing else fits, everything is shown, short cells in a row; nothing is left out."""
    assert [
        "Title",
        "─" * 20,
        "a-trial-of-a-long-name",
        "  Drugs: one + two",
        "  ORR (95% CI):",
        "    30.8% (16/52),",
        "    18.7%–45.1%†",
        "  Year: 2020",
        "  Report: x/y",
        "short",
        "  ORR (95% CI): 0%",
        "  Year: 2021",
        "  Report: z/y",
    ] == _lines(20)


@pytest.mark.parametrize(("lines", "told"), [(MANY, False), (MANY + 1, True)])
def test_a_long_table_says_how_to_ask_for_less(lines, told):
    """Sixty lines are borne; with one more the hint stands under the title."""
    table = Table("T", (Column("a"),), (Section("", (("x",),) * lines),), (), "narrow it")
    assert told is (["T", "narrow it"] == _lines(80, table)[:2])


def test_styles_are_of_the_terminal_only():
    """Bold and colour are added where they are asked for, and change no letter."""
    table = Table("T", (Column("a"),), (Section("s", (("x",),)),), (Note("N", ("y",)),))
    styled = write(table, 40, styled=True)
    assert "\x1b[1mT\x1b[0m" in styled
    assert "\x1b[1;36ms\x1b[0m" in styled
    assert "\x1b" not in write(table, 40)


def test_notes_hang():
    """A remark goes on further in, and no id in it is cut at its hyphens."""
    note = Note("Caveats", ("lines-differ: first (gem-doc-sts-second-line, gog-gem-doc)",))
    assert [
        "Caveats",
        "  lines-differ: first",
        "    (gem-doc-sts-second-line,",
        "    gog-gem-doc)",
    ] == _lines(30, Table("", (), (), (note,)))[1:]


def test_cells_are_cut_short():
    """A column that is cut short takes what is left, says so, and no line is folded."""
    table = Table.plain(
        "",
        (Column("Trial", yields=1, way="short", keep=True), Column("Value", keep=True)),
        [("a-trial-of-a-long-name", "30.8% (16/52)"), ("short", "0%")],
    )
    assert ["Trial                   Value"] == _lines(40, table)[:1]
    assert [
        "cut short at this width: Trial;",
        "  a wider terminal shows more",
        "Trial             Value",
        "────────────────  ─────────────",
        "a-trial-of-a-lo…  30.8% (16/52)",
        "short             0%",
    ] == _lines(31, table)
