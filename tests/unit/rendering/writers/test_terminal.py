"""Tables on a terminal: fitted to its width."""

from kb.rendering.table import Column, Section, Table
from kb.rendering.writers.terminal import show

HEADING = "alpha · Doxorubicin + ifosfamide · first line · single-arm"


def test_headings_of_sections_take_the_whole_width(capsys, monkeypatch):
    """A long heading is not squeezed into the first column, and does not widen it."""
    monkeypatch.setenv("COLUMNS", "70")
    monkeypatch.setenv("NO_COLOR", "1")
    columns = (Column("Set"), Column("n", "right"), Column("ORR"))
    sections = (
        Section(HEADING, (("all", "52", "30.8%"), ("└ part", "9", "22.2%"))),
        Section("beta", (("all", "100", "25.0%\ncomputed"),)),
    )
    show(Table("Title", columns, sections, ()))
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert [
        "Title",
        " Set        n   ORR",
        "─" * len(lines[2]),
        HEADING,
        " all       52   30.8%",
        " └ part     9   22.2%",
        "",
        "beta",
        " all      100   25.0%",
        "                computed",
    ] == lines
