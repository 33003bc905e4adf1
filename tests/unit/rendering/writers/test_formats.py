"""The same table in each format, to the letter: sections, several lines, notes, nothing at all."""

import pytest

from kb.rendering.table import Column, Note, Section, Table
from kb.rendering.words.lines import width
from kb.rendering.writers import html, latex, markdown, terminal, text

TABLE = Table(
    "A & B",
    (Column("Set"), Column("", "right")),
    (
        Section("alpha", (("one", "1"), ("two\nlines", "20"))),
        Section("beta", (("three", "5%"),)),
    ),
    (Note("Marks", ("† computed", "a\nb")),),
)
BARE = Table("", (Column("Set"),), (Section("", (("one",),)),))
EMPTY = Table("Nothing", (Column("Set"), Column("n", "right")), ())


def test_text():
    """Columns two spaces apart, a rule, an empty line between sections, notes indented."""
    assert [
        "A & B",
        "",
        "Set",
        "─────  ──",
        "alpha",
        "one     1",
        "two    20",
        "lines",
        "",
        "beta",
        "three  5%",
        "",
        "Marks",
        "  † computed",
        "  a b",
        "",
    ] == text.write(TABLE).split("\n")
    assert "Set\n───\none\n" == text.write(BARE)
    assert "Nothing\n\n" == text.write(EMPTY)


def test_long_notes_hang():
    """A note goes over several lines, the later ones further in, no word broken at a hyphen."""
    note = "first " + "well-known " * 20
    lines = text.write(Table.plain("", ("a",), [("b",)], (Note("N", (note,)),))).splitlines()[5:]
    assert lines[0].startswith("  first well-known")
    assert all(line.startswith("    well-known") for line in lines[1:])
    assert max(map(len, lines)) <= text.NOTE_WIDTH
    assert not any(line.endswith("-") for line in lines)


@pytest.mark.parametrize(("letters", "lines"), [(72, 1), (73, 2)])
def test_long_cells_are_folded(letters, lines):
    """A cell of 72 letters is one line, one more is two."""
    cell = "a" * 36 + " " + "b" * (letters - 37)
    assert 2 + lines == len(text.write(Table.plain("", ("x",), [(cell,)])).splitlines())


def test_columns_of_another_script():
    """A column is as wide as its widest cell on a terminal, combining marks not counted."""
    table = Table.plain("", ("x", "y"), [("安罗", "1"), ("e\u0301a", "2"), ("abcd", "3")])
    assert ["x     y", "────  ─", "安罗  1", "e\u0301a    2", "abcd  3"] == (
        text.write(table).splitlines()
    )
    assert [4, 2, 2] == [width(one) for one in ("安罗", "e\u0301a", "Ａ")]


def test_markdown():
    """A heading of a section spans by empty cells; a heading that is empty keeps its place."""
    assert [
        "**A & B**",
        "",
        "| Set |   |",
        "| --- | ---: |",
        "| **alpha** |  |",
        "| one | 1 |",
        "| two<br>lines | 20 |",
        "| **beta** |  |",
        "| three | 5% |",
        "",
        "**Marks**",
        "",
        "- † computed",
        "- a<br>b",
        "",
    ] == markdown.write(TABLE).split("\n")
    assert "| Set |\n| --- |\n| one |\n" == markdown.write(BARE)
    assert "**Nothing**\n\n" == markdown.write(EMPTY)


@pytest.mark.parametrize("sign", list("\\`*_|<>[]#"))
def test_markdown_escapes(sign):
    """Each sign that Markdown acts on has a backslash before it."""
    assert f"a\\{sign}b" == markdown.escaped(f"a{sign}b")


def test_html():
    """A caption, a head, a body a section, a list a note; cells of several lines have breaks."""
    lines = html.write(TABLE).splitlines()
    assert lines[0].startswith('<div class="kb"><style>.kb{')
    assert [
        "<table>",
        "<caption>A &amp; B</caption>",
        "<thead><tr><th scope='col'>Set</th><th class=\"right\" scope='col'></th></tr></thead>",
        "<tbody>",
        '<tr class="section"><th colspan="2" scope="rowgroup">alpha</th></tr>',
        '<tr><td>one</td><td class="right">1</td></tr>',
        '<tr><td>two<br>lines</td><td class="right">20</td></tr>',
        "</tbody>",
        "<tbody>",
        '<tr class="section"><th colspan="2" scope="rowgroup">beta</th></tr>',
        '<tr><td>three</td><td class="right">5%</td></tr>',
        "</tbody>",
        "</table>",
        '<div class="note"><strong>Marks</strong><ul><li>† computed</li><li>a<br>b</li></ul></div>',
        "</div>",
    ] == lines[1:]
    assert "caption>" not in html.write(BARE)
    assert "rowgroup" not in html.write(BARE)


def test_html_quotes():
    """Quotes are escaped, so that a text can stand in an attribute."""
    table = Table.plain("", ("a",), [("\"x\" 'y'",)])
    assert "<td>&quot;x&quot; &#x27;y&#x27;</td>" in html.write(table)


def test_latex():
    """Rules of booktabs, a section over all columns, a makecell, notes beneath."""
    assert [
        r"% \usepackage{booktabs,makecell}",
        r"\begin{table}",
        r"\caption{A \& B}",
        r"\begin{tabular}{lr}",
        r"\toprule",
        r"Set &  \\",
        r"\midrule",
        r"\multicolumn{2}{l}{\textit{alpha}} \\",
        r"one & 1 \\",
        r"\makecell[tl]{two \\ lines} & 20 \\",
        r"\multicolumn{2}{l}{\textit{beta}} \\",
        r"three & 5\% \\",
        r"\bottomrule",
        r"\end{tabular}",
        r"\par\smallskip\footnotesize Marks: \dag{} computed; a b.",
        r"\end{table}",
        "",
    ] == latex.write(TABLE).split("\n")


@pytest.mark.parametrize(("lines", "environment"), [(45, "tabular"), (46, "longtable")])
def test_latex_of_a_page(lines, environment):
    """45 lines are one page; one more breaks across pages, headings of sections counted."""
    rows = tuple(("a", "1") for _ in range(lines - 1))
    columns = (Column("Name"), Column("n", "right"))
    out = latex.write(Table("T", columns, (Section("part", rows),)))
    assert rf"\begin{{{environment}}}{{lr}}" in out
    assert rf"\end{{{environment}}}" in out
    assert ("longtable" == environment) is (r"\endhead" in out)
    assert ("longtable" == environment) is (r"\usepackage{booktabs,makecell,longtable}" in out)
    assert ("longtable" == environment) is (r"\caption{T} \\" in out)


def test_latex_of_several_pages():
    """Headings stand on the first and on every further page, the rule at the foot of each."""
    out = latex.write(Table.plain("T", ("a",), [("x",)] * 46)).splitlines()
    assert [r"\toprule", r"a \\", r"\midrule", r"\endfirsthead"] == out[3:7]
    assert [r"\toprule", r"a \\", r"\midrule", r"\endhead", r"\bottomrule", r"\endfoot"] == (
        out[7:13]
    )
    assert [r"\end{longtable}", r"{\par}"] == out[-2:]


@pytest.mark.parametrize(("sign", "set_"), [(chr(one), two) for one, two in latex.ESCAPES.items()])
def test_latex_signs(sign, set_):
    """Each sign that LaTeX acts on or lacks is set by a command of its own."""
    assert f"a{set_}b" == latex.escaped(f"a{sign}b")
    assert set_.count("{") - set_.count(r"\{") == set_.count("}") - set_.count(r"\}")


def test_every_sign_of_latex_is_known():
    """What LaTeX acts on is escaped, all ten signs of it."""
    assert set(r"\&%$#_{}~^") <= {chr(one) for one in latex.ESCAPES}


def test_terminal():
    """The title, headed sections parted by an empty line, notes indented."""
    lines = terminal.write(TABLE, 60).splitlines()
    assert ["A & B", "Set", "─────  ──"] == lines[:3]
    assert ["alpha", "one     1", "two    20", "lines", "", "beta", "three  5%"] == lines[3:10]
    assert ["", "Marks", "  † computed", "  a", "  b"] == lines[10:]


def test_terminal_without_title_or_lines():
    """What a table lacks leaves no empty place."""
    assert "Set\n───\none\n" == terminal.write(BARE, 60)
    assert "Nothing\n" == terminal.write(EMPTY, 60)


def test_table_of_cells():
    """A plain table has one section without a heading; named headings stand right."""
    table = Table.plain("T", ("a", "b"), [("1", "2")], right=("b",))
    assert (Column("a", "left"), Column("b", "right")) == table.columns
    assert (Section("", (("1", "2"),)),) == table.sections
    assert [("1", "2")] == table.lines
    assert () == table.notes
