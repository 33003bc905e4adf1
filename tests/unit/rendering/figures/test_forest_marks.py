"""The marks of a forest plot, and the words that explain those in use."""

from math import exp, inf

import pytest

from kb.rendering.figures.forest_line import Line
from kb.rendering.figures.forest_marks import HALF_DIAMOND, LEFT, REACH, RIGHT, legend, mark
from kb.rendering.figures.page import MUTED, SHAPE, sized_figure

PERCENTS = (0.0, 100.0)


def _axes(line, span=PERCENTS, *, logarithmic=False):
    """An axis with one line of a plot drawn at 2."""
    axes = sized_figure(3, 2).add_axes((0, 0, 1, 1))
    mark(axes, line, 2, span, logarithmic=logarithmic)
    return axes


def _drawn(axes):
    """What is drawn: the ends of lines, and where which mark stands."""
    bare = "None"
    return [
        (list(one.get_xdata()), "-" if one.get_marker() == bare else one.get_marker())
        for one in axes.lines
    ]


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ({"value": 30, "low": 20, "high": 40}, [([20, 40], "-"), ([30], "s")]),
        ({"value": 30, "shape": "circle"}, [([30], "o")]),
        ({}, []),
        ({"value": 30, "low": 20, "open_high": True},
         [([20, 100], "-"), ([100], RIGHT), ([30], "s")]),
        ({"value": 30, "high": 40, "open_low": True},
         [([0, 40], "-"), ([0], LEFT), ([30], "s")]),
        ({"value": 30, "low": 20}, [([20, 30], "-"), ([30], "s")]),
        ({"value": 30, "high": 40}, [([30, 40], "-"), ([30], "s")]),
        ({"value": 30, "open_high": True}, [([30, 100], "-"), ([100], RIGHT), ([30], "s")]),
        ({"low": 20, "open_high": True}, [([20, 100], "-"), ([100], RIGHT)]),
        ({"open_high": True}, [([100], RIGHT)]),
        ({"low": 20}, []),
        ({"value": 30, "low": -5, "high": 140},
         [([0, 100], "-"), ([100], RIGHT), ([0], LEFT), ([30], "s")]),
        ({"value": 130, "low": 20, "high": 140},
         [([20, 100], "-"), ([100], RIGHT), ([100], RIGHT)]),
        ({"value": 130, "low": 120, "high": 140}, [([100], RIGHT), ([100], RIGHT)]),
        ({"value": -5, "low": -9, "high": -1}, [([0], LEFT), ([0], LEFT)]),
        ({"value": 0, "low": 0, "high": 100}, [([0, 100], "-"), ([0], "s")]),
    ],
)  # fmt: skip
def test_marks_of_a_row(line, marks):
    """An interval, arrows where an end is open or outside, and a mark where the value lies."""
    axes = _axes(Line(("x",), **line))
    assert marks == _drawn(axes)
    assert all({2} == set(one.get_ydata()) for one in axes.lines)


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ({"value": 0.5, "low": 0, "high": 1.2}, [([0.1, 1.2], "-"), ([0.1], LEFT), ([0.5], "s")]),
        ({"value": 0, "low": 0, "high": 3}, [([0.1, 3], "-"), ([0.1], LEFT), ([0.1], LEFT)]),
        ({"value": inf, "low": 2, "open_high": True},
         [([2, 10], "-"), ([10], RIGHT), ([10], RIGHT)]),
    ],
)  # fmt: skip
def test_what_has_no_logarithm(line, marks):
    """A bound or a ratio of 0, or without end, is an arrow at the end of the scale."""
    assert marks == _drawn(_axes(Line(("x",), **line), (0.1, 10), logarithmic=True))


@pytest.mark.parametrize(
    ("line", "span", "logarithmic", "end", "arrow"),
    [
        ({"value": 50, "shape": "below"}, PERCENTS, False, 50 - 100 * REACH, LEFT),
        ({"value": 50, "shape": "above"}, PERCENTS, False, 50 + 100 * REACH, RIGHT),
        ({"value": 5, "shape": "below"}, PERCENTS, False, 0, LEFT),
        ({"value": 98, "shape": "above"}, PERCENTS, False, 100, RIGHT),
        ({"value": 1, "shape": "below"}, (1 / exp(1), exp(1)), True, exp(-2 * REACH), LEFT),
        ({"value": 1, "shape": "above"}, (1 / exp(1), exp(1)), True, exp(2 * REACH), RIGHT),
    ],
)
def test_a_bound(line, span, logarithmic, end, arrow):
    """A value printed as a bound is an open mark, with an arrow to the side on which it lies."""
    axes = _axes(Line(("x",), **line), span, logarithmic=logarithmic)
    stem, head, value = axes.lines
    assert [line["value"], end] == pytest.approx(list(stem.get_xdata()))
    assert (end, arrow) == (pytest.approx(head.get_xdata()[0]), head.get_marker())
    assert ("white", arrow) == (value.get_markerfacecolor(), value.get_marker())
    assert SHAPE == value.get_markeredgecolor()


def test_a_bound_outside_the_scale():
    """It is an arrow to where it stands."""
    assert [([100], RIGHT)] == _drawn(_axes(Line(("x",), 130, shape="below")))
    assert [] == _drawn(_axes(Line(("x",), shape="below")))


@pytest.mark.parametrize(
    ("hollow", "dashed", "muted", "face", "color"),
    [
        (False, False, False, SHAPE, SHAPE),
        (True, True, False, "white", SHAPE),
        (False, False, True, MUTED, MUTED),
        (True, False, True, "white", MUTED),
    ],
)
def test_computed_and_printed_differ(hollow, dashed, muted, face, color):
    """Computed values are open and computed intervals dashed; grey is what is no effect."""
    line = Line(("x",), 30, 20, 40, hollow=hollow, dashed=dashed, muted=muted)
    interval, value = _axes(line).lines
    assert (face, color) == (value.get_markerfacecolor(), value.get_markeredgecolor())
    assert dashed is (interval.get_linestyle() == "--")
    assert muted is (interval.get_color() == MUTED)


@pytest.mark.parametrize(("weight", "size"), [(1, 6.2), (0.25, 4.4), (0, 2.6)])
def test_size_of_a_square(weight, size):
    """The side of a square grows with the root of its weight, so its area with it."""
    (square,) = _axes(Line(("x",), 30, weight=weight)).lines
    assert size == pytest.approx(square.get_markersize())


@pytest.mark.parametrize(
    "line", [{"value": 30, "low": 20}, {"value": 30, "high": 40}, {"low": 20, "high": 40}]
)
def test_no_diamond(line):
    """Nothing is drawn of a pooled value of which one number is unknown."""
    axes = _axes(Line(("x",), kind="pooled", **line))
    assert ([], []) == (list(axes.lines), list(axes.patches))


def test_diamond():
    """A pooled value is a diamond over its interval."""
    axes = _axes(Line(("x",), 30, 20, 40, kind="pooled"))
    (area,) = axes.patches
    top, foot = pytest.approx(2 - HALF_DIAMOND), pytest.approx(2 + HALF_DIAMOND)
    assert [(20, 2), (30, top), (40, 2), (30, foot)] == [tuple(one) for one in area.get_xy()[:4]]
    assert [] == list(axes.lines)


def test_a_diamond_that_is_cut():
    """Arrows stand where the scale ends before it."""
    assert [([25], RIGHT), ([22], LEFT)] == _drawn(
        _axes(Line(("x",), 24, 20, 30, kind="pooled"), (22, 25))
    )


def test_a_prediction():
    """It is a bar without a mark, and a heading or a note is no mark at all."""
    assert [([10, 60], "-")] == _drawn(_axes(Line(("x",), low=10, high=60, kind="prediction")))
    for kind in ("heading", "note"):
        assert [] == _drawn(_axes(Line(("x",), kind=kind)))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"value": 30, "low": 20, "high": 40}, "■ printed value; solid line: printed interval"),
        ({"value": 30, "low": 20, "high": 40, "hollow": True, "dashed": True},
         "□ value computed here; dashed line: interval computed here"),
        ({"value": 30, "shape": "circle"}, "● printed value without an interval"),
        ({"value": 30, "shape": "circle", "hollow": True}, "○ computed value without an interval"),
        ({"value": 30, "shape": "below"},
         "◁ ▷ with an arrow: a bound, such as ≤ or >; the value lies on that side"),
        ({"value": 30, "low": 20, "high": 40, "muted": True},
         "■ printed value; solid line: printed interval; grey: no treatment effect"),
        ({"value": 30, "low": 20, "open_high": True},
         "■ printed value; solid line: printed interval; arrowhead at the end of the scale: goes on "
         "beyond it, or has no bound"),
        ({"value": 130, "shape": "circle"},
         "arrowhead at the end of the scale: goes on beyond it, or has no bound"),
        ({"value": 30, "low": 20, "high": 40, "kind": "pooled"}, "◆ pooled estimate"),
        ({"low": 20, "high": 40, "kind": "prediction"},
         "grey bar: prediction interval, where a new trial may lie"),
    ],
)  # fmt: skip
def test_legend(line, said):
    """Marks that are in use are explained, and no others."""
    assert [f"Marks: {said}."] == list(legend([Line(("x",), **line)], PERCENTS, ""))


def test_size_in_the_legend():
    """What squares grow with is said where there are squares; no marks, no legend."""
    (said,) = legend([Line(("x",), 30, 20, 40)], PERCENTS, "weight")
    assert said.endswith("; size of squares: weight.")
    (said,) = legend([Line(("x",), 30, shape="circle")], PERCENTS, "weight")
    assert "size" not in said
    assert [] == list(legend([Line(("x",), kind="heading")], PERCENTS, "n"))
