"""Expected output of one small comparison in every format; rewritten only by --update-golden."""

from pathlib import Path

import pytest

import kb
from builders import analysis_set, base_of, estimate, report, trial
from kb.exporters import text_of

HERE = Path(__file__).parent


def _base():
    """Two trials with everything that a table can show: subgroup, states, weeks, a set-aside report."""
    sets = {
        "all": analysis_set(n=52),
        "lms": analysis_set(n=13, of="all", subgroup={"histology": ["leiomyosarcoma"]}),
    }
    numbers = [
        estimate(
            of="all", events=16, value="30.8", interval={"level": 95, "low": "18.7", "high": "45.1"}
        ),
        estimate(
            "pfs",
            of="all",
            value="23.7",
            unit="weeks",
            interval={"level": 90, "low": "11.4", "high": "not-estimable"},
        ),
        estimate(of="lms", events=0, value="0"),
        estimate("pfs", of="all", measure="landmark", at={"months": 6}, value="48"),
    ]
    del numbers[0]["events"]
    first = report(sets, numbers, data_cut="2022-06", assessment={"criteria": "recist-1.1"})
    news = report(
        {"all": analysis_set(n=52)},
        [estimate(of="all", value="31", events=16)],
        read="news",
        citation={"container": "News <b>&</b> Views", "year": 2023},
        relays={"report": "smith-2020"},
    )
    other = report(
        {"one": analysis_set(n=40, population="response-evaluable")},
        [estimate(events=10, value="25.0"), estimate("pfs", value="not-reached")],
    )
    return base_of(
        trial("alpha", acronym="ALPHA|1", reports={"smith-2020": first, "news-2023": news}),
        trial(
            "beta",
            reports={"smith-2020": other},
            population={"histologies": ["liposarcoma"], "line": "second", "from": "smith-2020"},
        ),
    )


VIEW = kb.compare(_base(), "orr,pfs")
FORMATS = {
    "text": "txt",
    "markdown": "md",
    "html": "html",
    "latex": "tex",
    "json": "json",
    "csv": "csv",
}


@pytest.mark.parametrize("form", list(FORMATS))
def test_comparison(form, request):
    """The comparison is written exactly so."""
    text = text_of(VIEW, form) if form in ("json", "csv") else kb.render(VIEW, form)
    path = HERE / f"comparison.{FORMATS[form]}"
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
