"""What `compare` takes, and the numbers its rows hold."""

import pytest

import kb
from builders import (
    VOCABULARY,
    analysis_set,
    arm,
    base_of,
    contrast,
    estimate,
    randomised,
    report,
    trial,
)

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


@pytest.mark.parametrize("level", [50, 99.99])
def test_levels_inside(level):
    """The lowest and the highest level are computed, and travel with the comparison."""
    found = kb.compare(BASE, "orr", level=level, trial="alpha")
    assert (float(level), float(level)) == (found.level, found.rows[0].level)


@pytest.mark.parametrize("level", [49.99, 100, 0])
def test_levels_outside(level):
    """A level below 50 or of everything is refused."""
    with pytest.raises(ValueError, match=rf"from 50 to 99\.99, got {level}"):
        kb.compare(BASE, "orr", level=level)


MIXED = report(
    {"one": analysis_set("one"), "two": analysis_set("two")},
    [
        estimate(),
        estimate("pfs"),
        estimate("pfs", measure="landmark", at={"months": 6}, value="40"),
        estimate("os"),
    ],
    contrasts=[
        contrast(),
        contrast(measure="not-stated", p=".04", value=None, interval=None, id="p"),
        contrast(measure="median-difference", unit="months", value="1", interval=None),
    ],
)
MIXED["contrasts"] = [
    {name: value for name, value in one.items() if value is not None} for one in MIXED["contrasts"]
]
PAIR = base_of(
    randomised("alpha", arm("doxorubicin"), arm("ifosfamide"), reports={"smith-2020": MIXED})
)


@pytest.mark.parametrize(
    ("endpoint", "measure", "measures"),
    [
        ("orr", None, ["proportion"]),
        ("pfs", None, ["median", "landmark"]),
        ("pfs", "median", ["median"]),
        ("pfs", "landmark", ["landmark"]),
        ("pfs", "hazard-ratio", ["hazard-ratio"]),
        ("pfs", "not-stated", ["not-stated"]),
        ("pfs", "median-difference", ["median-difference"]),
        ("pfs", "proportion", []),
        (
            "pfs", "all",
            ["median", "landmark", "hazard-ratio", "not-stated", "median-difference"],
        ),
        ("orr,pfs", "median", ["median"]),
        ("orr, pfs", None, ["proportion", "median", "landmark"]),
        ("os,orr", None, ["proportion", "median"]),
        ("os", "odds-ratio", []),
    ],
)  # fmt: skip
def test_measures(endpoint, measure, measures):
    """Without a measure numbers of one set are shown; a measure shows that one, `all` everything."""
    assert measures == [row.measure for row in kb.compare(PAIR, endpoint, measure=measure).answers]


@pytest.mark.parametrize(
    ("endpoints", "columns"),
    [
        (["os", "dcr", "orr", "pfs"], ("orr", "dcr", "pfs", "os")),
        (["orr", "pfs"], ("orr", "pfs")),
        (["os"], ("os",)),
    ],
)
def test_columns_where_no_endpoint_is_named(endpoints, columns):
    """Without an endpoint the columns of the vocabulary are shown of which there is a number."""
    base = base_of(trial(reports={"smith-2020": report(estimates=[*map(estimate, endpoints)])}))
    found = kb.compare(base)
    assert columns == found.endpoints
    assert set(endpoints) == {row.endpoint for row in found.rows}


def test_no_column_where_the_vocabulary_names_none():
    """A vocabulary without columns asks for an endpoint."""
    bare = {
        name: {key: value for key, value in one.items() if key != "column"}
        for name, one in VOCABULARY["endpoints"].items()
    }
    base = base_of(trial(), vocabulary={**VOCABULARY, "endpoints": bare})
    with pytest.raises(ValueError, match="name an endpoint: no endpoint of this vocabulary"):
        kb.compare(base)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("alpha", "it is a trial: `kb compare orr alpha`, or `kb compare --trial alpha`"),
        ("GEIS-99", "it is a trial: `kb compare orr alpha`, or `kb compare --trial alpha`"),
        ("ALPHA", "'ALPHA' is not a known endpoint; it is a trial: `kb compare orr alpha`"),
        ("orrr", "did you mean 'orr'?"),
        ("nobody-at-all", "'nobody-at-all' is not a known endpoint$"),
    ],
)
def test_a_trial_in_place_of_an_endpoint(word, said):
    """A trial where an endpoint belongs is told where it belongs; another word its near ones."""
    with pytest.raises(kb.UnknownTermError, match=said):
        kb.compare(base_of(trial("alpha", acronym="GEIS-99")), word)


def test_what_a_comparison_says_of_itself():
    """Endpoints, filters, interval and level are those that were asked for."""
    found = kb.compare(BASE, "orr", interval="wilson", level=90, line="first", reports="all")
    assert (("orr",), {"line": ("first",)}, "wilson", 90.0, BASE) == (
        found.endpoints, dict(found.criteria), found.interval, found.level, found.base,
    )  # fmt: skip
    assert "reported" == kb.compare(BASE, "orr").interval


def _table(tmp_path, text):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    return kb.table(path, vocabulary=BASE.vocabulary)


OWN = (
    "study,arm,versus,endpoint,measure,value,events,n,low,high,level,unit\n"
    "A,x,,orr,,,10,40,,,,\n"
    "B,x,,,,25.0,,40,13.0,40.5,90,\n"
    ",x,,dcr,,,20,40,,,,\n"
    "D,x,,pfs,median,6,,,,,,months\n"
    "E,x,y,pfs,HR,0.80,,,0.60,1.07,95,\n"
)


@pytest.mark.parametrize(
    ("endpoint", "options", "trials"),
    [
        ("orr", {}, ["A", "B"]),
        ("dcr", {}, ["B", "row 3"]),
        ("orr,dcr", {}, ["A", "row 3"]),
        ("pfs", {}, ["B", "D"]),
        ("pfs", {"measure": "hazard-ratio"}, ["E"]),
        ("pfs", {"measure": "all"}, ["B", "D", "E"]),
        ("orr", {"measure": "odds-ratio"}, []),
        ("os", {"measure": "median"}, []),
    ],
)
def test_rows_of_a_table(tmp_path, endpoint, options, trials):
    """Rows of the endpoints and measures that are asked for; without an endpoint, of the only one."""
    found = kb.compare(_table(tmp_path, OWN), endpoint, **options)
    assert trials == [row.trial for row in found.rows]
    assert ((), {}) == (found.set_aside, dict(found.criteria))
    assert bool(trials) == ("not-testable" in {one.rule for one in found.caveats})


def test_intervals_of_a_table(tmp_path):
    """Intervals are shown and computed as those of records are, at the level that is asked for."""
    table = _table(tmp_path, OWN)
    first, second = kb.compare(table, "orr", level=80).rows
    assert ("computed", "clopper-pearson", 80.0) == (
        first.interval_source, first.interval_method, first.level,
    )  # fmt: skip
    assert ("reported", "13.0", 90.0) == (second.interval_source, second.low, second.level)
    found = kb.compare(table, "orr", interval="wilson", level=80)
    assert ["wilson", "wilson"] == [row.interval_method for row in found.rows]
    assert ("wilson", 80.0, ("orr",)) == (found.interval, found.level, found.endpoints)
    assert [] == list(found.base)


def test_contrasts_of_a_table(tmp_path):
    """A row with its other arm is taken as a contrast of randomised arms."""
    (row,) = kb.compare(_table(tmp_path, OWN), "pfs", measure="hazard-ratio").rows
    assert ("randomised", "x", "y", True) == (
        row.contrast_kind, row.arm, row.versus, row.is_contrast,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"line": "first"}, "a table takes no filter, got line; leave rows out"),
        ({"line": "first", "drug": "x"}, "a table takes no filter, got line, drug; leave rows out"),
        ({"measure": "mean"}, "measure is one of proportion, median, .* or all, got 'mean'"),
        ({"reports": "newest"}, "reports is one of latest, all, got 'newest'"),
        ({"level": 100}, "got 100"),
    ],
)
def test_what_a_table_refuses(tmp_path, options, said):
    """A table takes no filter, and what no comparison takes."""
    with pytest.raises(ValueError, match=said):
        kb.compare(_table(tmp_path, OWN), "orr", **options)
