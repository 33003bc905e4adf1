"""Whatever can be asked for is shown: every row, result and figure, or a sentence that says why not.

Rows are those of the whole corpus and rows made at random; results are those of small tables that
reach every corner of the statistics, and of the frozen base of the golden files.
"""

import csv
import io
import json
import re
import traceback
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import partial
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings, strategies as st

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial
from kb.exporters import text_of
from kb.printed.measure import COUNTED, MEASURES, PROPORTION
from kb.printed.state import STATES
from kb.printed.time import UNITS
from kb.rendering.figures.funnel import funnel
from kb.rendering.figures.gap_map import gap_map
from kb.rendering.figures.network_plot import network_plot
from kb.rendering.words import numbers
from kb.rows.row import Row
from kb.store.layout import packaged
from kb.synthesis.alternatives import alternatives
from kb.synthesis.gate.reasons import REASONS
from kb.tables.plan import Plan
from kb.tables.sheet import Sheet
from kb.tables.table import Table as OwnTable

CODE = Path(kb.__file__).parent
GOLDEN = Path(__file__).parents[1] / "golden"
DRAWERS: dict[str, Callable[[Any, Path], Path]] = {
    "forest": kb.forest, "funnel": funnel, "network": network_plot, "gaps": gap_map,
}  # fmt: skip
EVERY = tuple(REASONS)


class _Balanced(HTMLParser):
    """A reader of HTML that fails where a tag is closed that was not opened last."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, _attributes):
        if tag not in ("br", "meta"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag == self.open.pop()


def _is_text(text):
    assert text.endswith("\n") or not text
    assert all(line == line.rstrip() for line in text.splitlines())


def _is_markdown(text):
    table = [line for line in text.splitlines() if line.startswith("| ")]
    bars = [re.sub(r"\\.", "", line).count("|") for line in table]
    assert len(set(bars)) < 2


def _is_html(text):
    reader = _Balanced()
    reader.feed(text)
    reader.close()
    assert [] == reader.open


def _is_latex(text):
    depth = 0
    for one in re.sub(r"\\.", "", text):
        depth += {"{": 1, "}": -1}.get(one, 0)
        assert depth >= 0
    assert 0 == depth


def _refused(word):
    raise AssertionError(f"JSON holds {word}")


def _is_json(text):
    json.loads(text, parse_constant=_refused)


def _is_number(text):
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _is_csv(text):
    lines = list(csv.reader(io.StringIO(text)))
    assert {len(lines[0])} == {len(line) for line in lines}
    for line in lines:
        for cell in line:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or _is_number(cell)


RENDERED = {"text": _is_text, "markdown": _is_markdown, "html": _is_html, "latex": _is_latex}
EXPORTED = {"csv": _is_csv, "json": _is_json}


def _shown(view):
    """Hold that a view is rendered and exported in every format, each well formed."""
    for form, holds in RENDERED.items():
        holds(kb.render(view, form))
    _exported(view)


def _exported(view):
    for form, holds in EXPORTED.items():
        holds(text_of(view, form))


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """A folder of compiled copies, so that the rows of the corpus are made once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def corpus(cache):
    """The records of this repository, from their compiled copy."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("KB_CACHE", str(cache))
        kb.load(packaged())
        return kb.load(packaged())


@pytest.fixture(scope="module")
def rows(corpus):
    """Every printed number of the corpus."""
    return kb.compare(corpus, list(corpus.vocabulary.endpoints), measure="all", reports="all").rows


def _worded(row):
    """Hold that a row is worded in every style, and that no word is one of Python's own."""
    said = [numbers.value_text(row), numbers.count_text(row), numbers.label_text(row)]
    for style in numbers.STYLES.values():
        said += [numbers.interval_text(row, style), numbers.estimate_text(row, style)]
    for text in said:
        assert "None" not in text
        assert not re.search(r"\b(nan|inf|Decimal)\b", text)
    return said


def test_every_row_is_worded(rows):
    """Value, interval, count, label and estimate of every row, in the style of every journal."""
    for row in rows:
        value = _worded(row)[0]
        assert row.value in value or row.value_source == "computed"


def test_every_row_is_exported(corpus):
    """The whole corpus is CSV without a formula, and JSON without a number that is none."""
    _exported(corpus)


def test_every_endpoint_and_measure_is_compared(corpus, cache, rows, monkeypatch):
    """Every endpoint in every measure that it is printed in or that its counts give is shown."""
    monkeypatch.setenv("KB_CACHE", str(cache))
    printed = {(row.endpoint, row.measure) for row in rows}
    given_by_counts = {
        (endpoint, measure)
        for endpoint, of in printed
        if of == PROPORTION
        for measure in COUNTED
        if measure in corpus.vocabulary.endpoints[endpoint].measures
    }
    assert given_by_counts
    for endpoint, measure in sorted(printed | given_by_counts):
        _shown(kb.compare(corpus, endpoint, measure=measure))


def test_every_trial_is_shown(corpus):
    """Every record of the corpus is shown in every format."""
    for one in corpus.values():
        for form, holds in RENDERED.items():
            holds(kb.render(one, form))


def _sourced(row):
    """A row whose numbers are computed where one is infinite or unknown, since print has none."""
    if {row.value, row.low, row.high}.isdisjoint(("inf", "-inf", "nan")):
        return row
    return replace(row, value_source="computed", interval_source=row.interval_source and "computed")


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
NUMBERS = st.one_of(
    st.just(""),
    st.decimals(-1000, 1000, places=2).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda one: f"{one:.10g}"),
    st.sampled_from(["0", "100", "25.0", ".5", "inf", "-inf", "nan", "1e-12", "1e+300"]),
)
STATE = st.sampled_from(["", *STATES])
SOURCE = st.sampled_from(["", "reported", "computed"])
LEVEL = st.sampled_from([None, 80.0, 95.0, 97.5])
MONTHS = st.one_of(st.none(), st.floats(0, 500))
COUNT = st.one_of(st.none(), st.integers(0, 9999))
ROWS = st.builds(
    Row,
    address=st.just("alpha/a/b/orr/x"),
    trial=st.just("alpha"),
    measure=st.sampled_from(list(MEASURES)),
    unit=st.sampled_from(["", "percent", *UNITS]),
    value=NUMBERS,
    value_state=STATE,
    value_source=SOURCE,
    value_months=MONTHS,
    low=NUMBERS,
    high=NUMBERS,
    low_state=STATE,
    high_state=STATE,
    level=LEVEL,
    interval_source=SOURCE,
    interval_sides=st.sampled_from(["", "two", "lower", "upper"]),
    events=COUNT,
    n=COUNT,
    events_source=st.sampled_from(["", "reported", "reconstructed"]),
    at_value=st.sampled_from(["", "6", "12.5"]),
    at_unit=st.sampled_from(["", *UNITS]),
    by_value=st.sampled_from(["", "24"]),
    by_unit=st.sampled_from(list(UNITS)),
    versus=st.sampled_from(["", "two"]),
    versus_set=st.sampled_from(["", "two"]),
    approximation=st.sampled_from(["", *numbers.APPROXIMATE, "never heard of"]),
    range_low=st.sampled_from(["", "2.1", "not-reached"]),
    range_high=st.sampled_from(["", "19.1+", "not-given"]),
    p=st.sampled_from(["", ".19", "0.04", "<.001", "NS", "= 0.5"]),
    timing=st.sampled_from(["", "best", "at-last-assessment"]),
    definition=st.sampled_from(["", "stable-disease-for=16 weeks", "free; text"]),
    id=TEXT,
    locator=TEXT,
    arm=TEXT,
    acronym=TEXT,
).map(_sourced)


@pytest.fixture(scope="module")
def words():
    """The words of a small base."""
    return base_of(trial()).vocabulary


@given(row=ROWS)
def test_any_row_is_worded(row):
    """A row of any measure, state, unit, level and source is worded; a printed value as printed."""
    value, count, _, interval, *_ = _worded(row)
    if row.value and row.value_source == "reported":
        assert row.value in value
    assert bool(count) is (row.events is not None)
    assert bool(interval) is bool(row.interval_source)
    if interval:
        said = "CI of unstated level" if row.level is None else f"{row.level:g}% CI"
        assert interval.startswith(said)


@settings(max_examples=15)
@given(found=st.lists(ROWS, max_size=4))
def test_any_rows_are_a_table(words, found):
    """Rows of any kind are a table in every format; whatever a cell holds, nothing runs."""
    plan, sheet = Plan((), ()), Sheet("own.csv", (), (), ())
    _shown(OwnTable(Path("own.csv"), (), tuple(found), words, (), plan, sheet))


def _table(folder, text, endpoint="orr", **options):
    """The comparison of a table of one's own."""
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return kb.compare(kb.table(path), endpoint, **options)


def _rates(*counts):
    lines = [f"S{number},A,orr,{x},{n}" for number, (x, n) in enumerate(counts)]
    return "\n".join(["study,arm,endpoint,events,n", *lines, ""])


def _ratios(*cells, measure="hazard-ratio", endpoint="os"):
    """Ratios of a table: study, arm, other arm, value, low and high."""
    lines = [f"{s},{a},{b},{endpoint},{measure},{v},{lo},{hi},95" for s, a, b, v, lo, hi in cells]
    return "\n".join(["study,arm,versus,endpoint,measure,value,low,high,level", *lines, ""])


def _medians(*cells):
    lines = [f"S{i},A,pfs,median,{v},{lo},{hi},95,months,40" for i, (v, lo, hi) in enumerate(cells)]
    return "\n".join(["study,arm,endpoint,measure,value,low,high,level,unit,n", *lines, ""])


FOUR = ((4, 20), (9, 30), (0, 15), (22, 40))
POOLED: dict[str, tuple[str, dict[str, Any]]] = {
    "none-responds": (_rates((0, 12), (0, 20)), {}),
    "all-respond": (_rates((12, 12), (20, 20)), {}),
    "one-arm": (_rates((4, 20)), {}),
    "one-arm-logit": (_rates((0, 20)), {"method": "logit"}),
    "nought-and-all": (_rates((0, 12), (12, 12)), {}),
    "nought-and-all-logit": (_rates((0, 12), (12, 12)), {"method": "logit", "tau2": "dl"}),
    "hksj": (_rates(*FOUR), {"method": "logit", "adjust": "hksj", "tau2": "pm"}),
    "hksj-of-two-alike": (_rates((5, 20), (5, 20)), {"method": "logit", "adjust": "hksj"}),
    "common": (_rates(*FOUR), {"model": "common"}),
    "freeman-tukey": (_rates(*FOUR), {"method": "freeman-tukey", "level": 80}),
    "arcsine": (_rates(*FOUR), {"method": "arcsine", "prediction": "k-2"}),
    "by-arm": (_rates(*FOUR), {"by": "drugs"}),
    "by-trial": (_rates(*FOUR), {"by": "trial"}),
    "leave-one-out": (_rates(*FOUR), {"leave_one_out": True}),
    "leave-one-out-of-one": (_rates((4, 20)), {"leave_one_out": True}),
    "cumulative": (_rates(*FOUR), {"cumulative": True}),
}
MEDIANS = {
    "reached": ((6.2, 4.1, 8.9), (5.0, 3.5, 7.0), (7.7, 4.0, 9.1)),
    "some-not-reached": ((6.2, 4.1, "NR"), ("NR", 3.5, "NR"), (7.7, 4.0, 9.1)),
    "none-reached": (("NR", 4.1, "NR"), ("NR", 3.5, "NR")),
    "one": ((6.2, 4.1, 8.9),),
}
CHAIN = (("Alpha", "A", "B", 0.8, 0.6, 1.07), ("Beta", "B", "C", 0.9, 0.7, 1.16))
NETWORKS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "one-pair": (CHAIN[:1], {}),
    "chain": (CHAIN, {}),
    "closed": ((*CHAIN, ("Gamma", "A", "C", 0.75, 0.55, 1.02)), {"tau2": "reml"}),
    "three-arms": ((*tuple(("Alpha", *one[1:]) for one in CHAIN), ("Alpha", "A", "C", 0.72, 0.55, 1.02)), {}),
    "three-arms-not-all": (tuple(("Alpha", *one[1:]) for one in CHAIN), {}),
    "unconnected": ((*CHAIN, ("Delta", "X", "Y", 1.4, 0.9, 2.2)), {"level": 80}),
    "common": (CHAIN, {"model": "common"}),
    "spread": ((CHAIN[0], ("Beta", "A", "B", 1.9, 1.5, 2.4), ("Gamma", "A", "B", 0.7, 0.6, 0.8)),
               {}),
}  # fmt: skip


def _proportions(case, folder):
    text, options = POOLED[case]
    return kb.pool(_table(folder, text), accept=EVERY, **options)


def _asked(call):
    """What a call gives, and None; or None, and the sentence with which this package refuses it."""
    try:
        return call(), None
    except ValueError as refused:
        last = Path(traceback.extract_tb(refused.__traceback__)[-1].filename)
        return None, str(refused) if last.is_relative_to(CODE) else ""


def _is_sentence(text):
    assert len(text.split()) > 3


def _drawn(view, folder):
    """The figures that a view is drawn as; each of the others is refused with a sentence."""
    found = set()
    for name, draw in DRAWERS.items():
        path = folder / f"{name}.svg"
        made, sentence = _asked(partial(draw, view, path))
        if sentence is None:
            assert path == made
            ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314  (our own file)
            found.add(name)
        else:
            _is_sentence(sentence)
            assert not path.exists()
    return found


DRAWN = {
    "none-responds": {"forest", "funnel"},
    "nought-and-all": {"forest"},
    "one-arm": {"forest", "funnel"},
    "by-trial": {"forest", "funnel"},
}


@pytest.mark.parametrize("case", list(POOLED))
def test_pooled_proportions(case, tmp_path):
    """Whatever is pooled of counts is shown, also where its spread is infinite or unknown."""
    view = _proportions(case, tmp_path)
    _shown(view)
    _shown(alternatives(view))
    if case in DRAWN:
        assert DRAWN[case] == _drawn(view, tmp_path)


@pytest.mark.parametrize("method", ["weighted-median", "median-of-medians", "inverse-variance"])
@pytest.mark.parametrize("case", list(MEDIANS))
def test_pooled_medians(case, method, tmp_path):
    """Medians are pooled and shown, those not reached too, or refused with a sentence."""
    found = _table(tmp_path, _medians(*MEDIANS[case]), "pfs", measure="median")
    _shown(found)
    view, sentence = _asked(partial(kb.pool, found, accept=EVERY, method=method))
    if view is None:
        _is_sentence(sentence)
        return
    _shown(view)
    if method == "weighted-median":
        assert {"forest"} == _drawn(view, tmp_path)


@pytest.mark.parametrize("case", list(NETWORKS))
def test_networks(case, tmp_path):
    """A network of one pair, of trials of three arms, in parts, and without a known spread."""
    cells, options = NETWORKS[case]
    found = _table(tmp_path, _ratios(*cells), "os", measure="hazard-ratio")
    view = kb.network(found, accept=EVERY, **options)
    _shown(view)
    if case in ("one-pair", "three-arms", "unconnected"):
        assert {"network"} == _drawn(view, tmp_path)


@pytest.mark.parametrize("options", [{}, {"adjust": "hksj"}, {"model": "common"}, {"by": "trial"}])
def test_pooled_ratios(options, tmp_path):
    """Ratios of a table are pooled and shown as ratios."""
    found = _table(tmp_path, _ratios(*CHAIN), "os", measure="hazard-ratio")
    view = kb.pool(found, accept=EVERY, **options)
    _shown(view)
    if options == {"by": "trial"}:
        assert {"forest", "funnel"} == _drawn(view, tmp_path)


def _counts(trial_id, one, two):
    """A randomised trial of forty patients an arm, with so many responses."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    printed = [estimate(of="one", events=one), estimate(of="two", events=two)]
    arms = (arm("doxorubicin", "ifosfamide"), arm("doxorubicin"))
    return randomised(trial_id, *arms, reports={"smith-2020": report(sets, printed)})


@pytest.mark.parametrize("measure", list(COUNTED))
def test_contrasts_of_counts(measure, tmp_path):
    """Contrasts of counts are shown with empty cells, pooled without them, or refused."""
    base = base_of(
        _counts("alpha", 0, 10), _counts("beta", 0, 0), _counts("gamma", 40, 40),
        _counts("delta", 12, 8), _counts("epsilon", 9, 0),
    )  # fmt: skip
    found = kb.compare(base, "orr", measure=measure)
    assert 5 == len(found)
    _shown(found)
    assert {"forest"} == _drawn(found, tmp_path)
    view = kb.pool(found, accept=EVERY)
    _shown(view)
    assert {"forest"} <= _drawn(view, tmp_path)


def test_contrasts_of_counts_with_nothing_left():
    """Where every ratio has an empty cell, pooling is refused with what is wrong with each."""
    base = base_of(_counts("alpha", 0, 10), _counts("beta", 0, 0))
    with pytest.raises(ValueError, match="a cell of its 2×2 is zero"):
        kb.pool(kb.compare(base, "orr", measure="odds-ratio"), accept=EVERY)


@pytest.fixture(scope="module")
def frozen():
    """The base of the golden files: 32 trials that do not change."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("KB_CACHE", "off")
        return kb.load(GOLDEN / "base")


def _one_number(**more):
    body = report({"one": analysis_set("one", n=more.pop("n", 40))}, [estimate(**more)])
    return base_of(trial("alpha", reports={"smith-2020": body}))


VIEWS: dict[str, tuple[Callable[[Any], Any], set[str]]] = {
    "comparison": (lambda base: kb.compare(base, "orr"), {"forest"}),
    "comparison-of-medians": (lambda base: kb.compare(base, "pfs", measure="median"), {"forest"}),
    "comparison-of-rates": (lambda base: kb.compare(base, "pfs", measure="landmark"), {"forest"}),
    "comparison-of-ratios": (
        lambda base: kb.compare(base, "os", measure="hazard-ratio"), {"forest"},
    ),
    "comparison-without-rows": (lambda base: kb.compare(base, "orr", measure="median"), set()),
    "comparison-of-several": (lambda base: kb.compare(base, "orr,pfs"), set()),
    "comparison-of-tests": (lambda base: kb.compare(base, "pfs", measure="not-stated"), set()),
    "harms": (kb.harms, set()),
    "harms-by-event": (lambda base: kb.harms(base, event="neutropenia,death"), set()),
    "harms-none": (lambda base: kb.harms(base, year="1900"), set()),
    "selection": (kb.select, set()),
    "selection-of-none": (lambda base: kb.select(base, year="1900"), set()),
    "across": (lambda base: kb.across(kb.compare(base, "orr"), level=80), set()),
    "across-nothing": (lambda base: kb.across(kb.compare(base, "orr", trial="saint")), set()),
    "findings": (kb.audit, set()),
    "no-findings": (lambda _: kb.Findings(), set()),
    "problems": (
        lambda _: kb.Problems([kb.Problem(kb.Place("=a.yaml"), "rule", "-1 | {x} & <y>")]),
        set(),
    ),
    "no-problems": (lambda _: kb.Problems(), set()),
    "kinds": (kb.terms, set()),
    "reporting": (lambda base: kb.reporting(base, "orr"), set()),
    "reporting-none": (lambda base: kb.reporting(base, "orr", year="1900"), set()),
    "gaps": (kb.gaps, {"gaps"}),
    "gaps-without-evidence": (lambda base: kb.gaps(base, endpoint="orr", year="1900"), set()),
    "no-change": (lambda base: kb.diff(base, base), set()),
    "changes": (lambda base: kb.diff(base, base_of(trial())), set()),
    "trial": (lambda base: base["saint"], set()),
}  # fmt: skip


@pytest.mark.parametrize("case", list(VIEWS))
def test_views(case, frozen, tmp_path):
    """Every kind of view is shown, also where it holds nothing, and drawn or refused in words."""
    make, figures = VIEWS[case]
    view = make(frozen)
    _shown(view)
    assert figures == _drawn(view, tmp_path)
    for suffix, holds in ((".csv", _is_csv), (".json", _is_json)):
        kb.export(view, tmp_path / f"view{suffix}")
        holds((tmp_path / f"view{suffix}").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "kind", ["drug", "drug-class", "regimen-class", "histology", "endpoint", "criteria", "assessor"]
)
def test_terms(kind, frozen):
    """The words of every kind are shown."""
    _shown(kb.terms(frozen, kind))


def test_neighbours_of_every_trial(frozen):
    """The neighbours of every trial are shown."""
    for name in frozen:
        _shown(kb.related(frozen, name, most=3))


def test_every_connection(frozen):
    """Paths that are direct, indirect, of one regimen, and missing are shown."""
    treatments = sorted({row.drugs for row in kb.compare(frozen, "pfs").rows if row.drugs})
    asked = [one for one in treatments if ";" not in one][:14]
    found = [kb.path(frozen, one, other) for one, other in combinations(asked, 2)]
    found.append(kb.path(frozen, asked[0], asked[0]))
    assert {"same", "direct", "indirect", "none"} == {one.connection for one in found}
    for one in found:
        _shown(one)


@pytest.mark.parametrize("name", ["rates", "medians", "contrasts", "extreme"])
def test_own_tables(name, frozen):
    """A table of one's own, its comparison and its audit are shown."""
    table = kb.table(GOLDEN / "tables" / f"{name}.csv", vocabulary=frozen.vocabulary)
    _shown(table)
    _shown(kb.audit_table(table.path, vocabulary=frozen.vocabulary))
    for endpoint in {row.endpoint for row in table}:
        _shown(kb.compare(table, endpoint, measure="all"))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ({"measure": "proportion", "value": "25"}, "25%"),
        ({"measure": "proportion", "events": 0}, "0.0%"),
        ({"measure": "proportion", "events": 40}, "100.0%"),
        ({"measure": "proportion", "events": 3, "n": None}, "3/?"),
        ({"endpoint": "pfs", "value": "not-reached"}, "NR"),
        ({"endpoint": "pfs", "unit": "weeks", "value": "23.7"}, "23.7 wk (≈5.5 mo)"),
    ],
)
def test_a_single_number(number, text):
    """One number in every form that print has is shown."""
    endpoint = number.get("endpoint", "orr")
    found = kb.compare(_one_number(**number), endpoint)
    _shown(found)
    assert text in kb.render(found)


def test_prognostic_and_interaction(tmp_path):
    """Contrasts that are no treatment effect, and tests without a number, are shown."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    bare = contrast(kind="interaction", id="sex", measure="not-stated", p=".24")
    del bare["value"], bare["interval"]
    own = report(sets, [], contrasts=[contrast(kind="prognostic", id="grade"), bare])
    pair = (arm("doxorubicin"), arm("ifosfamide"))
    base = base_of(randomised("alpha", *pair, reports={"smith-2020": own}))
    _shown(kb.compare(base, "pfs", measure="all"))
    assert {"forest"} == _drawn(kb.compare(base, "pfs", measure="hazard-ratio"), tmp_path)
