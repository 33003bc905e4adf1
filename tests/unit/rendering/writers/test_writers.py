"""Writers: nothing in a cell can break the table or run."""

import pytest

from kb.rendering.table import Note, Table
from kb.rendering.words.lines import width
from kb.rendering.writers import html, latex, markdown, text

NASTY = "a|b <script>alert(1)</script> & 5% _x_ $y$ #1 \\ `q` [l](javascript:z)"
TABLE = Table.plain(
    "Title",
    ("Name", "n"),
    [(NASTY, "12"), ("two\nlines", "3")],
    (Note("Notes", (NASTY,)),),
    right=("n",),
)


def test_html_is_inert():
    """Angle brackets, ampersands and quotes are escaped everywhere; no script, no link."""
    out = html.write(TABLE)
    assert "<script" not in out
    assert "&lt;script&gt;" in out
    assert "<a " not in out


def test_markdown_keeps_its_columns():
    """Every line of the table has the same number of unescaped bars."""
    lines = [line for line in markdown.write(TABLE).splitlines() if line.startswith("|")]
    bars = {line.replace("\\\\", "").replace("\\|", "").count("|") for line in lines}
    assert {3} == bars
    assert "<script" not in markdown.write(TABLE).replace("\\<script", "")


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("5% & $x$", r"5\% \& \$x\$"),
        ("a_b", r"a\_b"),
        ("18.7–45.1", "18.7--45.1"),
        ("\\", r"\textbackslash{}"),
    ],
)
def test_latex_escapes(raw, safe):
    """What LaTeX would act on is escaped."""
    assert safe == latex.escaped(raw)


def test_latex_lines():
    """Several lines of a cell become a makecell."""
    assert r"\makecell[tl]{two \\ lines}" == latex.escaped("two\nlines")


def test_latex_breaks_across_pages():
    """A table longer than a page is a longtable with its headings on every page; groups match."""
    long = Table.plain("Title", ("Name", "n"), [("a", "1")] * 60, (Note("Notes", ("one",)),))
    out = latex.write(long)
    assert r"\begin{table}" not in out
    assert (2, 60) == (out.count(r"Name & n \\"), out.count(r"a & 1 \\"))
    assert out.count("{") == out.count("}")
    assert out.index(r"\end{longtable}") < out.index("Notes: one.")


def test_text_aligns():
    """Numbers stand right, every line ends without spaces, long cells are folded."""
    out = text.write(TABLE)
    assert out.endswith("\n")
    assert all(line == line.rstrip() for line in out.splitlines())
    long = text.write(Table.plain("", ("x",), [("word " * 60,)]))
    assert max(map(len, long.splitlines())) <= text.CELL_WIDTH


def test_wide_characters():
    """Characters that take two columns are counted as two."""
    assert 4 == width("安罗")
