"""P-values as they are printed: which texts are one, the number they are, and what they admit."""

import pytest

from kb.printed.p_value import NOT_SIGNIFICANT, exact_p, p_span, read

READ = {
    ".19": (0.19, (0.185, 0.20)),
    "0.190": (0.19, (0.1895, 0.191)),
    "= .03": (0.03, (0.025, 0.04)),
    "=.03": (0.03, (0.025, 0.04)),
    "0": (0.0, (0.0, 1.0)),
    ".00": (0.0, (0.0, 0.01)),
    "1": (1.0, (0.5, 1.0)),
    "1.00": (1.0, (0.995, 1.0)),
    "<.001": (None, (0.0, 0.001)),
    "< 0.05": (None, (0.0, 0.05)),
    "<=.05": (None, (0.0, 0.05)),
    "≤.05": (None, (0.0, 0.05)),
    ">.05": (None, (0.05, 1.0)),
    ">=.05": (None, (0.05, 1.0)),
    "≥.05": (None, (0.05, 1.0)),
    "<1": (None, (0.0, 1.0)),
    "6.5 x 10^-4": (6.5e-4, (6.45e-4, 6.6e-4)),
    "6.5×10-4": (6.5e-4, (6.45e-4, 6.6e-4)),
    "6.5 × 10−4": (6.5e-4, (6.45e-4, 6.6e-4)),
    "6x10^-12": (6e-12, (5.5e-12, 7e-12)),
    "= 6.5 x 10^-4": (6.5e-4, (6.45e-4, 6.6e-4)),
    "<1 x 10^-4": (None, (0.0, 1e-4)),
    ">9 x 10^-1": (None, (0.9, 1.0)),
    "9.9 x 10^-1": (0.99, (0.985, 1.0)),
    "NS": (None, (0.05, 1.0)),
    " ns ": (None, (0.05, 1.0)),
    "Not significant": (None, (0.05, 1.0)),
}  # fmt: skip


@pytest.mark.parametrize("text", list(READ))
def test_what_is_read(text):
    """A number is exact, a limit and "not significant" are not; each admits a range inside 0 to 1."""
    number, admits = READ[text]
    assert (None if number is None else pytest.approx(number, rel=1e-12)) == exact_p(text)
    assert pytest.approx(admits, rel=1e-12) == p_span(text)


def test_ways_of_saying_not_significant_have_a_case():
    """Every spelling that stands for "not significant" is in the table above."""
    assert set(NOT_SIGNIFICANT) <= {text.strip().casefold() for text in READ}


@pytest.mark.parametrize(
    "text",
    [
        "", "1.01", "2", "-.1", "-0", "<-.1", "<1.5", "p=.03", ".19*", "0,19", "nearly .05", "n.s.",
        "65 x 10^-4", ".5 x 10^-4", "6.5 x 10^4", "6.5 x 10^-123", "6.5 x 10", "6.5 y 10^-4",
        "6.5  x 10^-4", "-6.5 x 10^-4", "2 x 10^-0", "1.1 x 10^-00", "<<.05",
    ],
)  # fmt: skip
def test_what_is_not_read(text):
    """What is no number from 0 to 1, with one sign at most, is no p-value."""
    assert read(text) is None
    assert exact_p(text) is None
    assert p_span(text) is None
