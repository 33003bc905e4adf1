"""Which reports are one release, and the date by which it is ordered."""

import pytest

from builders import base_of, report, trial
from kb.rows.releases import releases


def _found(**reports):
    """The release of each report, as its members joined and its date."""
    named = {name.replace("_", "-"): one for name, one in reports.items()}
    data = trial(reports={"smith-2020": report(citation={"year": 1999}), **named})
    found = releases(base_of(data)["alpha"])
    return {name: ("+".join(sorted(one.reports)), one.date) for name, one in found.items()}


def _paper(year=2020, **cited):
    return report(citation={"year": year, **cited})


def _news(year=2021, **relays):
    return report(citation={"year": year}, read="news", relays=relays)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (_paper(), _paper(), False),
        (_paper(doi="10.1000/a"), _paper(doi="10.1000/A"), True),
        (_paper(doi="10.1000/a"), _paper(doi="10.1000/b"), False),
        (_paper(doi="not-stated"), _paper(doi="not-stated"), False),
        (_paper(pmid="12"), _paper(pmid="12"), True),
        (_paper(url="https://x.org"), _paper(url="https://x.org"), True),
        (_paper(doi="10.1000/a"), _news(doi="10.1000/a"), True),
        (_paper(), _news(report="one"), True),
        (_paper(), _news(report="smith-2020"), False),
        (_paper(), _news(same_as="one"), True),
        (_news(meeting="ASCO 2020"), _news(meeting="asco-2020"), True),
        (_news(meeting="ASCO 2020"), _news(meeting="ESMO 2020"), False),
        (_news(doi="10.1000/a"), _news(doi="10.1000/a"), True),
        (_news(doi="10.1000/a"), _news(same_as="one"), True),
        (_news(container="X"), _news(container="X"), False),
        (_news(container="X"), _news(same_as="one"), True),
        (_news(container="X"), _news(report="one"), False),
        (_paper(meeting="ASCO 2020"), _news(meeting="ASCO 2020"), False),
    ],
)
def test_one_release(one, other, together):
    """Documents of one identifier, one meeting that is relayed, or one named report are one release."""
    found = _found(one=one, other=other)
    assert together is (found["one"][0] == found["other"][0])
    assert found["smith-2020"][0] == "smith-2020" or not together


def test_what_relays_what_is_relayed():
    """`same_as` leads on to the publication that the other one passes on."""
    found = _found(
        paper=_paper(doi="10.1000/a"), one=_news(doi="10.1000/a"), other=_news(same_as="one")
    )
    assert "one+other+paper" == found["paper"][0]
    loop = _found(one=_news(same_as="one", container="X"), other=_news(same_as="one"))
    assert "one+other" == loop["one"][0]


@pytest.mark.parametrize(
    ("reports", "date"),
    [
        ({"one": _paper(2020)}, "2020"),
        ({"one": report(citation={"date": "2020-05", "year": 2019})}, "2020-05"),
        ({"one": report(citation={"accessed": "2024-01-02"})}, "2024-01-02"),
        ({"one": report(citation={"year": 2021, "accessed": "2024"})}, "2021"),
        ({"one": report(citation={"container": "X"})}, ""),
        ({"one": report(citation={"meeting": "ASCO 2018, Chicago"})}, "2018"),
        ({"one": report(citation={"meeting": "the 12345th meeting"})}, ""),
        ({"one": report(citation={"meeting": "meeting of 1899"})}, ""),
        ({"one": report(citation={"year": 2024}, data_cut="2018-06")}, "2018-06"),
        ({"one": _paper(2020), "two": _news(2024, report="one")}, "2020"),
        ({"one": _news(2024, date="2019-03", container="X")}, "2019-03"),
        ({"one": _news(2024, meeting="ASCO 2018")}, "2018"),
        ({"one": _news(2024, container="X")}, "2024"),
        ({"one": report(citation={"title": "T"}), "two": _news(2024, report="one")}, "2024"),
        ({"one": _paper(2019, doi="10.1000/a"), "two": _paper(2021, doi="10.1000/a")}, "2021"),
        (
            {"one": report(data_cut="2017"), "two": report(data_cut="2018",
             read="news", relays={"report": "one"})},
            "2018",
        ),
    ],
)  # fmt: skip
def test_date(reports, date):
    """The data cut, else the day of what is published, else that of what passes it on; the latest."""
    assert date == _found(**reports)["one"][1]
