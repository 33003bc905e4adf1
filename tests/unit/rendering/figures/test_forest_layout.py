"""How wide the columns of a forest plot are, how high its lines, and what a narrow one leaves out."""

import pytest

from kb.rendering.figures import forest_layout as layouts
from kb.rendering.figures.forest_layout import laid_out, millimetres, shared
from kb.rendering.figures.forest_line import BODY, SMALL_LETTERS, Column, Line
from kb.rendering.figures.page import lines_of, text_inches

LABEL = Column("label", "Trial", asked=True)
DRUGS = Column("drugs", "Drugs")
COUNT = Column("count", "Events/n", align="right", wraps=False)
ESTIMATE = Column("estimate", "Estimate (95% CI)", "right", "right", wraps=False, asked=True)
WEIGHT = Column("weight", "Weight", "right", "right", wraps=False)
COLUMNS = (LABEL, DRUGS, COUNT, ESTIMATE, WEIGHT)
ROW = Line(("Smith 2020", "doxorubicin + ifosfamide", "10/40", "25.0% (12.7–41.2)", "50.0%"))


@pytest.mark.parametrize(
    ("asked", "found"), [(None, 180), (80, 80), (85, 85), (180, 180), (600, 600)]
)
def test_width(asked, found):
    """A figure has two columns of a journal unless asked, and its limits are widths as well."""
    assert found == millimetres(asked)


@pytest.mark.parametrize("asked", [79.9, 600.1, 0, -85, float("nan")])
def test_no_width(asked):
    """What no page can be is refused with the limits."""
    with pytest.raises(ValueError, match="80 to 600 mm wide, such as 85 or 180"):
        millimetres(asked)


def test_columns_stand_side_by_side():
    """From the margin on, a gap between each two, the plot before the columns of the right."""
    found = laid_out(COLUMNS, [ROW], 180)
    assert 180 / 25.4 == pytest.approx(found.width)
    assert ["label", "drugs", "count", "estimate", "weight"] == [
        box.column.key for box in found.boxes
    ]
    gap, margin = layouts.GAP, layouts.MARGIN
    assert margin == found.boxes[0].left
    ends = [box.left + box.width for box in found.boxes]
    lefts = [box.left for box in found.boxes]
    assert [ends[0] + gap, ends[1] + gap] == pytest.approx(lefts[1:3])
    assert ends[2] + gap == pytest.approx(found.plot)
    assert found.plot + found.plot_width + gap == pytest.approx(lefts[3])
    assert found.width - margin == pytest.approx(ends[4])
    assert found.plot_width >= layouts.PLOT_SHARES[0] * found.width


def test_numbers_end_and_words_begin_where_their_column_does():
    """Numbers stand at the right of their column, words at its left."""
    label, _, count, _, _ = laid_out(COLUMNS, [ROW], 180).boxes
    assert (label.left, count.left + count.width) == (label.anchor, count.anchor)


@pytest.mark.parametrize(
    ("width", "left_out"),
    [
        (180, ()),
        (130, ("Drugs",)),
        (100, ("Drugs", "Events/n")),
        (80, ("Drugs", "Events/n", "Weight")),
    ],
)
def test_what_a_narrow_figure_leaves_out(width, left_out):
    """Drugs go first, then counts, then weights; labels and estimates stay."""
    long = Line(
        ("Smith 2020", "doxorubicin + ifosfamide", "10/40", "25.0% (90% CI, 12.7–41.2)", "50.0%")
    )
    assert left_out == laid_out(COLUMNS, [long], width).left_out


def test_columns_that_were_asked_for_stay():
    """Where they have no room the figure is refused, with the width that they need."""
    asked = [Column(f"c{place}", f"Column {place}", asked=True) for place in range(9)]
    columns = [LABEL, *asked, ESTIMATE]
    line = Line(("Smith 2020", *["a long text of words"] * 9, "25.0% (12.7–41.2)"))
    with pytest.raises(
        ValueError, match=r"Column 8, Estimate .* need (\d+) mm, and .* has 85: a wider"
    ) as refused:
        laid_out(columns, [line], 85)
    needed = int(str(refused.value).split(" need ")[1].split(" mm")[0])
    assert 11 == len(laid_out(columns, [line], needed).boxes)
    with pytest.raises(ValueError, match="a wider one, or fewer columns"):
        laid_out(columns, [line], needed - 2)


def test_no_number_is_broken():
    """An estimate that has to wrap does so between value and interval and nowhere else."""
    long = "13.4\N{NO-BREAK SPACE}wk\N{NO-BREAK SPACE}(≈3.1\N{NO-BREAK SPACE}mo) (11.1–19.3)"
    line = Line(("A rather long name of a study", "x", "10/40", long, "50.0%"))
    found = laid_out(COLUMNS, [line], 80)
    texts = dict(zip((box.column.key for box in found.boxes), found.texts[0], strict=True))
    assert tuple(long.split(" ")) == texts["estimate"]
    assert 2 <= len(texts["label"]) <= 3


def test_height_of_lines():
    """A line is as high as its tallest cell."""
    short = Line(("A", "x", "1/2", "1", ""))
    tall = Line(("A", " + ".join(["doxorubicin"] * 12), "1/2", "1", ""))
    note = Line(("tau² = 0", "", "", "", ""), kind="note")
    found = laid_out(COLUMNS, [short, tall, note], 120)
    heights = [end - start for start, end in zip(found.tops, found.tops[1:], strict=False)]
    one = BODY * 1.25 / 72
    assert [one, 3 * one, SMALL_LETTERS * 1.25 / 72] == pytest.approx(
        [height - layouts.PADDING for height in heights]
    )
    assert found.texts[1][1][-1].endswith("…")
    assert (found.tops[1] + found.tops[2]) / 2 == found.centre(1)


@pytest.mark.parametrize(("lines", "long"), [(25, False), (26, True)])
def test_a_long_figure(lines, long):
    """More than twenty-five lines have the scale on top as well."""
    assert long is laid_out(COLUMNS, [ROW] * lines, 180).is_long


def test_a_heading_goes_over_the_plot():
    """Words alone take the room of all columns up to the end of the plot; a diamond's stay left."""
    text = "Line: previously treated with at least two lines of systemic therapy for metastatic disease"
    blank = ("",) * 4
    heading, pooled = (
        Line((text, *blank), kind="heading"),
        Line((text, "", "1/2", "1", ""), kind="pooled"),
    )
    found = laid_out(COLUMNS, [ROW, heading, pooled], 180)
    across = found.plot + found.plot_width - found.boxes[0].left
    assert tuple(lines_of(text, across, BODY, bold=True)) == found.texts[1][0]
    beside = found.boxes[1].left + found.boxes[1].width - found.boxes[0].left
    widest = max(text_inches(one, BODY, bold=True) for one in found.texts[2][0])
    assert found.boxes[0].width < widest <= beside + 0.02


@pytest.mark.parametrize(
    ("natural", "least", "room", "widths"),
    [
        ([1, 2], [1, 1], 4, [1, 2]),
        ([1, 3, 3], [0, 0, 0], 5, [1, 2, 2]),
        ([1, 3, 3], [0, 2.5, 0], 5, [1, 2.5, 1.5]),
        ([], [], 3, []),
    ],
)
def test_shared_room(natural, least, room, widths):
    """Narrow columns are as wide as they are, the others alike, none below its least."""
    assert widths == pytest.approx(shared(natural, least, room))


@pytest.mark.parametrize(
    ("text", "inches", "lines"),
    [
        ("one two", 9, ["one two"]),
        ("", 9, [""]),
        ("    part of a whole", 0.6, ["    part of a", "    whole"]),
        ("tied\N{NO-BREAK SPACE}words here", 0.55, ["tied\N{NO-BREAK SPACE}words", "here"]),
        ("checkpoint-inhibitor-not-stated", 0.8, ["checkpoint-", "inhibitor-not-", "stated"]),
    ],
)
def test_lines_of_a_text(text, inches, lines):
    """Broken at spaces, then behind marks; spaces in front stay, tied words too."""
    assert lines == lines_of(text, inches, 7)


def test_a_word_that_is_too_long():
    """It is broken with a hyphen, and at least three letters go to the next line."""
    first, second = lines_of("leiomyosarcoma", text_inches("leiomyosarcom-", 7), 7)
    assert ("leiomyosarc-", "oma") == (first, second)
    assert 14 == len(lines_of("leiomyosarcoma", 0.0, 7))


def test_a_text_of_too_many_lines():
    """What does not fit ends in an ellipsis that does, without a sign before it."""
    text = "doxorubicin + ifosfamide + doxorubicin + ifosfamide"
    found = lines_of(text, 0.95, 7, most=2)
    assert 2 == len(found)
    assert found[1].endswith("…")
    assert not found[1].endswith("+…")
    assert all(text_inches(one, 7) <= 0.95 for one in found)
