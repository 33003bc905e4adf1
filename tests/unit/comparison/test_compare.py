"""What `compare` takes, and the numbers its rows hold."""

import pytest

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial

PRINTED = {"level": 90, "low": "13.0", "high": "40.5"}
BASE = base_of(
    trial("alpha"),
    trial(
        "beta", reports={"smith-2020": report(estimates=[estimate(value="25.0", interval=PRINTED)])}
    ),
)


def _only(base, endpoint="orr", **options):
    (row,) = kb.compare(base, endpoint, **options).rows
    return row


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"reports": "newest"}, "reports is one of latest, all, got 'newest'"),
        ({"measure": "mean"}, "got 'mean'"),
        ({"interval": "exact"}, "'exact' is not an interval method"),
        ({"method": "reported"}, "'reported' is not an interval method"),
        ({"level": 100}, "a level is a percent from 50 to 99.99, got 100"),
        ({"level": float("nan")}, "got nan"),
        ({"endpoint": "orr,"}, "'' is not a known endpoint"),
    ],
)
def test_bad_arguments(options, said):
    """A bad argument is a ValueError that holds it."""
    with pytest.raises(ValueError, match=said):
        kb.compare(BASE, **({"endpoint": "orr"} | options))


def test_endpoints_as_a_list():
    """Endpoints may come as a list, by name, and twice."""
    assert ("orr", "pfs") == kb.compare(BASE, ["ORR", "pfs", "Objective response rate"]).endpoints


def test_trials_in_the_order_asked_for():
    """Rows come in the order of the trials that were named."""
    found = kb.compare(BASE, "orr", trial=["beta", "alpha"])
    assert ["beta", "alpha"] == [row.trial for row in found.rows]
    assert 2 == len(found)


def test_printed_interval_stays():
    """By default a printed interval is shown at its own level, and only a missing one computed."""
    row = _only(BASE, trial="beta", level=99)
    assert ("13.0", "40.5", 90, "reported", "") == (
        row.low, row.high, row.level, row.interval_source, row.interval_method,
    )  # fmt: skip
    row = _only(BASE, trial="alpha", level=90, method="jeffreys")
    assert ("computed", "jeffreys", 90, "", None) == (
        row.interval_source, row.interval_method, row.level, row.printed_low, row.printed_level,
    )  # fmt: skip


def test_one_method_for_all():
    """A method's name recomputes every proportion; what was printed stays beside it."""
    row = _only(BASE, trial="beta", interval="wilson", level=95)
    assert ("computed", "wilson", 95, "13.0", "40.5", 90) == (
        row.interval_source, row.interval_method, row.level,
        row.printed_low, row.printed_high, row.printed_level,
    )  # fmt: skip
    assert (10, len("14.18707")) == (len(row.low.replace(".", "")), len(row.low[:8]))


def test_no_interval_where_a_method_gives_none():
    """A Wald interval of nobody has no width, so the row has no interval."""
    none = base_of(trial(reports={"smith-2020": report(estimates=[estimate(events=0)])}))
    row = _only(none, method="wald")
    assert ("", "", "") == (row.interval_source, row.low, row.interval_method)


def test_types_of_fields():
    """Numbers of the source are text as printed, counts integers, months numbers."""
    late = {
        "endpoint": "pfs", "set": "one", "measure": "median", "unit": "weeks", "value": "23.70",
        "interval": {"level": "not-stated", "low": "not-given", "high": "not-reached"},
        "locator": "p1", "p": "<.001",
    }  # fmt: skip
    row = _only(base_of(trial(reports={"smith-2020": report(estimates=[late])})), "pfs")
    assert ("23.70", "weeks", pytest.approx(5.4505133470)) == (
        row.value,
        row.unit,
        row.value_months,
    )
    assert ("", "not-given", "not-reached", None, None) == (
        row.low, row.low_state, row.high_state, row.low_months, row.level,
    )  # fmt: skip
    assert ("<.001", "not-stated", 2020, None) == (row.p, row.p_sides, row.year, row.events)


def test_a_row_of_a_contrast():
    """A contrast has its experimental arm in `arm` and the reference in `versus`."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    own = report(sets, [], contrasts=[contrast(adjusted_for=["age", "grade"])])
    pair = (arm("doxorubicin"), arm("ifosfamide"))
    base = base_of(randomised("alpha", *pair, reports={"smith-2020": own}))
    row = _only(base, "pfs", measure="hazard-ratio")
    assert ("one", "two", "0.80", "age;grade", "randomised") == (
        row.arm, row.versus, row.value, row.adjusted_for, row.contrast_kind,
    )  # fmt: skip
    assert () == kb.compare(base, "pfs").rows
    assert 1 == len(kb.compare(base, "pfs", measure="all"))


def test_html_of_views():
    """A notebook shows a comparison and a selection as tables."""
    assert "<table>" in kb.compare(BASE, "orr")._repr_html_()
    assert "<table>" in kb.select(BASE)._repr_html_()
