"""The same quantity twice: in one report, in two, and in two units."""

from builders import analysis_set, estimate, report, trial

KNOWN = {"arm": "a", "subgroup": "", "at": "", "assessor": "central", "report": "r1"}
"""What has to be stated for two rows to be known as one quantity: no subgroup, no time."""


def _line(cells, more):
    """A row that states who, when, by whom and where, unless `more` says otherwise."""
    own = dict(part.split("=", 1) for part in more.split())
    known = {name: text for name, text in KNOWN.items() if own.get(name) != "?"}
    return " ".join(
        f"{name}={text}" for name, text in {**known, **cells, **own}.items() if text != "?"
    )


def _os(value, more="", unit="months"):
    """A median of overall survival; `?` takes a column away."""
    return _line({"endpoint": "os", "unit": unit, "value": value}, more)


def _hr(value="0.9", more=""):
    """A hazard ratio."""
    return _line({"versus": "b", "endpoint": "os", "measure": "hr", "value": value}, more)


def _orr(more):
    """A response rate."""
    return _line({"endpoint": "orr"}, more)


def _rate(value, report, more=""):
    """A rate at a year in one report, by an assessor."""
    cells = {"endpoint": "pfs", "at": "12", "at_unit": "months", "value": value, "report": report}
    return _line(cells, more)


def _number(endpoint="pfs", value="7.4", **more):
    """A median, or a response rate given by its percent."""
    if endpoint == "pfs":
        return estimate("pfs", value=value, **more)
    number = estimate(endpoint, value=value, **more)
    if "events" not in more:
        del number["events"]
    return number


def _two(own, theirs, sets=None, paper=None, **news):
    """A paper with one number, and a news item that passes it on with another."""
    second = {"read": "news", "citation": {"container": "News", "year": 2021}, **news}
    if "relays" not in news:
        second["relays"] = {"report": "smith-2020"}
    given = {key: value for key, value in second.items() if value is not None}
    reports = {
        "smith-2020": report(estimates=[own], **(paper or {})),
        "news-2021": report(sets, [theirs], **given),
    }
    return [trial(reports=reports)]


def _set(n=40, **more):
    """The analysis set of the news item."""
    return {"one": analysis_set("one", n, **more)}


def _three(*values, read="news"):
    """Reports that relay one publication, in the order of their years, with a rate at a year each."""
    items = {
        f"news-{year}": report(
            estimates=[estimate("pfs", measure="landmark", at={"months": 12}, value=value)],
            read=read, citation={"container": "News", "year": year}, relays={"doi": "10.1000/1"},
        )
        for year, value in zip(range(2020, 2030), values, strict=False)
    }  # fmt: skip
    return [trial(reports={"smith-2020": report(estimates=[])} | items)]


BARE = {"analysis_sets": {"one": analysis_set("one", 40), "bare": analysis_set("one", None)}}
CUT = {"relays": None, "data_cut": "2019-05-01"}
SEVEN, NINE = _number(), _number(value="9.1")

BOUNDARIES = {
    # 12 may be 11.5 to 13, 12.0 11.95 to 12.1; 13 may be 12.5, and 12.4 as well, but not 12.3.
    "row-conflict": [
        ("rounded", [_os("12"), _os("12.4")], []),
        ("meeting in one value", [_os("12.4"), _os("13")], []),
        ("missing each other", [_os("12.3"), _os("13")], [("warning", "12.3 months against 13 months.")]),
        ("a digit apart", [_os("12.0"), _os("12.1")], []),
        ("two digits apart", [_os("12.0"), _os("12.2")], [("warning", "12.0 months against 12.2 months.")]),
        ("two digits swapped", [_os("12.3"), _os("13.2")], [("warning", "12.3 months against 13.2 months (two digits swapped?).")]),
        ("one in weeks", [_os("6"), _os("26", unit="weeks")], []),
        ("one in other weeks", [_os("6"), _os("45", unit="weeks")], [("warning", "6 months against 45 weeks.")]),
        ("a digit apart in another unit", [_os("6"), _os("36", unit="weeks")], [("warning", "6 months against 36 weeks.")]),
        ("four rows", [_os("12.0"), _os("12.0"), _os("12.0"), _os("15.0")], [("warning", "12.0 months against 15.0")] * 3),
        ("five rows", [_os("12.0"), _os("12.0"), _os("12.0"), _os("12.0"), _os("13.5")], [("warning", "OS stands 5 times in one report: 12.0 months against 13.5 months.")]),
        ("five equal rows", [_os("12.0")] * 5, []),
        ("arm not stated", [_os("12.0", "arm=?"), _os("13.5", "arm=?")], [("note", "2 rows may give one quantity differently: OS, 12.0 months against 13.5 months; not stated: arm.")]),
        ("arm left blank", [_os("12.0", "arm="), _os("13.5", "arm=")], [("note", "not stated: arm.")]),
        ("subgroup not stated", [_os("12.0", "subgroup=?"), _os("13.5", "subgroup=?")], [("note", "not stated: subgroup.")]),
        ("time not stated", [_os("12.0", "at=?"), _os("13.5", "at=?")], [("note", "not stated: time.")]),
        ("assessor not stated", [_os("12.0", "assessor=?"), _os("13.5", "assessor=?")], [("note", "not stated: assessor.")]),
        ("assessor left blank", [_os("12.0", "assessor="), _os("13.5", "assessor=")], [("note", "not stated: assessor.")]),
        ("report not stated", [_os("12.0", "report=?"), _os("13.5", "report=?")], [("note", "not stated: report.")]),
        ("nothing stated, and no difference", ["endpoint=os unit=months value=12", "endpoint=os unit=months value=12.4"], []),
        ("nothing stated", ["endpoint=os unit=months value=12.0", "endpoint=os unit=months value=13.5"], [("note", "not stated: arm, subgroup, time, assessor, report.")]),
        ("nothing stated of two quantities", ["endpoint=os unit=months value=12.0", "endpoint=os unit=months value=13.5", "endpoint=orr events=3 n=20", "endpoint=orr events=4 n=20"],
         [("note", "4 rows may give one quantity differently: OS, 12.0 months against 13.5 months (and 1 other)")]),
        ("nothing stated of many", [f"endpoint=orr value={value}" for value in range(10, 90)], [("note", "80 rows may give one quantity differently: ORR, 10 % against 12 %;")]),
        ("two p of one contrast", [_hr("0.86", "endpoint=pfs p=.6992"), _hr("", "endpoint=pfs p=.9573")], [("warning", "PFS stands twice in one report: p .6992 against .9573.")]),
        ("three rows", [_os("12.0"), _os("13.5"), _os("15.0")], [("warning", "12.0 months against 13.5"), ("warning", "12.0 months against 15.0"), ("warning", "13.5 months against 15.0")]),
        ("one is not reached", [_os("12.0"), _os("NR")], []),
        ("in two reports", [_os("12.0", "report=r1"), _os("13.5", "report=r2")], []),
        ("of two arms", [_os("12.0"), _os("13.5", "arm=b")], []),
        ("of two subgroups", [_os("12.0"), _os("13.5", "subgroup=LMS")], []),
        ("by other criteria", [_os("12.0"), _os("13.5", "criteria=choi")], []),
        ("counts", [_orr("events=3 n=20"), _orr("events=4 n=20")], [("warning", "3 of 20 against 4 of 20; 3 events against 4.")]),
        ("counts of two n", [_orr("events=3 n=20"), _orr("events=6 n=40")], []),
        ("counts of an n that is not printed", [_orr("events=3"), _orr("events=4")], [("warning", "3 events against 4.")]),
        ("a count and a percent", [_orr("events=3 n=20"), _orr("value=15 n=20")], []),
        ("a count and another percent", [_orr("events=3 n=20"), _orr("value=20 n=20")], [("warning", "3 of 20 against 20 %.")]),
        ("bounds that rounding brings together", [_hr(more="low=0.7 high=1.1"), _hr(more="low=0.8 high=1.2")], []),
        ("a low bound apart", [_hr(more="low=0.7 high=1.1"), _hr(more="low=0.5 high=1.1")], [("warning", "report: 0.7 to 1.1 against 0.5 to 1.1.")]),
        ("a high bound apart", [_hr(more="low=0.7 high=1.1"), _hr(more="low=0.7 high=1.3")], [("warning", "report: 0.7 to 1.1 against 0.7 to 1.3.")]),
        ("levels apart", [_hr(more="low=0.7 high=1.1 level=95"), _hr(more="low=0.5 high=1.1 level=90")], [("warning", "report: a level of 95 against 90 %.")]),
        ("one level not printed", [_hr(more="low=0.7 high=1.1 level=95"), _hr(more="low=0.5 high=1.1")], [("warning", "0.7 to 1.1 against 0.5 to 1.1.")]),
        ("one bound open", [_hr(more="low=0.7 high=1.1"), _hr(more="low=0.5 high=NE")], []),
        ("intervals in two units", [_os("6", "low=4 high=8"), _os("26", "low=17 high=35", unit="weeks")], []),
        ("p that rounding brings together", [_hr(more="p=.2"), _hr(more="p=.3")], []),
        ("p apart", [_hr(more="p=.2"), _hr(more="p=.4")], [("warning", "report: p .2 against .4.")]),
        ("p below a limit", [_hr(more="p=.03"), _hr(more="p=<.05")], []),
        ("one p not printed", [_hr(more="p=.2"), _hr()], []),
        ("ratios", [_hr("0.9"), _hr("0.7")], [("warning", "report: 0.9 against 0.7.")]),
        ("told apart by an id", [trial(reports={"smith-2020": report(estimates=[_number(id="first"), _number(value="9.1", id="second")])})], []),
        ("two intervals of one number", [trial(reports={"smith-2020": report(estimates=[_number(interval={"level": 95, "low": "5.1", "high": "9.0"}, also=[{"level": 90, "low": "5.6", "high": "8.5"}])])})], []),
    ],
    "report-conflict": [
        ("rounded", _two(_number(value="7.4"), _number(value="7")), []),
        ("apart", _two(SEVEN, NINE), [("warning", "PFS: 9.1 months against 7.4 months in smith-2020, which is nearer to the primary source (full-text).")]),
        ("in another unit", _two(_number(value="6"), _number(value="26", unit="weeks")), []),
        ("of another publication", _two(SEVEN, NINE, relays=None), []),
        ("at one date", _two(SEVEN, NINE, paper={"data_cut": "2019-05-01"}, **CUT), [("warning", "9.1 months against 7.4")]),
        ("at a date and its month", _two(SEVEN, NINE, paper={"data_cut": "2019-05"}, **CUT), [("warning", "9.1 months against 7.4")]),
        ("at a date and its year", _two(SEVEN, NINE, paper={"data_cut": "2019"}, **CUT), [("warning", "9.1 months against 7.4")]),
        ("at a date and another month", _two(SEVEN, NINE, paper={"data_cut": "2019-06"}, **CUT), []),
        ("at two dates of one publication", _two(SEVEN, NINE, paper={"data_cut": "2019-05-02"}, data_cut="2019-05-01"), []),
        ("one date not stated", _two(SEVEN, NINE, **CUT), []),
        ("one date not stated, of one publication", _two(SEVEN, NINE, data_cut="2019-05-01"), [("warning", "9.1 months")]),
        ("by two assessors", _two(_number(assessment={"assessor": "investigator"}), _number(value="9.1", assessment={"assessor": "central"})), []),
        ("by an assessor and nobody stated", _two(_number(assessment={"assessor": "investigator"}), NINE), [("warning", "9.1 months")]),
        ("by an assessor and one said not to be stated", _two(_number(assessment={"assessor": "investigator"}), _number(value="9.1", assessment={"assessor": "not-stated"})), [("warning", "9.1 months")]),
        ("by other criteria", _two(_number(assessment={"criteria": "recist-1.1"}), _number(value="9.1", assessment={"criteria": "choi"})), []),
        ("confirmed or not", _two(_number(assessment={"confirmed": "confirmed"}), _number(value="9.1", assessment={"confirmed": "unconfirmed"})), []),
        ("of another kind of set", _two(SEVEN, NINE, _set(population="per-protocol")), []),
        ("of a set said not to be stated", _two(SEVEN, NINE, _set(population="not-stated")), [("warning", "9.1 months")]),
        ("of a set said not to be stated, with another n", _two(SEVEN, NINE, _set(41, population="not-stated")), []),
        ("of the same kind of set, with another n", _two(SEVEN, NINE, _set(41)), [("warning", "9.1 months")]),
        ("of the same kind of set, n not printed", _two(SEVEN, NINE, _set(None)), [("warning", "9.1 months")]),
        ("only the n is another", _two(SEVEN, SEVEN, _set(41)), [("note", "PFS: n = 41 here, 40 in smith-2020.")]),
        ("only the n is missing", _two(SEVEN, SEVEN, _set(None)), []),
        ("only the n is another, of a set said not to be stated", _two(SEVEN, SEVEN, _set(41, population="not-stated")), []),
        ("told apart by an id", _two(SEVEN, _number(value="9.1", id="late")), []),
        ("of a subgroup", _two(SEVEN, NINE, _set(subgroup={"other": ["women"]})), []),
        ("another endpoint", _two(SEVEN, estimate("os", value="9.1")), []),
        ("another measure", _two(SEVEN, estimate("pfs", measure="landmark", at={"months": 6}, value="9.1")), []),
        ("at a time in two units", _two(estimate("pfs", measure="landmark", at={"months": 12}, value="40"), estimate("pfs", measure="landmark", at={"years": 1}, value="60")), [("warning", "60 % against 40 %")]),
        ("at two times", _two(estimate("pfs", measure="landmark", at={"months": 12}, value="40"), estimate("pfs", measure="landmark", at={"months": 13}, value="60")), []),
        ("a percent and a count", _two(_number("orr", "25", events=10), _number("orr", "30")), [("warning", "ORR: 30 % against 25 % in smith-2020")]),
        # 7 of 43 is 16.3 %; 7 of 41 is 17.1 and of 39 17.9, which is the least that is tried.
        ("one count of fewer patients", _two(_number("orr", "17.1", of="bare"), _number("orr", "16"), _set(43), BARE), [("note", "16 % against 17.1 % in smith-2020, which is nearer to the primary source (full-text); 7 of 43 and 7 of 41 would print so.")]),
        ("one count of a tenth fewer", _two(_number("orr", "17.9", of="bare"), _number("orr", "16"), _set(43), BARE), [("note", "7 of 43 and 7 of 39 would print so.")]),
        ("one count of more than a tenth fewer", _two(_number("orr", "18.4", of="bare"), _number("orr", "16"), _set(43), BARE), [("warning", "16 % against 18.4 %")]),
        ("another count", _two(_number("orr", "17.3", of="bare"), _number("orr", "16"), _set(43), BARE), [("warning", "16 % against 17.3 %")]),
        ("printed as about", _two(SEVEN, _number(value="9.1", approximation="about")), []),
        ("the paper is the further one", _two(SEVEN, NINE, read="full-text", relays=None, data_cut="2019", paper={"read": "news", "data_cut": "2019"}), [("warning", "PFS: 7.4 months against 9.1 months in news-2021, which is nearer to the primary source (full-text).")]),
        ("second-hand is further, however it was read", _two(SEVEN, NINE, read="full-text", paper={"read": "news"}), [("warning", "PFS: 9.1 months against 7.4 months in smith-2020, which is nearer to the primary source (news).")]),
        ("equals, against what most print", _three("29.6", "35.0", "35.0"), [("warning", "PFS: 29.6 % against 35.0 % in news-2021.")]),
        ("equals, the most last", _three("35.0", "35.0", "29.6"), [("warning", "PFS: 29.6 % against 35.0 % in news-2020.")]),
        ("two equals", _three("29.6", "35.0"), [("warning", "PFS: 35.0 % against 29.6 % in news-2020.")]),
        ("two numbers of the nearest, one of which agrees",
         [trial(reports={"smith-2020": report({**_set(), "safe": analysis_set("one", population="safety")}, [SEVEN, _number(value="9.1", of="safe")]),
                         "news-2021": report(_set(population="not-stated"), [NINE], read="news", citation={"container": "News", "year": 2021}, relays={"report": "smith-2020"})})], []),
        ("two numbers of the nearest, none of which agrees",
         [trial(reports={"smith-2020": report({**_set(), "safe": analysis_set("one", population="safety")}, [SEVEN, _number(value="8.1", of="safe")]),
                         "news-2021": report(_set(population="not-stated"), [NINE], read="news", citation={"container": "News", "year": 2021}, relays={"report": "smith-2020"})})],
         [("warning", "PFS: 9.1 months against 7.4 months in smith-2020")]),
        ("in a table, digits swapped", [_rate("29.6", "onclive"), _rate("26.9", "medpage")], [("warning", "PFS: 29.6 % against 26.9 % (two digits swapped?) in medpage; data cut not stated, so it may be another.")]),
        ("in a table, no slip", [_rate("29.6", "onclive"), _rate("35.1", "medpage")], [("note", "PFS: 29.6 % against 35.1 % in medpage; data cut not stated")]),
        ("in a table, rounded", [_rate("29.6", "onclive"), _rate("30", "medpage")], []),
        ("in a table, one report not stated", [_rate("29.6", "onclive"), _rate("26.9", "")], []),
        ("in a table, by two assessors", [_rate("29.6", "onclive"), _rate("26.9", "medpage", "assessor=investigator")], []),
        ("in a table, twice in one report", [_rate("29.6", "onclive"), _rate("31.0", "onclive"), _rate("26.9", "medpage")], []),
        ("in a table, one cut", [_rate("29.6", "onclive", "data_cut=2020-05"), _rate("35.1", "medpage", "data_cut=2020-05")], [("warning", "PFS: 29.6 % against 35.1 % in medpage.")]),
        ("in a table, two cuts", [_rate("29.6", "onclive", "data_cut=2020-05"), _rate("26.9", "medpage", "data_cut=2020-06")], []),
        ("in a table, one cut stated", [_rate("29.6", "onclive", "data_cut=2020-05"), _rate("26.9", "medpage", "data_cut=")], [("warning", "two digits swapped")]),
        ("in a table, of many reports that print one number", [_rate("29.6", "first"), *[_rate("35.1", f"r{k}") for k in range(40)]], [("note", "PFS: 29.6 % against 35.1 % in r0; data cut")]),
        ("a slip of the unit is another rule", _two(_number(value="5.4"), _number(value="23.5")), []),
    ],
    # 5.4 may be 5.35 to 5.5 months, that is 23.26 to 23.91 weeks; 23.2 may be up to 23.3 and 23.9
    # from 23.85.
    "unit-slip": [
        ("the same number in weeks and in months", _two(_number(value="23.3", unit="weeks"), _number(value="23.3")),
         [("warning", "PFS: 23.3 months here, 23.3 weeks in smith-2020; 23.3 weeks would agree.")]),
        ("the same number in one unit", _two(_number(value="23.3"), _number(value="23.3")), []),
        ("the same number in two units at two dates", _two(_number(value="23.3", unit="weeks"), _number(value="23.3"), relays=None),
         [("warning", "23.3 weeks would agree.")]),
        ("as weeks the least that agrees", _two(_number(value="5.4"), _number(value="23.2")), [("warning", "PFS: 23.2 months here, 5.4 months in smith-2020; 23.2 weeks would agree.")]),
        ("as weeks too little", _two(_number(value="5.4"), _number(value="23.1")), []),
        ("as weeks the most that agrees", _two(_number(value="5.4"), _number(value="23.9")), [("warning", "23.9 weeks would agree.")]),
        ("as weeks too much", _two(_number(value="5.4"), _number(value="24.0")), []),
        ("as years", _two(_number(value="24.0"), _number(value="2.0")), [("warning", "2.0 years would agree.")]),
        ("as days", _two(_number(value="2.0"), _number(value="61")), [("warning", "61 days would agree.")]),
        ("by the factor at two dates", _two(_number(value="5.4"), _number(value="23.5"), relays=None), []),
        ("in a table", [_os("23.3", "report=r1", unit="weeks"), _os("23.3", "report=r2")], [("warning", "OS: 23.3 months here, 23.3 weeks in r1; 23.3 weeks would agree.")]),
        ("in a table, by the factor", [_os("5.4", "report=r1"), _os("23.5", "report=r2")], [("warning", "OS: 23.5 months here, 5.4 months in r1; 23.5 weeks would agree.")]),
        ("in a table, by the factor at two cuts", [_os("5.4", "report=r1 data_cut=2019"), _os("23.5", "report=r2 data_cut=2020")], []),
        ("rates at a time", _two(estimate("pfs", measure="landmark", at={"months": 12}, value="5.4"), estimate("pfs", measure="landmark", at={"months": 12}, value="23.5")), []),
        ("printed as about", _two(_number(value="5.4"), _number(value="23.5", approximation="about")), []),
        ("in one report", [trial(reports={"smith-2020": report(estimates=[_number(value="5.4", id="one"), _number(value="23.5", id="two")])})], []),
        ("the paper is the further one", _two(_number(value="23.5"), _number(value="5.4"), read="full-text", relays=None, data_cut="2019", paper={"read": "news", "data_cut": "2019"}),
         [("warning", "PFS: 23.5 months here, 5.4 months in news-2021; 23.5 weeks would agree.")]),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
