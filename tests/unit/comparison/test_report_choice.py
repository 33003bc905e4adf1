"""Which report of a result is shown, and what is said of the others."""

from dataclasses import replace
from typing import Any

import pytest

import kb
from builders import analysis_set, base_of, estimate, report, trial
from kb.comparison.report_choice import latest
from kb.rows.row import Row


def _report(read="abstract", year=2020, value="25.0", **more):
    """A report that prints one percent."""
    printed = {
        "endpoint": "orr",
        "set": "one",
        "measure": "proportion",
        "value": value,
        "locator": "p1",
    }
    return report({"one": analysis_set()}, [printed], citation={"year": year}, read=read, **more)


def _base(**reports):
    """A trial with these reports, and with an old one that the record's words come from."""
    named = {name.replace("_", "-"): one for name, one in reports.items()}
    return trial(reports=named)


def _shown(data):
    found = kb.compare(base_of(data), "orr")
    return [row.report for row in found.rows], {
        row.report: row.set_aside for row in found.set_aside
    }


def test_newest_data_cut_is_shown():
    """The release with the later data cut is shown, whatever was published when."""
    data = _base(
        smith_2020=_report(data_cut="2019-01"), old_2024=_report(year=2024, data_cut="2018-06")
    )
    shown, aside = _shown(data)
    assert ["smith-2020"] == shown
    assert {"old-2024": "an earlier release than smith-2020 (2018-06, before 2019-01)"} == aside


def test_best_read_of_one_release():
    """A paper and the news about it are one release: the paper is shown, though the news is newer."""
    data = _base(
        smith_2020=_report(read="abstract"),
        news_2024=_report(read="news", year=2024, relays={"report": "smith-2020"}),
    )
    shown, aside = _shown(data)
    assert ["smith-2020"] == shown
    assert {"news-2024": "the same release as smith-2020, which was read as abstract"} == aside


def test_news_that_relay_one_publication_by_doi():
    """Two news items that relay one DOI are one release; the fuller number wins, then the id."""
    relayed = {"doi": "10.1000/1"}
    data = _base(
        smith_2020=_report(year=2001),
        b_2021=_report(read="news", relays=relayed),
        a_2021=_report(read="news", relays=relayed),
        c_2021=_report(read="news", relays=relayed, value="25.00"),
    )
    assert ["c-2021"] == _shown(data)[0]


def test_review_table_is_the_last_resort():
    """A review table is shown only where nothing else prints the quantity."""
    data = _base(
        smith_2020=_report(read="news", year=2010),
        review_2024=_report(read="review-table", year=2024),
    )
    shown, aside = _shown(data)
    assert ["smith-2020"] == shown
    assert {"review-2024": "a review table; smith-2020 prints it"} == aside
    alone = trial(reports={"smith-2020": _report(read="review-table")})
    assert ["smith-2020"] == _shown(alone)[0]


def test_a_repeated_number_belongs_to_what_it_repeats():
    """A later paper that only repeats an earlier number does not set it aside."""
    later = _report(year=2024)
    later["estimates"][0]["repeats"] = "smith-2020"
    shown, aside = _shown(_base(smith_2020=_report(), later_2024=later))
    assert ["smith-2020"] == shown
    assert {"later-2024": "repeats what smith-2020 prints"} == aside


def test_undated_is_last():
    """A report without any date gives way to one that has one."""
    data = _base(smith_2020=_report(), undated=_report())
    del data["reports"]["undated"]["citation"]["year"]
    data["reports"]["undated"]["citation"]["container"] = "Somewhere"
    assert ["smith-2020"] == _shown(data)[0]


def test_all_sets_of_the_chosen_report_are_shown():
    """Several denominators of one report are all shown, for one patient group."""
    both = report(
        {"one": analysis_set(), "evaluable": analysis_set(n=30, population="response-evaluable")},
        [estimate(), estimate(of="evaluable")],
    )
    found = kb.compare(base_of(trial(reports={"smith-2020": both})), "orr")
    assert ["one", "evaluable"] == [row.set for row in found.rows]


def test_quantities_are_chosen_one_by_one():
    """A definition that only the older report prints stays on show beside the newer number."""
    old = report(
        {"one": analysis_set()},
        [
            estimate(
                "dcr",
                measure="proportion",
                events=20,
                definition={"stable-disease-for": {"weeks": 16}},
            ),
            estimate("dcr", measure="proportion", events=30, definition="not-stated", id="any"),
        ],
    )
    new = report(
        {"one": analysis_set()},
        [estimate("dcr", measure="proportion", events=29)],
        citation={"year": 2024},
    )
    found = kb.compare(base_of(trial(reports={"smith-2020": old, "new-2024": new})), "dcr")
    assert {("smith-2020", "stable-disease-for=16 weeks"), ("new-2024", "")} == {
        (row.report, row.definition) for row in found.rows
    }


def test_all_reports_on_request():
    """`reports="all"` shows every report and sets none aside."""
    data = _base(smith_2020=_report(), other_2021=_report(year=2021))
    found = kb.compare(base_of(data), "orr", reports="all")
    assert ["smith-2020", "other-2021"] == [row.report for row in found.rows]
    assert () == found.set_aside


def test_reports_of_one_date():
    """Of two releases of one date the more direct reading is shown, and the reason says so."""
    shown, aside = _shown(
        _base(smith_2020=_report("full-text"), a_2020=_report(), b_2020=_report("full-text"))
    )
    assert ["b-2020"] == shown
    assert {
        "a-2020": "a release of the same date as b-2020, which was read as full-text",
        "smith-2020": "a release of the same date as b-2020",
    } == aside


def test_undated_reports():
    """Where no release has a date, the reason claims none."""
    undated = {**_report(), "citation": {"container": "Journal"}}
    shown, aside = _shown(_base(smith_2020=undated, a_undated=undated))
    assert ["a-undated"] == shown
    assert {"smith-2020": "a release undated like a-undated"} == aside


def test_one_time_in_two_units():
    """24 months in one report are 2 years in a later one; 104 weeks are not."""

    def shown(at):
        early, late = _report(), _report(year=2022)
        for one, time in ((early, {"months": "24"}), (late, at)):
            one["estimates"] = [estimate("pfs", measure="landmark", value="30", at=time)]
        found = kb.compare(base_of(_base(smith_2020=early, late_2022=late)), "pfs")
        return [row.report for row in found.rows]

    assert ["late-2022"] == shown({"years": "2"})
    assert ["late-2022"] == shown({"months": "24.0"})
    assert ["smith-2020", "late-2022"] == shown({"weeks": "104"})


def test_a_report_that_passes_on_what_another_passes_on():
    """`same_as` another relaying report makes one release of both with what they relay."""
    paper = _report(year=2021)
    paper["citation"]["doi"] = "10.1000/1"
    shown, aside = _shown(
        _base(
            smith_2020=_report(year=2001),
            a_2022=_report("news", 2022, relays={"doi": "10.1000/1"}),
            b_2023=_report("news", 2023, relays={"same_as": "a-2022"}),
            paper_2021=paper,
        )
    )
    assert ["paper-2021"] == shown
    said = "the same release as paper-2021, which was read as abstract"
    assert (said, said) == (aside["a-2022"], aside["b-2023"])


def _row(report_id, **more):
    """A row of one report; rows differ in what a case says, and only there."""
    printed = {
        "endpoint": "orr", "measure": "proportion", "arm": "one", "set": "one", "value": "25.0",
        "value_source": "reported", "interval_source": "reported",
        "read": "full-text", "release": report_id, "release_date": "2020", "report": report_id,
    }  # fmt: skip
    return Row(f"{report_id}/{more.get('set', 'one')}", "alpha", **(printed | more))


DECIDING: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "the newest release": (
        {}, {"release_date": "2019"}, "an earlier release than b (2019, before 2020)",
    ),
    "the newest by a month": (
        {"release_date": "2020-02"}, {"release_date": "2020-01"},
        "an earlier release than b (2020-01, before 2020-02)",
    ),
    "a date before none": (
        {}, {"release_date": ""}, "an earlier release than b (undated, before 2020)",
    ),
    "no review table, though newer": (
        {}, {"read": "review-table", "release_date": "2024"}, "a review table; b prints it",
    ),
    "the newer of two review tables": (
        {"read": "review-table"}, {"read": "review-table", "release_date": "2019"},
        "an earlier release than b (2019, before 2020)",
    ),
    "the release before what repeats it": (
        {"release": "b"}, {"release": "b", "repeats": "b"}, "repeats what b prints",
    ),
    "what is no repetition, though read less directly": (
        {"release": "b", "read": "news"}, {"release": "b", "repeats": "b"}, "repeats what b prints",
    ),
    "the best read of one release": (
        {"release": "b"}, {"release": "b", "read": "abstract"},
        "the same release as b, which was read as full-text",
    ),
    "the best read of one date": (
        {}, {"read": "abstract"}, "a release of the same date as b, which was read as full-text",
    ),
    "the best read where no date is known": (
        {"release_date": ""}, {"release_date": "", "read": "abstract"},
        "a release undated like b, which was read as full-text",
    ),
    "a date before a better reading": (
        {"read": "news"}, {"release_date": "2019"}, "an earlier release than b (2019, before 2020)",
    ),
    "a better reading before decimals": (
        {"value": "25"}, {"read": "abstract", "value": "25.000"},
        "a release of the same date as b, which was read as full-text",
    ),
    "decimals of the value": ({"value": "25.00"}, {}, "a release of the same date as b"),
    "decimals of a bound": (
        {"low": "12.7", "high": "41"}, {"low": "12", "high": "41"}, "a release of the same date as b",
    ),
    "decimals of the other bound": (
        {"low": "12", "high": "41.2"}, {"low": "12", "high": "41"}, "a release of the same date as b",
    ),
    "decimals before a printed n": (
        {"value": "25.00"}, {"n": 40}, "a release of the same date as b",
    ),
    "decimals that are printed": (
        {"value": "25.0"}, {"value": "25.00000000", "value_source": "computed"},
        "a release of the same date as b",
    ),
    "decimals of a printed bound": (
        {"low": "12", "high": "41.2"},
        {"low": "12.00000001", "high": "41.20000002", "interval_source": "computed"},
        "a release of the same date as b",
    ),
    "a printed n": ({"n": 40}, {}, "a release of the same date as b"),
    "a printed n of one release": (
        {"release": "b", "n": 40}, {"release": "b"}, "the same release as b",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", list(DECIDING))
@pytest.mark.parametrize("turned", [False, True], ids=["first", "last"])
def test_what_decides(case, turned):
    """One thing alone decides, whichever row comes first, and the reason names it."""
    better, worse, reason = DECIDING[case]
    rows = [_row("b", **better), _row("a", **worse)]
    found = {row.report: row.set_aside for row in latest(rows[::-1] if turned else rows)}
    assert {"a": reason, "b": ""} == found


def test_the_first_name_decides_last():
    """Of rows that are alike in everything the report whose id comes first is shown."""
    found = latest([_row("b"), _row("a")])
    assert [("b", "a release of the same date as a"), ("a", "")] == [
        (row.report, row.set_aside) for row in found
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"arm": "two"}, {"subgroup": "age=old"}, {"versus": "two"}, {"trial": "beta"},
        {"endpoint": "dcr"}, {"measure": "landmark"}, {"definition": "stable-disease-for=8 weeks"},
        {"at_value": "6", "at_unit": "months"}, {"by_value": "6", "by_unit": "weeks"},
        {"timing": "at-last-assessment"},
    ],
    ids=lambda more: next(iter(more)),
)  # fmt: skip
def test_what_is_chosen_apart(more):
    """Another patient group or another quantity is shown beside a newer report."""
    other = _row("a", release_date="2019")
    other = replace(other, **more)
    assert ["", ""] == [row.set_aside for row in latest([_row("b"), other])]


@pytest.mark.parametrize(
    "more",
    [{"set": "all"}, {"analysis_set": "treated"}, {"n": 41}, {"value": "26.0"}, {"definition": "not-stated"},
     {"criteria": "choi"}, {"timing": "best"}],
    ids=lambda more: next(iter(more)),
)  # fmt: skip
def test_what_is_one_choice(more):
    """Another denominator, value or way of judging is the same quantity of the same patients."""
    found = latest([_row("b"), _row("a", release_date="2019", **more)])
    assert ["", "an earlier release than b (2019, before 2020)"] == [row.set_aside for row in found]


def test_rows_of_the_chosen_report_stay():
    """Every row of the report that is shown stays, though another of its rows is the best."""
    rows = [_row("b", value="25"), _row("b", set="two", value="25.00"), _row("a", value="25.0")]
    assert ["", "", "a release of the same date as b"] == [row.set_aside for row in latest(rows)]
    assert [] == latest([])


def _several(report_id, **values):
    """Rows of one report, one for each endpoint named, each with its value as printed."""
    return [
        replace(
            _row(report_id, release="a;b", read="news", value=value, set=endpoint),
            endpoint=endpoint,
        )
        for endpoint, value in values.items()
    ]


def _chosen(rows, every=None):
    return {(row.endpoint, row.report) for row in latest(rows, every) if not row.set_aside}


def test_one_report_of_a_release_for_all_its_numbers():
    """The report that prints more decimals in what both print gives the ties too."""
    a = _several("a", pfs="8.6", orr="17.8", os="14")
    b = _several("b", pfs="8.57", orr="17.8")
    assert {("pfs", "b"), ("orr", "b"), ("os", "a")} == _chosen([*a, *b])
    assert {("orr", "b")} == _chosen([a[1], b[1]], [*a, *b])
    assert {("orr", "a")} == _chosen([a[1], b[1]])


def test_decimals_are_summed_over_what_both_print():
    """Numbers that one report alone prints do not count, however many decimals they have."""
    a = _several("a", pfs="8.6", orr="17.80")
    b = _several("b", pfs="8.57", orr="17.8", os="14.123", dcr="79.3333")
    assert {("pfs", "a"), ("orr", "a"), ("os", "b"), ("dcr", "b")} == _chosen([*b, *a])


def test_contrasts_come_from_the_report_of_the_medians():
    """Two items about one release: medians and hazard ratios are of the one that is fuller."""
    ratio = {"measure": "hazard-ratio", "endpoint": "pfs", "versus": "two", "value": "0.30"}
    rows = [
        *_several("a", pfs="8.6"), *_several("b", pfs="8.57"),
        *(replace(_row(one, release="a;b", read="news", set="one:two"), **ratio) for one in "ab"),
    ]  # fmt: skip
    assert {"b"} == {row.report for row in latest(rows) if not row.set_aside}


def test_undated_releases_are_not_mixed():
    """Reports of one date are ordered once too, whatever release they belong to."""
    a = [replace(row, release="a") for row in _several("a", pfs="8.6", orr="17.8")]
    b = [replace(row, release="b") for row in _several("b", pfs="8.57", orr="17.8")]
    assert {("pfs", "b"), ("orr", "b")} == _chosen([*a, *b])
