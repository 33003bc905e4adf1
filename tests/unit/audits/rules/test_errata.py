"""What the records say of misprints."""

from builders import report, trial


def _erratum(**more):
    """A record of a report with an erratum."""
    own = {"at": "title", "printed": "docetaxel", **more}
    return [trial(reports={"smith-2020": report(errata=[own])})]


BOUNDARIES = {
    "misprint": [
        ("none", [trial()], []),
        ("only what is printed", _erratum(), [("note", "at title: printed 'docetaxel'.")]),
        ("what it should read", _erratum(should_read="doxorubicin"), [("note", "printed 'docetaxel'; should read 'doxorubicin'.")]),
        ("why", _erratum(why="so in the text"), [("note", "printed 'docetaxel'; so in the text.")]),
        ("by a report", _erratum(authority=[{"report": "smith-2020", "locator": "p1"}]), [("note", "'docetaxel'; by smith-2020.")]),
        ("by a report of another trial", _erratum(authority=[{"trial": "alpha", "report": "smith-2020"}]), [("note", "'docetaxel'; by alpha/smith-2020.")]),
        ("by a page", _erratum(authority=[{"url": "https://doi.org/10.1000/1"}]), [("note", "'docetaxel'; by https://doi.org/10.1000/1.")]),
        ("by a place in the report itself", _erratum(authority=[{"locator": "p3"}]), [("note", "printed 'docetaxel'.")]),
        ("by one report twice, and a page", _erratum(authority=[{"report": "smith-2020", "locator": "p1"}, {"locator": "p2"}, {"report": "smith-2020", "locator": "p3"}, {"url": "https://doi.org/10.1000/1"}]), [("note", "by smith-2020, https://doi.org/10.1000/1.")]),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
