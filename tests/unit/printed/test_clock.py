"""Where clocks start."""

import pytest

from kb.printed.clock import clock


@pytest.mark.parametrize(
    ("origin", "apart"),
    [
        ("", ""),
        ("randomisation", ""),
        ("first-dose", ""),
        ("response", ""),
        ("maintenance-start", "maintenance-start"),
        ("earlier-therapy", "earlier-therapy"),
        ("diagnosis", "diagnosis"),
    ],
)
def test_clock(origin, apart):
    """Only clocks that start before treatment, or well after, are apart from those of treatment."""
    assert apart == clock(origin)
