"""From the least to the greatest of some numbers, in whatever order they come."""

from itertools import permutations

import pytest

from kb.tables.span import Span


@pytest.mark.parametrize("numbers", list(permutations((3, 5, 9))))
def test_span_reaches_from_the_least_to_the_greatest(numbers):
    """The order in which the numbers come says nothing."""
    span = Span()
    assert 0 == span.length
    for number in numbers:
        span.reach(number)
    assert (3, 9, 7) == (span.least, span.most, span.length)
