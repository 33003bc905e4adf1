"""What an interval of a record may say of its level."""

import pytest
from pydantic import ValidationError

from kb.model.estimate import Interval


@pytest.mark.parametrize("level", ["50", "50.0", "95", "99.99", "not-stated"])
def test_levels(level):
    """A percent from 50 to 99.99, or none that is stated."""
    assert level == str(Interval.model_validate({"level": level, "low": "1", "high": "2"}).level)


@pytest.mark.parametrize("level", ["49.99", "99.991", "100", "0.95", "0"])
def test_no_levels(level):
    """What lies outside is refused, a fraction too."""
    with pytest.raises(ValidationError, match=f"between 50 and 99.99, got {level}"):
        Interval.model_validate({"level": level, "low": "1", "high": "2"})
