"""Follow-up against the times that are printed."""

from builders import analysis_set, arm, contrast, estimate, randomised, report, trial


def _followed(value="12.0", endpoint="pfs", **follow_up):
    """A record of a number and of how long its patients were followed."""
    number = value if isinstance(value, dict) else estimate(endpoint, value=value)
    own = report(estimates=[number], follow_up=[{"locator": "p1", **follow_up}])
    return [trial(reports={"smith-2020": own})]


def _longest(high, value="12.0", unit="months", **more):
    """A record whose longest follow-up is printed."""
    return _followed(value, **{unit: "6.0"}, range={"low": "1", "high": high, **more})


def _median(length, value="12.0", unit="months", statistic="median", **more):
    """A record whose median follow-up is printed."""
    return _followed(value, **{unit: length}, statistic=statistic, **more)


def _rate(value="40", **at):
    """A rate at a time."""
    return estimate("pfs", measure="landmark", at=at, value=value)


BOUNDARIES = {
    # 12.0 may be 11.95 to 12.1, 11.9 up to 12.0 and 11.8 up to 11.9; 52 weeks up to 53, which are
    # 12.19 months, and 51 up to 52, which are 11.96; 50 up to 51, which are 11.73.
    "follow-up-shorter": [
        ("longer than the median", _longest("30"), []),
        ("as long by its rounding", _longest("11.9"), []),
        ("shorter", _longest("11.8"), [("error", "PFS: median 12.0 months, but the longest follow-up is 11.8 months.")]),
        ("in weeks, as long", _longest("51", unit="weeks"), []),
        ("in weeks, shorter", _longest("50", unit="weeks"), [("error", "but the longest follow-up is 50 weeks.")]),
        ("in days", _longest("360", unit="days"), [("error", "but the longest follow-up is 360 days.")]),
        ("in years", _longest("1", unit="years"), []),
        ("a median in weeks", _longest("11", estimate("pfs", value="60", unit="weeks")), [("error", "median 60 weeks, but the longest")]),
        ("the longest is censored", _longest("11.8", high_mark="+"), []),
        ("the longest is not given", _longest("not-given"), []),
        ("a rate at a time that is reached", _longest("11.9", _rate(months=12)), []),
        ("a rate at a time that is met exactly", _longest("11", _rate(months=12)), []),
        ("a rate at a time that is not reached", _longest("11.8", _rate(months=12)), [("error", "PFS: a rate at 12 months, but the longest follow-up is 11.8 months.")]),
        ("a rate at a time in years", _longest("11.8", _rate(years=1)), [("error", "a rate at 1 years")]),
        ("a proportion", _longest("1", estimate(events=10)), []),
        ("median follow-up, as long by its rounding", _median("11.9"), []),
        ("median follow-up, shorter", _median("11.8"), [("note", "PFS: median 12.0 months, but median follow-up is 11.8 months.")]),
        ("median follow-up in weeks", _median("50", unit="weeks"), [("note", "but median follow-up is 50 weeks.")]),
        ("median follow-up by reverse Kaplan–Meier", _median("11.8", statistic="reverse Kaplan–Meier median"), [("note", "11.8 months.")]),
        ("mean follow-up", _median("11.8", statistic="mean"), []),
        ("follow-up of no named kind", _followed(months="11.8"), []),
        ("median follow-up not reached", _median("not-reached"), []),
        ("median follow-up before a rate", _median("11.8", _rate(months=12)), []),
        ("both are shorter", _median("11.8", range={"low": "1", "high": "11.8"}), [("error", "the longest follow-up is 11.8 months.")]),
        ("only the range is printed", _followed(range={"low": "1", "high": "11.8"}), []),
        ("of all, against a subgroup", [trial(reports={"smith-2020": report({"one": analysis_set(subgroup={"other": ["women"]})}, [estimate("pfs", value="12.0")], follow_up=[{"months": "11.8", "statistic": "median", "locator": "p1"}])})], []),
        ("of the subgroup itself", [trial(reports={"smith-2020": report({"one": analysis_set(subgroup={"other": ["women"]})}, [estimate("pfs", value="12.0")], follow_up=[{"months": "11.8", "statistic": "median", "set": "one", "locator": "p1"}])})], [("note", "11.8 months.")]),
        ("the longest of all, against a subgroup", [trial(reports={"smith-2020": report({"one": analysis_set(subgroup={"other": ["women"]})}, [estimate("pfs", value="12.0")], follow_up=[{"months": "6.0", "range": {"low": "1", "high": "11.8"}, "locator": "p1"}])})], [("error", "11.8 months.")]),
        ("of this set", _median("11.8", set="one"), [("note", "11.8 months.")]),
        ("of another set", [trial(reports={"smith-2020": report({"one": analysis_set(), "two": analysis_set("one", 30)}, [estimate("pfs", value="12.0")], follow_up=[{"months": "11.8", "statistic": "median", "set": "two", "locator": "p1"}])})], []),
        ("a median printed as about", _median("11.8", estimate("pfs", value="12.0", approximation="about")), []),
        ("a median not reached", _median("11.8", "not-reached"), []),
        ("in another report", [trial(reports={"smith-2020": report(estimates=[estimate("pfs", value="12.0")]), "news-2021": report(estimates=[], read="news", citation={"container": "N", "year": 2021}, follow_up=[{"months": "11.8", "statistic": "median", "locator": "p1"}])})], []),
        ("a hazard ratio", [randomised("alpha", arm("doxorubicin"), arm("ifosfamide"), reports={"smith-2020": report({"one": analysis_set("one"), "two": analysis_set("two")}, [], contrasts=[contrast(at={"months": 24})], follow_up=[{"months": "6.0", "range": {"low": "1", "high": "11.8"}, "locator": "p1"}])})], []),
    ],
    # 37.2 may be 37.15 to 37.3, and 37.3 is 37.25 at the least, 37.1 37.2 at the most.
    "follow-up-outside-range": [
        ("within its range", _median("37.2", range={"low": "1.8", "high": "50.1"}), []),
        ("above its range", _median("37.2", range={"low": "1.8", "high": "10.1"}), [("error", "follow-up: the median of 37.2 months lies outside its range, 1.8 to 10.1.")]),
        ("above its quartiles", _median("37.2", iqr={"low": "1.8", "high": "10.1"}), [("error", "lies outside its quartiles, 1.8 to 10.1.")]),
        ("above bounds that are not said to be what", _median("37.2", unlabelled={"low": "1.8", "high": "10.1"}), [("error", "lies outside its bounds, 1.8 to 10.1.")]),
        ("above its interval", _median("37.2", interval={"level": 95, "low": "1.8", "high": "10.1"}), [("error", "lies outside its interval, 1.8 to 10.1.")]),
        ("at the high end by its rounding", _median("37.2", iqr={"low": "1.8", "high": "37.1"}), []),
        ("just above the high end", _median("37.2", iqr={"low": "1.8", "high": "37.0"}), [("error", "1.8 to 37.0.")]),
        ("at the low end by its rounding", _median("37.2", iqr={"low": "37.3", "high": "50.1"}), []),
        ("just below the low end", _median("37.2", iqr={"low": "37.4", "high": "50.1"}), [("error", "37.4 to 50.1.")]),
        ("one end", _median("37.2", range={"high": "10.1"}), [("error", "its range, open to 10.1.")]),
        ("a censored end", _median("37.2", range={"low": "1.8", "high": "10.1", "high_mark": "+"}), []),
        ("a censored end, below the other", _median("1.2", range={"low": "1.8", "high": "10.1", "high_mark": "+"}), [("error", "its range, 1.8 to open.")]),
        ("a mean above its range", _median("37.2", statistic="mean", range={"low": "1.8", "high": "10.1"}), [("error", "follow-up: the mean of 37.2 months lies outside its range")]),
        ("a mean above its quartiles", _median("37.2", statistic="mean", iqr={"low": "1.8", "high": "10.1"}), []),
        ("an average above its quartiles", _median("37.2", statistic="average", iqr={"low": "1.8", "high": "10.1"}), []),
        ("of no named kind", _followed(months="37.2", range={"low": "1.8", "high": "10.1"}), [("error", "follow-up: the length of 37.2 months lies outside its range")]),
        ("in weeks", _median("37.2", unit="weeks", range={"low": "1.8", "high": "10.1"}), [("error", "37.2 weeks")]),
        ("not reached", _median("not-reached", range={"low": "1.8", "high": "10.1"}), []),
        ("no bounds", _median("37.2"), []),
        ("no length", _followed(range={"low": "1.8", "high": "10.1"}), []),
    ],
}  # fmt: skip


def test_follow_up_of_a_table_lies_outside_its_range(said):
    """Follow-up is a row like any other, though the vocabulary has no such endpoint."""
    line = "study=durva arm=x endpoint=follow-up measure=median value=37.2 low=1.8 high=10.1 level=95 unit=months"
    assert [((1,), "value-outside-interval", "error")] == [one[:3] for one in said(line)]


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
