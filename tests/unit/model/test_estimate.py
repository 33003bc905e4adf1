"""What an interval of a record may say of its level and unit, and a percent of its n."""

import pytest
from pydantic import ValidationError

from kb.model.estimate import Contrast, Estimate, Interval


@pytest.mark.parametrize("level", ["50", "50.0", "95", "99.99", "not-stated"])
def test_levels(level):
    """A percent from 50 to 99.99, or none that is stated."""
    assert level == str(Interval.model_validate({"level": level, "low": "1", "high": "2"}).level)


@pytest.mark.parametrize("level", ["49.99", "99.991", "100", "0.95", "0"])
def test_no_levels(level):
    """What lies outside is refused, a fraction too."""
    with pytest.raises(ValidationError, match=f"between 50 and 99.99, got {level}"):
        Interval.model_validate({"level": level, "low": "1", "high": "2"})


def test_level_of_the_first():
    """Where a level is from is said of a level, and of none that is not stated."""
    bounds = {"low": "1", "high": "2", "level_from": "first"}
    assert "first" == Interval.model_validate({"level": "95", **bounds}).level_from
    with pytest.raises(ValidationError, match="give the level"):
        Interval.model_validate({"level": "not-stated", **bounds})


def _figure(measure, interval_unit, **more):
    """A number with bounds in a unit."""
    interval = {"level": "95", "low": "1", "high": "2", "unit": interval_unit}
    base = {"endpoint": "pfs", "measure": measure, "locator": "p1", "interval": interval, **more}
    if measure in ("hazard-ratio", "median-difference", "risk-difference"):
        sides = {"experimental": "a", "reference": "b", "kind": "randomised"}
        return Contrast.model_validate({**base, **sides})
    return Estimate.model_validate({**base, "set": "a"})


@pytest.mark.parametrize(
    ("measure", "unit", "more", "good"),
    [
        ("proportion", "proportion", {}, True),
        ("proportion", "percent", {}, True),
        ("proportion", "weeks", {}, False),
        ("landmark", "proportion", {"at": {"months": "6"}}, True),
        ("median", "weeks", {"unit": "months"}, True),
        ("median", "percent", {"unit": "months"}, False),
        ("median-difference", "days", {"unit": "months"}, True),
        ("risk-difference", "proportion", {}, True),
        ("hazard-ratio", "proportion", {}, False),
        ("hazard-ratio", "months", {}, False),
    ],
)
def test_unit_of_bounds(measure, unit, more, good):
    """Bounds are shares beside a share and times beside a time; a ratio has no unit."""
    if good:
        assert unit == _figure(measure, unit, **more).interval.unit
        return
    with pytest.raises(ValidationError, match=f"bounds in {unit} do not go with a value that is"):
        _figure(measure, unit, **more)


def test_unit_of_further_bounds():
    """The unit of a second interval is looked at too."""
    also = [{"level": "90", "low": "1", "high": "2", "unit": "weeks"}]
    with pytest.raises(ValidationError, match="bounds in weeks"):
        _figure("proportion", "percent", also=also)


def test_percent_of():
    """The n of a percent goes with the percent of a proportion, and with nothing else."""
    figure = _figure("proportion", "percent", value="20.9", percent_of="43")
    assert 43 == figure.percent_of
    for measure, more in (
        ("proportion", {"events": "9"}),
        ("median", {"value": "6", "unit": "months"}),
        ("landmark", {"value": "40", "at": {"months": "6"}}),
    ):
        with pytest.raises(ValidationError, match="`percent_of` goes with the percent"):
            _figure(measure, "percent" if measure != "median" else "weeks", percent_of="43", **more)
