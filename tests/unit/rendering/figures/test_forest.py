"""Forest plots: what each line says, whose name it stands under, and which side is in favour."""

import sys
from dataclasses import replace
from functools import partial

import pytest

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial
from kb.errors import MissingExtraError, UnknownFormatError
from kb.rendering.figures.forest import DEFAULT_COLUMNS, axis_of, forest, plotted, suitable
from kb.rendering.figures.forest_lines import Rows
from kb.rendering.figures.forest_notes import favours
from kb.rendering.figures.forest_order import nested
from kb.rendering.figures.forest_scale import Axis
from kb.rendering.figures.page import TIED
from kb.rows.row import Row

WHOLE = {"level": 95, "low": "12.7", "high": "41.2"}


def _two_trials():
    """Two trials, each with a whole and a subgroup whose line is another."""
    body = report(
        {
            "one": analysis_set(line="first"),
            "lms": analysis_set(n=13, of="one", line="second",
                                subgroup={"histology": ["leiomyosarcoma"]}),
        },
        [estimate(interval=WHOLE), estimate(of="lms", events=3)],
    )  # fmt: skip
    return base_of(*[trial(one, reports={"smith-2020": body}) for one in ("alpha", "beta")])


def _lines(view, by=None, columns=(), pooled=None):
    """The rows of a view, each study under the id of its trial."""
    axis = axis_of(view.rows)
    base = view.comparison.base if pooled else view.base
    names = {row.trial: row.trial for row in view.rows}
    fitting = suitable(axis.kind, view.rows)
    return Rows(nested(view.rows), pooled, axis, base, tuple(columns), by, names, suitable=fitting)


def _headings(found):
    return [one.heading for one in found.columns]


def _cells(found, line):
    """The cells of the columns on the left."""
    return line.cells[: len(found.keys)]


def _labels(view, by=None):
    return [(line.kind, line.cells[0]) for line in _lines(view, by).lines()]


def test_a_part_stands_beneath_its_whole():
    """Beneath the whole of its arm a subgroup is indented and goes by what it is."""
    assert [
        ("row", "alpha"),
        ("row", "    Leiomyosarcoma"),
        ("row", "beta"),
        ("row", "    Leiomyosarcoma"),
    ] == _labels(kb.compare(_two_trials(), "orr"))


def test_a_part_without_its_whole_is_named():
    """In a group that lacks the whole a subgroup is named with its trial, never under another."""
    assert [
        ("heading", "Line: first"),
        ("row", "alpha"),
        ("row", "beta"),
        ("heading", "Line: second"),
        ("row", "alpha, Leiomyosarcoma"),
        ("row", "beta, Leiomyosarcoma"),
    ] == _labels(kb.compare(_two_trials(), "orr"), "line")


@pytest.mark.parametrize("by", ["line", "trial", "subgroup", "analysis_set"])
def test_a_label_depends_on_its_own_group(by):
    """A line is named as it would be if its group were the whole figure."""
    view = kb.compare(_two_trials(), "orr")
    groups: dict[str, list[Row]] = {}
    for row in view.rows:
        groups.setdefault(str(getattr(row, by)), []).append(row)
    alone = [
        label
        for own in groups.values()
        for _, label in _labels(replace(view, rows=tuple(own)))
    ]  # fmt: skip
    assert sorted(alone) == sorted(label for kind, label in _labels(view, by) if kind == "row")


def test_a_group_that_is_not_stated():
    """Rows without the field of a group stand under one that says so."""
    view = kb.compare(base_of(trial("alpha")), "orr")
    blank = replace(view, rows=tuple(replace(row, criteria="") for row in view.rows))
    assert ("heading", "Criteria: not stated") == _labels(blank, "criteria")[0]


def test_whole_before_its_parts():
    """The whole of an arm stands before its subgroups, whatever the order of the record."""
    view = kb.compare(_two_trials(), "orr")
    turned = replace(view, rows=tuple(reversed(view.rows)))
    assert ["beta", "    Leiomyosarcoma", "alpha", "    Leiomyosarcoma"] == [
        label for _, label in _labels(turned)
    ]


@pytest.mark.parametrize(
    ("levels", "heading"),
    [
        ((95, 95), "Estimate (95% CI)"),
        ((90, 90), "Estimate (90% CI)"),
        ((95, 90), "Estimate (CI)"),
        (("not-stated", "not-stated"), "Estimate (CI)"),
    ],
)
def test_heading_of_estimates(levels, heading):
    """The level that all intervals share stands in the heading; CI alone where they differ."""
    base = base_of(
        *[
            trial(f"t{number}", reports={"smith-2020": report(
                None, [estimate(interval={**WHOLE, "level": level})])})
            for number, level in enumerate(levels)
        ]
    )  # fmt: skip
    assert heading == _headings(_lines(kb.compare(base, "orr")))[-1]


def test_rows_without_interval_have_no_level():
    """A row that shows no interval does not blur the level of the others."""
    view = kb.compare(_two_trials(), "orr")
    rows = tuple(
        replace(row, interval_source="", level=None) if row.subgroup else row for row in view.rows
    )
    assert ["Trial", "Drugs", "Events/n", "Estimate (95% CI)"] == (
        _headings(_lines(replace(view, rows=rows)))
    )


@pytest.mark.parametrize(("level", "heading"), [(95, "Estimate (95% CI)"), (80, "Estimate (CI)")])
def test_heading_of_a_pool(level, heading):
    """The level of the pooled interval counts as one more."""
    view = kb.pool(kb.compare(_two_trials(), "orr"), level=level)
    found = _lines(view, pooled=view)
    assert heading == _headings(found)[-1]
    (diamond,) = (line for line in found.lines() if line.kind == "pooled")
    assert f"Pooled,{TIED}k{TIED}={TIED}2" == diamond.cells[0].replace(" ", TIED)
    bounds = f"({100 * view.low:.1f}–{100 * view.high:.1f})"
    if level != 95:
        bounds = bounds.replace("(", f"({level}%{TIED}CI,{TIED}")
    assert f"{100 * view.value:.1f}% {bounds}" == diamond.cells[-1]
    assert (100 * view.value, 100 * view.low, 100 * view.high) == (
        diamond.value, diamond.low, diamond.high,
    )  # fmt: skip


def _ratio_row(**fields):
    return Row(**{
        "address": "a", "trial": "t", "measure": "hazard-ratio", "endpoint": "pfs",
        "contrast_kind": "randomised", "versus": "two", **fields,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "better", "said"),
    [
        ("hazard-ratio", "higher", "A hazard ratio below 1 is in favour of"),
        ("hazard-ratio", "lower", "A hazard ratio above 1 is in favour of"),
        ("odds-ratio", "higher", "An odds ratio above 1 is in favour of"),
        ("risk-ratio", "lower", "A risk ratio below 1 is in favour of"),
        ("risk-difference", "higher", "A risk difference above 0 is in favour of"),
        ("median-difference", "higher", "A difference of medians above 0 is in favour of"),
    ],
)
def test_which_side_is_in_favour(measure, better, said):
    """A hazard follows the event that ends what is measured; the others follow the endpoint."""
    (line,) = favours([_ratio_row(measure=measure)], better)
    assert line.startswith(said)


@pytest.mark.parametrize("kind", ["prognostic", "unadjusted", "crossover", "interaction"])
def test_what_is_no_treatment_effect_is_in_favour_of_nothing(kind):
    """Of contrasts that nobody randomised it is said that they are no treatment effect."""
    rows = [_ratio_row(contrast_kind=kind, trial="t"), _ratio_row(contrast_kind=kind, trial="u")]
    assert [f"No treatment effect, and in favour of nothing: {kind} contrasts (t, u)."] == list(
        favours(rows, "higher")
    )


def test_both_kinds_together():
    """Randomised ones are in favour, the others are named beside them."""
    rows = [_ratio_row(), _ratio_row(contrast_kind="prognostic", trial="u")]
    first, second = favours(rows, "higher")
    assert "below 1 is in favour of the regimen under Drugs" in first
    assert "prognostic contrasts (u)" in second


@pytest.mark.parametrize(
    ("rows", "better"),
    [([_ratio_row(measure="not-stated")], "higher"), ([_ratio_row()], "neither"), ([], "higher")],
)
def test_nothing_is_in_favour(rows, better):
    """Nothing is said where the measure or the endpoint has no direction."""
    assert [] == list(favours(rows, better))


def test_rows_of_sets_are_no_contrasts():
    """A proportion is no contrast, so nothing is said of it."""
    assert [] == list(favours([Row("a", "t", measure="proportion")], "higher"))


@pytest.mark.parametrize(
    ("measure", "unit", "kind", "null", "words"),
    [
        ("proportion", "percent", "percent", None, "%"),
        ("landmark", "percent", "percent", None, "%"),
        ("median", "months", "time", None, "months"),
        ("hazard-ratio", "", "ratio", 1, "ratio (log scale)"),
        ("odds-ratio", "", "ratio", 1, "ratio (log scale)"),
        ("risk-difference", "percent", "difference", 0, "percentage points"),
        ("restricted-mean-difference", "months", "difference", 0, "months"),
    ],
)
def test_axis(measure, unit, kind, null, words):
    """The axis follows from the measure, its null line too."""
    axis = axis_of([Row("a", "t", measure=measure, unit=unit)])
    assert (kind, null, words) == (axis.kind, axis.null, axis.words)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "one endpoint and one kind of measure"),
        (
            [Row("a", "t", measure="proportion"), Row("a", "t", measure="median")],
            "one endpoint and one kind of measure",
        ),
        (
            [Row("a", "t", measure="proportion", endpoint=one) for one in ("orr", "dcr")],
            "one endpoint and one kind of measure",
        ),
        ([Row("a", "t", measure="not-stated")], "a contrast without a number has no scale"),
    ],
)
def test_no_axis(rows, said):
    """Several endpoints or kinds of measure have no common axis, and a test has none at all."""
    with pytest.raises(ValueError, match=said):
        axis_of(rows)


@pytest.mark.parametrize(
    ("kind", "events", "columns"),
    [
        ("percent", 3, ("label", "drugs", "count")),
        ("percent", None, ("label", "drugs")),
        ("time", None, ("label", "drugs", "n")),
        ("ratio", None, ("label", "drugs", "versus")),
        ("difference", None, ("label", "drugs", "versus")),
    ],
)
def test_columns_that_suit(kind, events, columns):
    """Counts where there are any; n beside a time; the other arm beside a contrast."""
    assert columns == suitable(kind, [Row("a", "t", events=events)])
    assert set(DEFAULT_COLUMNS) == {"percent", "time", "ratio", "difference"}


def _row_line(row, kind="percent", weights=None):
    drawn = Rows([row], None, Axis(kind), None, (), None, {row.trial: row.trial}, weights)
    return drawn.row_line(row, ("x",), 40)


@pytest.mark.parametrize(
    ("low_state", "high_state", "arrows"),
    [
        ("", "", (False, False)),
        ("", "not-reached", (False, True)),
        ("", "not-given", (False, True)),
        ("not-estimable", "", (True, False)),
        ("not-given", "not-estimable", (True, True)),
        ("not-reached", "", (False, False)),
    ],
)
def test_open_bounds(low_state, high_state, arrows):
    """A bound that is not estimable or not given is open; an upper one that is not reached too."""
    row = Row("a", "t", measure="proportion", low_state=low_state, high_state=high_state)
    line = _row_line(row)
    assert arrows == (line.open_low, line.open_high)


def test_numbers_of_a_line():
    """Times are drawn in months, the rest as printed, nothing where nothing is printed."""
    weeks = Row("a", "t", measure="median", unit="weeks", value="23.7", value_months=5.45)
    line = _row_line(weeks, "time")
    assert (5.45, None, None) == (line.value, line.low, line.high)
    rate = Row("a", "t", measure="proportion", unit="percent", value="30.8", low="18.7")
    line = _row_line(rate)
    assert (30.8, 18.7, None) == (line.value, line.low, line.high)


@pytest.mark.parametrize(
    ("n", "kind", "weight"),
    [(40, "percent", 1), (20, "time", 0.5), (1, "percent", 0.1), (None, "percent", 0.4),
     (40, "ratio", 0.5)],
)  # fmt: skip
def test_weight_of_a_mark(n, kind, weight):
    """A mark grows with n up to the largest; of unknown n it is small; ratios are all alike."""
    assert weight == pytest.approx(_row_line(Row("a", "t", measure="proportion", n=n), kind).weight)


def test_cells_of_a_contrast():
    """A contrast names what it is set against; a cell that is too long is cut."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    body = report(sets, [], contrasts=[contrast()])
    pair = (arm("doxorubicin", "ifosfamide"), arm("placebo"))
    base = base_of(randomised("alpha", *pair, reports={"smith-2020": body}))
    view = kb.compare(base, "pfs", measure="hazard-ratio")
    (line,) = _lines(view).lines()
    assert ("alpha", "doxorubicin + ifosfamide", "no active drug", "0.80 (0.60–1.07)") == line.cells
    found = _lines(view, columns=("histologies", "address", "arm", "adjusted_for"))
    (line,) = found.lines()
    address = "alpha/smith-2020/one:two/pfs/hazard-ratio"
    assert ("soft tissue sarcoma", address, "one", "") == _cells(found, line)


def test_a_landmark_says_its_time():
    """Rates at several times stand in one figure, each with its time."""
    numbers = [
        estimate("pfs", measure="landmark", at={"months": at}, value=value)
        for at, value in (("6", "60"), ("12", "40"))
    ]
    base = base_of(trial(reports={"smith-2020": report(None, numbers)}))
    assert [("row", "alpha, at 6 mo"), ("row", "alpha, at 12 mo")] == _labels(
        kb.compare(base, "pfs")
    )


def test_notes_of_a_figure():
    """Reconstructed counts, how it was pooled, and the caveats of the table are said."""
    body = report(None, [estimate(measure="proportion", value="25.0")])
    more = [trial(one, reports={"smith-2020": body}) for one in ("beta", "gamma")]
    view = kb.pool(kb.compare(base_of(trial("alpha"), *more), "orr"))
    notes = plotted(view).notes
    assert notes[0].startswith("* events reconstructed")
    assert notes[1].startswith("Weight: share of the information")
    assert notes[2].startswith("Pooled: random effects")
    plain = kb.compare(base_of(trial("alpha")), "orr")
    assert () == plotted(plain).notes


def test_what_cannot_be_drawn(tmp_path):
    """Another suffix, another view, and a column that there is not, are refused in words."""
    view = kb.compare(base_of(trial("alpha")), "orr")
    with pytest.raises(UnknownFormatError, match=r"^'\.docx' is no figure; known are \.svg"):
        forest(view, tmp_path / "x.docx")
    with pytest.raises(ValueError, match=r"pooled estimate, not of a Problems$"):
        forest(kb.Problems(), tmp_path / "x.svg")
    with pytest.raises(ValueError, match=r"^'nobody' is no column; a row has label, drugs"):
        forest(view, tmp_path / "x.svg", columns=("nobody",))
    assert [] == list(tmp_path.iterdir())


def test_without_matplotlib(tmp_path, monkeypatch):
    """Every figure names the extra that brings what it needs."""
    from kb.rendering.figures.gap_map import gap_map

    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    base = base_of(trial("alpha"))
    for draw in (partial(forest, kb.compare(base, "orr")), partial(gap_map, kb.gaps(base))):
        with pytest.raises(MissingExtraError, match=r"pip install 'sarcoma-kb\[plots\]'"):
            draw(tmp_path / "x.svg")


@pytest.mark.parametrize(
    ("column", "heading"),
    [
        ("label", "Trial"), ("drugs", "Drugs"), ("count", "Events/n"), ("line", "Line"), ("n", "n"),
        ("analysis_set", "Set"), ("report", "Report"), ("histologies", "Histologies"),
        ("year", "Year"), ("versus", "Versus"), ("criteria", "Criteria"), ("assessor", "Assessor"),
        ("read", "Read"), ("address", "Address"), ("regimen_classes", "Classes"),
        ("subgroup", "Subgroup"), ("arm", "Arm"), ("data_cut", "data cut"),
    ],
)  # fmt: skip
def test_heading_of_a_column(column, heading):
    """Each column has a word over it; a field without one is headed by its name."""
    view = kb.compare(base_of(trial("alpha")), "orr")
    assert heading == _headings(_lines(view, columns=(column,)))[0]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("subgroup", "leiomyosarcoma"), ("line", "second"), ("analysis_set", "intention to treat"),
        ("count", "3/13"), ("n", "13"), ("report", "smith-2020"), ("locator", "p1"), ("doi", ""),
        ("regimen_classes", "chemotherapy, single agent chemotherapy"), ("value_months", ""),
        ("drugs", "doxorubicin"),
    ],
)  # fmt: skip
def test_words_of_a_cell(column, cell):
    """Lists with commas, words without hyphens, addresses and reports as they are."""
    found = _lines(kb.compare(_two_trials(), "orr"), columns=(column,))
    assert (cell,) == _cells(found, list(found.lines())[1])


def test_subtotals():
    """Groups that were pooled bring their subtotals, each beneath its own rows."""
    body = report(None, [estimate(events=20)])
    people = {"histologies": ["sarcoma"], "line": "second", "from": "smith-2020"}
    base = base_of(
        trial("alpha"),
        trial("beta", reports={"smith-2020": body}),
        trial("gamma", population=people),
    )
    view = kb.pool(kb.compare(base, "orr"), accept=["lines-mixed"], by="line")
    found = [line for line in _lines(view, pooled=view).lines() if line.kind != "note"]
    assert [
        "Line: first", "alpha", "beta", "Subtotal, k = 2", "Line: second", "gamma",
        "Subtotal, k = 1", "Pooled, k = 3", "Prediction interval for a new study",
    ] == [line.cells[0].replace(TIED, " ") for line in found]  # fmt: skip
    assert [100 * part.value for part in view.parts] == [found[3].value, found[6].value]
    notes = " ".join(plotted(view).notes)
    assert "Pooled in spite of lines-mixed: first line (alpha, beta) with second (gamma)." in notes


def test_rows_of_a_table_have_no_words_of_a_base(tmp_path):
    """An own table is drawn with the words of its file; contrasts of it have no direction."""
    path = tmp_path / "own.csv"
    path.write_text("study,arm,endpoint,events,n\nS,a+b,orr,4,20\nT,,orr,3,30\n")
    vocabulary = base_of(trial()).vocabulary
    view = kb.compare(kb.table(path, vocabulary=vocabulary), "orr")
    found = _lines(view)
    assert [("S", "a + b", "4/20"), ("T", "", "3/30")] == [
        _cells(found, line) for line in found.lines()
    ]


def test_an_arm_without_active_drugs():
    """An arm of a record that gets no active drug says so."""
    base = base_of(trial("alpha", arms={"one": arm("placebo")}))
    (line,) = _lines(kb.compare(base, "orr")).lines()
    assert "no active drug" == line.cells[1]


def test_direction_of_a_single_contrast():
    """One contrast is enough for the note beneath, which follows the vocabulary of its base."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    body = report(sets, [], contrasts=[contrast()])
    pair = (arm("doxorubicin", "ifosfamide"), arm("doxorubicin"))
    base = base_of(randomised("alpha", *pair, reports={"smith-2020": body}))
    view = plotted(kb.compare(base, "pfs", measure="hazard-ratio"))
    assert ("A hazard ratio below 1 is in favour of the regimen under Drugs.",) == view.notes
    assert ("← favours doxorubicin + ifosfamide", "favours doxorubicin →") == view.sides
