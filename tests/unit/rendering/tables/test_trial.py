"""A record as a table: every block of it, one report, one set, one number."""

import pytest

import kb
from builders import (
    analysis_set,
    arm,
    base_of,
    contrast,
    estimate,
    part,
    randomised,
    report,
    response_words,
    trial,
    write_base,
)  # fmt: skip
from kb.errors import UnknownTermError
from kb.rendering.tables.trial import number_table, shown, table_of

FULL = report(
    {
        "one": analysis_set("one", locator="p2"),
        "two": analysis_set("two", n=38),
        "lms": analysis_set("one", n=13, of="one", subgroup={"histology": ["leiomyosarcoma"]}),
    },
    [
        estimate(of="one", primary=True, interval={"level": 95, "low": "12.7", "high": "41.2"}),
        estimate("pfs", of="two", value="not-reached"),
        estimate(of="lms", events=3),
        estimate("dcr", of="two", measure="proportion", value="50.0"),
    ],
    contrasts=[contrast(locator="p9")],
    data_cut="2021-03-01",
    extraction={"status": "single", "date": "2026-11-01"},
    follow_up=[{"months": "12.5", "statistic": "median", "locator": "p4"}],
    regimens={"one": [{"drug": "doxorubicin", "route": "intravenous", "locator": "p5"}]},
    populations={"one": [{"note": "adults", "locator": "p6"}]},
    errata=[
        {
            "at": "estimates",
            "printed": "25",
            "should_read": "26",
            "why": "a slip",
            "authority": [{"report": "smith-2020"}],
            "locator": "p7",
        }
    ],
    baseline=[{"set": "one", "characteristic": "sex", "category": "male", "count": "20",
               "locator": "t1"}],
    flow=[{"arm": "one", "step": "treated", "count": "41", "locator": "f1"}],
    dose_finding=[{"arm": "one", "drug": "ifosfamide", "recommended": {"amount": "9", "unit": "g"},
                   "locator": "t3"}],
    harms=[{"set": "one", "event": "nausea", "grade": "3-4", "events": "5", "locator": "t4"}],
    limitations=["small-sample"],
    statements={"context": {"says": "It is rare.", "locator": "p1"}},
    references=[{"number": "3", "doi": "10.1000/y", "locator": "p8"}],
)  # fmt: skip
LATER = report(
    {"one": analysis_set("one", n=44)},
    [estimate(of="one", events=11)],
    read="news",
    citation={"container": "Outlet", "year": 2021},
    relays={"report": "smith-2020"},
)
DATA = randomised(
    "alpha",
    arm("doxorubicin", {"drug": "ifosfamide", "days": ["1-3"]}, population={
        "histologies": ["leiomyosarcoma"], "line": "second", "from": "smith-2020"}),
    arm("doxorubicin"),
    acronym="ALPHA",
    registrations=["NCT00000009"],
    reports={"smith-2020": FULL, "late-2021": LATER},
    overlaps=[{"sets": ["alpha/smith-2020/one", "alpha/late-2021/one"], "patients": "same",
               "note": "one cohort"}],
    acknowledged=[{"finding": "some-rule", "note": "looked at", "at": "alpha/smith-2020"}],
)  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A base on disk, since tables of a record name the line of its file."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("KB_CACHE", "off")
        return kb.load(
            write_base(tmp_path_factory.mktemp("trial") / "base", DATA, trial("beta", arms={
                "one": arm("doxorubicin"),
                "same": {"name": "Same", "regimen": {"same_as": "one"}},
            }))
        )  # fmt: skip


def _lines(table):
    return {section.heading: section.lines for section in table.sections}


def test_every_block_has_a_section(base):
    """Trial, design, population, arms, overlaps, then each report, then acknowledged findings."""
    table = shown(base, "alpha")
    assert "ALPHA · alpha · Trial alpha" == table.title
    assert [
        "Trial",
        "Design",
        "Population",
        "Arm one: Doxorubicin + ifosfamide",
        "Arm two: Doxorubicin",
        "Overlaps",
        "Report smith-2020",
        "Report smith-2020: baseline",
        "Report smith-2020: flow",
        "Report smith-2020: dose finding",
        "Report smith-2020: results",
        "Report smith-2020: harms",
        "Report smith-2020: what else it says",
        "Report late-2021",
        "Report late-2021: results",
        "Acknowledged findings",
    ] == [section.heading for section in table.sections]
    (note,) = table.notes
    assert "Record" == note.heading
    assert note.lines[0].endswith("alpha.yaml:1")


def test_lines_of_a_trial(base):
    """Each line is what it is about, what is said, and where in the source."""
    lines = _lines(shown(base, "alpha"))
    assert ("registrations", "NCT00000009", "") in lines["Trial"]
    assert ("phase", "2", "") in lines["Trial"]
    assert ("allocation", "randomised", "") in lines["Design"]
    assert ("population: line", "second", "") in lines["Arm one: Doxorubicin + ifosfamide"]
    assert ("  component", "ifosfamide days 1-3", "") in lines["Arm one: Doxorubicin + ifosfamide"]
    assert ("role", "control", "") in lines["Arm two: Doxorubicin"]
    assert (
        ("alpha/smith-2020/one, alpha/late-2021/one", "patients: same", "one cohort"),
    ) == lines["Overlaps"]
    assert (("some-rule", "looked at", "alpha/smith-2020"),) == lines["Acknowledged findings"]


def test_lines_of_a_report(base):
    """What a report says of itself, with the locator of each piece."""
    lines = _lines(shown(base, "alpha"))
    about = lines["Report smith-2020"]
    assert ("citation", "Smith J. A trial. Journal. 2020", "") == about[0]
    for line in (
        ("read", "full-text", ""),
        ("data cut", "date 2021-03-01", ""),
        ("extraction", "status single, date 2026-11-01", ""),
        ("follow-up", "months 12.5, statistic median", "p4"),
        ("regimen of one", "route intravenous, drug doxorubicin", "p5"),
        ("population of one", "note adults", "p6"),
        (
            "erratum at estimates",
            "printed 25, should read 26; a slip; on the authority of report smith-2020",
            "p7",
        ),
        ("set one", "arm one, population intention-to-treat, n 40", "p2"),
    ):
        assert line in about
    assert ("relays", "report smith-2020", "") in lines["Report late-2021"]
    assert (("one: sex", "category male, count 20", "t1"),) == lines["Report smith-2020: baseline"]
    assert (("one: treated", "count 41", "f1"),) == lines["Report smith-2020: flow"]
    assert (("one: ifosfamide", "recommended 9 g", "t3"),) == (
        lines["Report smith-2020: dose finding"]
    )
    assert (("one: nausea", "grade 3-4, events 5", "t4"),) == lines["Report smith-2020: harms"]
    assert (
        ("limitation", "small-sample", ""),
        ("statement: context", "says It is rare.", "p1"),
        ("reference", "number 3, doi 10.1000/y", "p8"),
    ) == lines["Report smith-2020: what else it says"]


def test_numbers_of_a_report(base):
    """Each number with its interval and count; a primary endpoint is said to be one."""
    assert (
        ("one/orr/proportion", "25.0% (95% CI, 12.7%–41.2%) [10/40] (primary endpoint)", "p1"),
        ("two/pfs/median", "NR", "p1"),
        ("lms/orr/proportion", "23.1% [3/13]", "p1"),
        ("two/dcr/proportion", "50.0% [19*/38]", "p1"),
        ("one:two/pfs/hazard-ratio", "0.80 (95% CI, 0.60–1.07)", "p9"),
    ) == _lines(shown(base, "alpha"))["Report smith-2020: results"]


def test_one_report(base):
    """A report alone has the trial around it and no other report."""
    headings = list(_lines(shown(base, "alpha/late-2021")))
    assert "Report late-2021" in headings
    assert "Report smith-2020" not in headings
    assert "Trial" in headings


def test_one_set(base):
    """A set alone is its numbers, contrasts of it too, and the line where it stands."""
    table = shown(base, "alpha/smith-2020/two")
    assert ("alpha/smith-2020/two", {"alpha/smith-2020/two"}) == (table.title, set(_lines(table)))
    assert ["two/pfs/median", "two/dcr/proportion", "one:two/pfs/hazard-ratio"] == [
        line[0] for line in table.lines
    ]
    assert "alpha.yaml:" in table.notes[0].lines[0]


def test_trial_by_acronym(base):
    """An acronym names the trial in an address too."""
    assert "alpha/smith-2020/one/orr/proportion" == (
        shown(base, "ALPHA/smith-2020/one/orr/proportion").title
    )


def test_one_number(base):
    """A number with what it means, whose it is, who judged, and where it was read."""
    table = number_table(base, "alpha/smith-2020/one/orr/proportion")
    lines = {name: cell for name, cell, *_ in table.lines}
    assert {
        "value": "25.0% (95% CI, 12.7%–41.2%)",
        "endpoint": (
            "Objective response rate: Complete or partial response as best overall response."
        ),
        "events / n": "10/40 (printed)",
        "interval": "printed in the source",
        "measure": "proportion",
        "primary": "yes",
        "analysis set": "one: arm one, population intention-to-treat, n 40",
        "arm": "Doxorubicin + ifosfamide",
        "drugs": "doxorubicin+ifosfamide",
        "judged by": "criteria not stated, assessor not stated, confirmed not stated",
        "report": "Smith J. A trial. Journal. 2020",
        "data cut": "2021-03-01",
    } == lines


def test_an_interval_in_fractions(tmp_path):
    """An interval in a unit of its own, or of the level of another, stands there as it is printed."""
    interval = {"level": 95, "low": "0.13", "high": "0.41", "unit": "proportion"}
    alone = {**interval, "level_from": "first"}
    own = report(estimates=[estimate(interval=alone, value="25")])
    root = write_base(tmp_path / "base", trial("beta", reports={"smith-2020": own}))
    table = number_table(kb.load(root), "beta/smith-2020/one/orr/proportion")
    printed = "95% CI 0.13–0.41 (proportion), level printed with the first"
    assert ("interval", f"printed in the source as {printed}", "p1") in table.lines
    assert ("value", "25% (95% CI, 13%–41%)", "p1") in table.lines


def test_a_reconstructed_count(base):
    """A count that was not printed is said to be the only one that fits."""
    table = shown(base, "alpha/smith-2020/two/dcr/proportion")
    assert ("events / n", "19*/38 (the only count that fits)", "") in table.lines
    assert "interval" not in {line[0] for line in table.lines}


@pytest.mark.parametrize(
    ("parts", "events", "formula"),
    [
        (["cr 2", "pr 7"], "9‡/40 (computed here)", "CR 2 + PR 7"),
        (["pr 7"], "≥ 7/40 (a lower bound)", "PR 7; CR not printed"),
    ],
    ids=["sum", "bound"],
)
def test_a_number_that_follows_from_others(tmp_path, parts, events, formula):
    """A computed number says from what, and stands at the line of its set."""
    body = report({"one": analysis_set("one")}, [part(one) for one in parts])
    data = trial("alpha", reports={"smith-2020": body})
    base = kb.load(write_base(tmp_path / "base", data, vocabulary=response_words()))
    address = "alpha/smith-2020/one/orr/proportion"
    found = shown(base, "alpha/smith-2020/one").lines[-1]
    assert "one/orr/proportion" == found[0]
    assert found[1].endswith(f"(computed here: {formula})")
    lines = {name: cell for name, cell, *_ in number_table(base, address).lines}
    assert (events, formula) == (lines["events / n"], lines["computed from"])
    assert "measure" not in lines


def test_a_number_that_is_passed_on(base):
    """A number of a relaying report names what it relays; without a cut there is no line for it."""
    lines = {line[0]: line[1:] for line in shown(base, "alpha/late-2021/one/orr/proportion").lines}
    assert ("report smith-2020", "") == lines["relays"]
    assert "read as news" == lines["report"][1]
    assert "data cut" not in lines


def test_a_regimen_of_another_arm(base):
    """An arm with the regimen of another says so and lists no components."""
    assert (("regimen", "the same as arm one", ""),) == _lines(shown(base, "beta"))[
        "Arm same: Same"
    ]


def test_without_registration(base):
    """A trial without a registration says that none is recorded."""
    table = shown(base, "beta")
    assert "beta · Trial beta" == table.title
    assert ("registrations", "none recorded", "") == _lines(table)["Trial"][0]
    assert "Overlaps" not in _lines(table)


def test_trial_without_a_base():
    """A trial alone is shown without places in files."""
    found = base_of(trial("gamma"))["gamma"]
    table = table_of(found)
    assert ("gamma · Trial gamma", ()) == (table.title, table.notes)
    assert "Report smith-2020: results" in _lines(table)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("alfa", "'alfa' is not a known trial; did you mean 'alpha'?"),
        (
            "alpha/late-2022",
            "'alpha/late-2022' is not a known report; did you mean 'alpha/late-2021'?",
        ),
        (
            "alpha/zzz",
            "'alpha/zzz' is not a known report; did you mean 'alpha/smith-2020' or "
            "'alpha/late-2021'?",
        ),
        (
            "alpha/late-2021/oen",
            "'alpha/late-2021/oen' is not a known analysis set; did you mean "
            "'alpha/late-2021/one'?",
        ),
        (
            "alpha/late-2021/zzzzzzz",
            "'alpha/late-2021/zzzzzzz' is not a known analysis set; did you mean "
            "'alpha/late-2021/one'?",
        ),
        (
            "alpha/late-2021/one/orr",
            "'alpha/late-2021/one/orr' is not a known address; did you mean "
            "'alpha/late-2021/one/orr/proportion'?",
        ),
    ],
)
def test_near_words(base, asked, message):
    """A name that is not there is refused with near ones, else with those there are."""
    with pytest.raises(UnknownTermError) as refused:
        shown(base, asked)
    assert message == str(refused.value)
