"""The scale of a forest plot: where it runs, which limits it takes, and its ticks."""

from itertools import pairwise
from math import inf, log10, nan

import pytest

from kb.rendering.figures.forest_line import Line
from kb.rendering.figures.forest_scale import TICK, Axis, limited, ratio_ticks, span
from kb.rendering.figures.page import text_inches


@pytest.mark.parametrize(
    ("kind", "numbers", "ends"),
    [
        ("percent", (50, 40, 60), (0, 100)),
        ("time", (5, 4, 10), (0, 10.6)),
        ("time", (None, None, None), (0, 1.06)),
        ("ratio", (0.8, 0.6, 1.1), (0.5 / 1.1, 2.2)),
        ("ratio", (0.2, 0.1, 5), (0.1 / 1.1, 5.5)),
        ("ratio", (0.001, 0, 500), (0.01, 100)),
        ("ratio", (0, 0, inf), (0.5 / 1.1, 2.2)),
        ("difference", (0.5, -0.5, 0.9), (-1.12, 1.12)),
        ("difference", (10, -10, 40), (-13, 43)),
    ],
)
def test_span_of_an_axis(kind, numbers, ends):
    """Percents run from 0 to 100; the others as far as needed, around their null."""
    value, low, high = numbers
    assert ends == pytest.approx(span([Line(("x",), value, low, high)], Axis(kind)))


def test_span_holds_the_prediction():
    """The bar of a prediction is on the figure."""
    lines = [Line(("x",), 5, 4, 6), Line(("x",), low=1, high=20, kind="prediction")]
    assert (0, 21.2) == pytest.approx(span(lines, Axis("time")))


PERCENT, TIMES = Axis("percent"), Axis("time")
RATIO, DIFFERENCE = Axis("ratio", 1), Axis("difference", 0, "percent")


@pytest.mark.parametrize(
    ("axis", "limits"),
    [
        (PERCENT, (0, 100)),
        (PERCENT, (10, 60)),
        (TIMES, (0, 12)),
        (RATIO, (0.1, 10)),
        (DIFFERENCE, (-5, 5)),
    ],
)
def test_limits(axis, limits):
    """Limits that a scale can have are taken as they are."""
    assert limits == limited(limits, axis)


@pytest.mark.parametrize(
    ("axis", "limits", "said"),
    [
        (PERCENT, (50, 50), "from a lower number to a higher one, not 50 to 50"),
        (PERCENT, (60, 10), "from a lower number to a higher one"),
        (RATIO, (nan, 2), "from a lower number to a higher one"),
        (TIMES, (0, inf), "from a lower number to a higher one"),
        (PERCENT, (-0.1, 60), "within 0 to 100"),
        (PERCENT, (0, 100.1), "within 0 to 100"),
        (TIMES, (-1, 60), "begins at 0 or later"),
        (RATIO, (0, 10), "begins above 0"),
        (RATIO, (1, 10), "holds the line of no effect, 1, not 1 to 10"),
        (RATIO, (0.1, 1), "holds the line of no effect"),
        (DIFFERENCE, (0, 5), "holds the line of no effect, 0"),
    ],
)
def test_no_limits(axis, limits, said):
    """What no scale can be is refused, with the reason and the numbers."""
    with pytest.raises(ValueError, match=said):
        limited(limits, axis)


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (0.5, 2, [0.5, 0.7, 1, 1.5, 2]),
        (0.1, 3, [0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3]),
        (0.9, 1.1, []),
        (0.99, 2, [1, 1.5, 2]),
    ],
)
def test_ticks_of_ratios(low, high, shown):
    """Every round ratio on a wide scale has a tick; one alone is too few."""
    assert shown == ratio_ticks(low, high, 3.2)


@pytest.mark.parametrize("inches", [0.85, 1.2, 1.9])
def test_ticks_do_not_touch(inches):
    """On a narrow scale fewer ratios are marked, 1 among them, and their numbers stand apart."""
    found = ratio_ticks(0.01, 100, inches)
    assert 1 in found
    for one, other in pairwise(found):
        apart = inches * log10(other / one) / 4
        assert apart >= (text_inches(f"{one:g}", TICK) + text_inches(f"{other:g}", TICK)) / 2 + 0.05


@pytest.mark.parametrize(
    ("axis", "words"),
    [
        (PERCENT, "%"),
        (TIMES, "months"),
        (RATIO, "ratio (log scale)"),
        (DIFFERENCE, "percentage points"),
        (Axis("difference", 0, "time"), "months"),
        (Axis("difference", 0), "difference"),
    ],
)
def test_words_of_an_axis(axis, words):
    """The unit stands beneath the scale."""
    assert words == axis.words
