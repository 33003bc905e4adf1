"""What a forest plot shows of rows: which mark, which block, which words beneath and beside."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial
from kb.comparison.caveat import Caveat
from kb.rendering.figures.forest import forest, plotted
from kb.rendering.figures.forest_drawing import drawn
from kb.rendering.figures.forest_notes import CUT, LONGEST, caveat_notes, key_of, shortened, side_of
from kb.rows.row import Row

RATE: dict[str, Any] = {"endpoint": "orr", "measure": "proportion", "unit": "percent", "n": 40}
RATIO: dict[str, Any] = {
    "endpoint": "pfs", "measure": "hazard-ratio", "versus": "two", "contrast_kind": "randomised",
    "value": "0.8", "low": "0.6", "high": "1.1", "level": 95, "interval_source": "reported",
    "value_source": "reported",
}  # fmt: skip
BOUNDS: dict[str, Any] = {"low": "5", "high": "40", "level": 95, "interval_source": "reported"}


def _view(*rows, **changed):
    """A comparison that holds these rows and no caveats."""
    found = kb.compare(base_of(trial("alpha")), rows[0].endpoint, measure="all")
    return replace(found, rows=tuple(rows), **{"caveats": (), **changed})


def _rates(*fields):
    return [
        Row(f"r{place}", f"Study {place}", **{**RATE, **one}) for place, one in enumerate(fields)
    ]


def _line(**fields):
    (line,) = plotted(_view(*_rates(fields))).lines
    return line


@pytest.mark.parametrize(
    ("approximation", "shape"),
    [
        ("", "circle"),
        ("about", "circle"),
        ("under", "below"),
        ("just-under", "below"),
        ("up-to", "below"),
        ("over", "above"),
        ("at-least", "above"),
    ],
)
def test_shape_of_a_value(approximation, shape):
    """A bound has a mark of its own; an approximate value is a value; both without an interval."""
    line = _line(value="20", approximation=approximation)
    assert (shape, 20, None, None) == (line.shape, line.value, line.low, line.high)
    with_interval = _line(value="20", approximation=approximation, **BOUNDS)
    expected = ("square", 5, 40) if shape == "circle" else (shape, None, None)
    assert expected == (with_interval.shape, with_interval.low, with_interval.high)


@pytest.mark.parametrize(
    ("fields", "hollow", "dashed"),
    [
        ({"value": "20", "value_source": "reported", **BOUNDS}, False, False),
        ({"value": "20", "value_source": "computed", **BOUNDS}, True, False),
        ({"value": "20", **BOUNDS, "interval_source": "computed"}, False, True),
    ],
)
def test_computed_or_printed(fields, hollow, dashed):
    """The mark says where the value is from, the line where the interval is from."""
    line = _line(**fields)
    assert (hollow, dashed) == (line.hollow, line.dashed)


def test_a_median_that_is_not_reached():
    """It lies beyond the end of the scale, whether or not a lower bound is printed."""
    fields: dict[str, Any] = {
        "endpoint": "pfs",
        "measure": "median",
        "unit": "months",
        "value_state": "not-reached",
    }
    (line,) = plotted(_view(Row("a", "t", **fields))).lines
    assert (None, True, "NR") == (line.value, line.open_high, line.cells[-1])


def test_a_bound_in_words():
    """Its sign stands before the number, and the marks are explained."""
    view = plotted(_view(*_rates({"value": "5", "approximation": "up-to"})))
    assert "≤5%" == view.lines[0].cells[-1]


def test_rows_beside_an_answer_are_not_drawn():
    """Controls and contrasts that stand beside are no rows of the answer."""
    rows = _rates({"value": "20"}, {"value": "30", "beside": "control"})
    assert ["Study 0"] == [line.cells[0] for line in plotted(_view(*rows)).lines]
    with pytest.raises(ValueError, match="one endpoint and one kind of measure"):
        plotted(_view(rows[1]))


@pytest.mark.parametrize(
    "kind",
    ["prognostic", "observational", "unadjusted", "crossover", "interaction", "non-comparative"],
)
def test_what_is_no_treatment_effect_stands_apart(kind):
    """It stands under a heading of its own, grey, behind the effects, in favour of nobody."""
    rows = [
        Row("a", "One", **{**RATIO, "contrast_kind": kind}),
        Row("b", "Two", drugs="x", **RATIO),
    ]
    view = plotted(_view(*rows))
    words = kind.replace("-", " ")
    assert [
        ("row", "Two", False),
        ("heading", f"No treatment effect ({words})", False),
        ("row", "One", True),
    ] == [(line.kind, line.cells[0], line.muted) for line in view.lines]
    assert ("← favours x", "favours two →") == view.sides
    assert any(f"in favour of nothing: {kind} contrasts (One)" in one for one in view.notes)
    alone = plotted(_view(rows[0]))
    assert ("", "") == alone.sides
    assert not any("is in favour of the regimen" in one for one in alone.notes)


@pytest.mark.parametrize(
    ("measure", "better", "side"),
    [
        ("hazard-ratio", "higher", "below"),
        ("hazard-ratio", "lower", "above"),
        ("odds-ratio", "higher", "above"),
        ("risk-difference", "lower", "below"),
        ("hazard-ratio", "neither", ""),
    ],
)
def test_side_of_the_regimen(measure, better, side):
    """It follows from endpoint and measure; no direction, no side."""
    assert side == side_of([Row("a", "t", **{**RATIO, "measure": measure})], better)


def test_measures_that_disagree_have_no_side():
    """On an axis of hazard and odds ratios left is good of one and bad of the other."""
    rows = [Row("a", "t", **RATIO), Row("b", "t", **{**RATIO, "measure": "odds-ratio"})]
    assert "" == side_of(rows, "higher")
    assert "" == side_of([], "higher")


@pytest.mark.parametrize(
    ("drugs", "versus", "sides"),
    [
        (("a+b", "a+b"), ("c", "c"), ("← favours a + b", "favours c →")),
        (("a+b", "a"), ("c", "c"), ("← favours experimental", "favours control →")),
        (("a", "a"), ("c", "b"), ("← favours experimental", "favours control →")),
        (("a", "a"), ("a", "a"), ("← favours experimental", "favours control →")),
        (("", ""), ("c", "c"), ("← favours experimental", "favours control →")),
        (("x" * 61, "x" * 61), ("c", "c"), ("← favours experimental", "favours control →")),
    ],
)
def test_words_of_the_sides(drugs, versus, sides):
    """Regimens where all comparisons share them, else the roles of the arms."""
    rows = [
        Row(f"r{place}", f"S{place}", **{**RATIO, "drugs": one, "versus": other})
        for place, (one, other) in enumerate(zip(drugs, versus, strict=True))
    ]
    assert sides == plotted(_view(*rows)).sides


def test_one_regimen_among_other_patients():
    """A contrast of patients on the same drugs names the set that it is set against."""
    sets = {
        "one": analysis_set("one"),
        "old": analysis_set("one", n=20, subgroup={"age": ["65 and older"]}),
    }
    body = report(sets, [], contrasts=[contrast("one", "old", kind="prognostic")])
    base = base_of(trial("alpha", reports={"smith-2020": body}))
    heading, line = plotted(kb.compare(base, "pfs", measure="hazard-ratio")).lines
    assert "No treatment effect (prognostic)" == heading.cells[0]
    assert ("Smith 2020", "doxorubicin", "old") == line.cells[:3]


@pytest.mark.parametrize(
    ("levels", "cells"),
    [
        ((95, 95, 90), ["20% (5–40)", "20% (5–40)", "20% (90% CI, 5–40)"]),
        ((95, 90), ["20% (95% CI, 5–40)", "20% (90% CI, 5–40)"]),
        ((95, None, 95), ["20% (5–40)", "20% (5–40‡)", "20% (5–40)"]),
    ],
)
def test_level_of_an_interval(levels, cells):
    """The level of most stands in the heading, another in its cell, one not stated as a sign."""
    view = plotted(_view(*_rates(*[{"value": "20", **BOUNDS, "level": one} for one in levels])))
    assert cells == [line.cells[-1].replace("\N{NO-BREAK SPACE}", " ") for line in view.lines]
    signed = "‡ the level of the interval is not stated."
    assert (None in levels) is (signed in view.notes)


def test_no_interval_at_all():
    """Estimates without intervals are headed as such."""
    assert "Estimate" == plotted(_view(*_rates({"value": "20"}))).columns[-1].heading


def test_p_stands_in_a_column_of_its_own():
    """Where a row prints one."""
    rows = [Row("a", "S", **{**RATIO, "p": "<.001"}), Row("b", "T", **{**RATIO, "p": ".19"})]
    view = plotted(_view(*rows))
    assert "P" == view.columns[-1].heading
    assert ["< .001", ".19"] == [line.cells[-1] for line in view.lines]


def test_weights_of_a_pool():
    """Each row has its share, the diamond the whole of it, a subtotal that of its rows."""
    people = {"histologies": ["sarcoma"], "line": "second", "from": "smith-2020"}
    base = base_of(trial("alpha"), trial("beta"), trial("gamma", population=people))
    view = kb.pool(kb.compare(base, "orr"), accept=["lines-mixed"], by="line")
    found = plotted(view)
    assert "Weight" == found.columns[-1].heading
    shown = {line.cells[0].split(",")[0]: line.cells[-1] for line in found.lines if line.cells[-1]}
    assert {
        "Smith 2020a": "33.3%", "Smith 2020b": "33.3%", "Subtotal": "66.7%", "Smith 2020c": "33.3%",
        "Pooled": "100.0%",
    } == shown  # fmt: skip
    assert "weight" == found.sized
    assert plotted(kb.compare(base, "orr")).columns[-1].heading.startswith("Estimate")


def test_spread_and_prediction_at_the_diamond():
    """Behind the diamond stand the bar of its prediction, then tau², I² and Q."""
    base = base_of(*[trial(one) for one in ("alpha", "beta", "gamma")])
    view = kb.pool(kb.compare(base, "orr"))
    pooled, prediction, note = plotted(view).lines[-3:]
    assert ("pooled", "prediction", "note") == (pooled.kind, prediction.kind, note.kind)
    low, high = 100 * view.prediction_low, 100 * view.prediction_high
    assert pytest.approx((low, high)) == (prediction.low, prediction.high)
    assert (
        f"({low:.1f}–{high:.1f})"
        == dict(zip([one.key for one in plotted(view).columns], prediction.cells, strict=True))[
            "estimate"
        ]
    )
    for piece in ("tau²", "I²", "Q", "df"):
        assert piece in note.cells[0]
    assert "30/120" == pooled.cells[2]


@pytest.mark.parametrize(
    ("criteria", "measure", "title"),
    [
        ({}, None, "Objective response rate"),
        ({"line": "first"}, None, "Objective response rate · line first"),
        ({"trial": "alpha"}, None, "Objective response rate"),
        (
            {"drug": "doxorubicin", "line": "first"},
            None,
            "Objective response rate · drug doxorubicin · line first",
        ),
    ],
)
def test_title(criteria, measure, title):
    """The endpoint and the filters as they were applied; trials are rows and no filter."""
    view = kb.compare(base_of(trial("alpha")), "orr", measure=measure, **criteria)
    assert title == plotted(view).title
    assert title == plotted(kb.pool(view)).title
    own = plotted(view, title="Mine")
    filters = " · ".join(title.split(" · ")[1:])
    assert "Mine" == own.title
    assert bool(filters) is (f"Rows of {filters}." in own.notes)


def test_measure_in_the_title():
    """What is no proportion is named."""
    base = base_of(trial(reports={"smith-2020": report(None, [estimate("pfs")])}))
    assert "Progression-free survival, median" == plotted(kb.compare(base, "pfs")).title


def test_caveats_of_the_table():
    """Every rule of the comparison stands beneath with its sentence; of a pool those of its rows."""
    late = trial("late", design={"allocation": "single-arm", "timing": "retrospective"})
    view = kb.compare(base_of(trial("early"), late), "orr")
    assert view.caveats
    text = "\n".join(plotted(view).notes)
    for one in view.caveats:
        assert f"{one.rule}: {one.message.rstrip('.')}" in text
    pooled = "\n".join(plotted(kb.pool(view, accept=["timing-mixed"])).notes)
    assert "designs-differ: " in pooled
    assert "Pooled in spite of timing-mixed: " in pooled
    assert "Ids in these notes: early is Smith 2020a, late is Smith 2020b." in text


@pytest.mark.parametrize(
    ("messages", "line", "cut"),
    [
        (["short"], "r: short.", False),
        (["one", "two."], "r: one; two.", False),
        (["x" * LONGEST], f"r: {'x' * LONGEST}.", False),
        (["word " * 48 + "x"], f"r: {('word ' * 48).strip()}…", True),
        (["word " * 48, "b"], f"r: {('word ' * 48).strip()}… (2 in all)", True),
    ],
)
def test_long_caveats_are_shortened(messages, line, cut):
    """Rules are all named; long sentences end in an ellipsis, and a last line says so."""
    notes = list(caveat_notes([Caveat("r", (), one) for one in messages]))
    assert [line] == notes
    assert [line, *([CUT] if cut else [])] == list(shortened(notes))


def test_what_was_set_aside():
    """Rows that arithmetic cannot use are named beneath, with the reasons, the first eight."""
    sets = {"one": analysis_set(n=None)}
    bodies = [report(), report(sets, [estimate(measure="proportion", value="20")])]
    base = base_of(
        *[trial(one, reports={"smith-2020": body}) for one, body in zip(("alpha", "beta"), bodies, strict=True)]
    )  # fmt: skip
    notes = plotted(kb.pool(kb.compare(base, "orr"))).notes
    assert "Set aside, not in the diamond: beta: n is not printed." in notes
    view = kb.pool(kb.compare(base, "orr"))
    many = tuple(replace(view.rows_set_aside[0], why=f"reason {number}") for number in range(10))
    said = " ".join(plotted(replace(view, rows_set_aside=many)).notes)
    assert "beta: reason 7; and 2 reasons more, which the table names." in said


def test_ids_that_are_their_names_need_no_key():
    """LMS-04 is lms-04."""
    names = {"lms-04": "LMS-04", "alpha": "Smith 2020", "beta": "Jones 2020"}
    assert ["Ids in these notes: alpha is Smith 2020."] == list(
        key_of(["lms-04 and alpha differ"], names)
    )
    assert [] == list(key_of(["nothing"], names))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"width": 20}, "80 to 600 mm wide"),
        ({"xlim": (60, 10)}, "from a lower number to a higher one"),
        ({"sort": "nobody"}, "rows are sorted by value, n, year, weight, trial"),
        ({"sort": "weight"}, "weights are of a pooled estimate"),
        ({"dpi": 300}, r"dots to the inch are of \.png; a \.svg has none"),
        ({"columns": ("nobody",)}, "'nobody' is no column"),
        ({"by": "nobody"}, "'nobody' is no column"),
    ],
)
def test_refused_options(options, said, tmp_path):
    """What an option cannot be is refused in a sentence, and nothing is written."""
    with pytest.raises(ValueError, match=said):
        forest(kb.compare(base_of(trial("alpha")), "orr"), tmp_path / "f.svg", **options)
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("dpi", [71, 1201])
def test_refused_dots(dpi, tmp_path):
    """A picture has 72 to 1200 dots to the inch."""
    with pytest.raises(ValueError, match=f"72 to 1200 dots to the inch, not {dpi}"):
        forest(kb.compare(base_of(trial("alpha")), "orr"), tmp_path / "f.png", dpi=dpi)


@pytest.mark.parametrize(("dpi", "dots"), [(None, 300), (72, 72), (150, 150)])
def test_dots_of_a_picture(dpi, dots, tmp_path):
    """The width of a PNG is its millimetres at the dots that were asked for."""
    path = forest(kb.compare(base_of(trial("alpha")), "orr"), tmp_path / "f.png", width=85, dpi=dpi)
    wide = int.from_bytes(path.read_bytes()[16:20], "big")
    assert 85 / 25.4 * dots == pytest.approx(wide, abs=1)


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_same_bytes(suffix, tmp_path):
    """Two runs with every option give the same bytes in each format."""
    view = kb.compare(base_of(trial("alpha"), trial("beta")), "orr")
    more: dict[str, Any] = {"dpi": 100} if suffix == "png" else {}
    one, other = (
        forest(view, tmp_path / f"{name}.{suffix}", width=120, xlim=(5, 60), sort="-n", **more)
        for name in ("a", "b")
    )
    assert one.read_bytes() == other.read_bytes()


def _mixed(rows):
    """Zero events, all events, bounds, values without an interval, and long names."""
    kinds = [
        {"value": "0", "events": 0, **BOUNDS, "low": "0", "interval_source": "computed"},
        {"value": "100", "events": 40, **BOUNDS, "high": "100"},
        {"value": "5", "approximation": "up-to"},
        {"value": "22.5", "approximation": "at-least", "events": 9, "value_source": "computed"},
        {"value": "30.0", "acronym": "A very long name of a trial that goes on and on"},
        {"value": "", "events": 4},
        {"value": "25", **BOUNDS, "level": 90, "drugs": "+".join(["liposomal-doxorubicin"] * 4)},
    ]
    return _rates(*[kinds[place % len(kinds)] for place in range(rows)])


def _ratios(rows):
    """Bounds of zero and without end, crossovers, and a value far away."""
    kinds = [
        {"low": "0"},
        {"high": "", "high_state": "not-reached", "p": "<.001"},
        {"value": "0", "low": "", "high": "", "low_state": "not-estimable", "high_state": "not-estimable"},
        {"value": "400", "low": "200", "high": "900"},
        {"contrast_kind": "crossover", "drugs": "trabectedin+doxorubicin"},
        {"contrast_kind": "prognostic", "subgroup": "other=de novo angiosarcoma"},
    ]  # fmt: skip
    chosen = [kinds[place % len(kinds)] for place in range(rows)]
    return [
        Row(f"r{place}", f"Study {place}", **{**RATIO, **one}) for place, one in enumerate(chosen)
    ]


@pytest.mark.parametrize("width", [85, 180])
@pytest.mark.parametrize("rows", [5, 70])
@pytest.mark.parametrize("made", [_mixed, _ratios])
def test_nothing_overlaps(made, rows, width):
    """No two words of a figure touch, and all of them are on the page, few rows or many."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    caveats = (Caveat("lines-differ", (), "first line (a, b); later line (c, d) " * 4),)
    plot = plotted(_view(*made(rows), caveats=caveats))
    figure = drawn(plot, width)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    (axes,) = figure.axes
    ticks = [one for tick in axes.xaxis.get_major_ticks() for one in (tick.label1, tick.label2)]
    texts = [one for one in (*figure.texts, *ticks) if one.get_visible() and one.get_text()]
    boxes = [(one.get_text(), one.get_window_extent(canvas.get_renderer())) for one in texts]
    page = figure.bbox
    for words, box in boxes:
        inside = page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1
        assert inside, words
    for (one, first), (other, second) in combinations(boxes, 2):
        wide = min(first.x1, second.x1) - max(first.x0, second.x0)
        high = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert not (wide > 1 and high > 1), (one, other)


@pytest.mark.parametrize(("rows", "scales"), [(25, 1), (26, 2), (70, 2)])
def test_two_scales(rows, scales):
    """A long figure has its scale above as well as beneath, and is higher by its rows."""
    figure = drawn(plotted(_view(*_rates(*[{"value": "20"}] * rows))), 180)
    figure.canvas.draw()
    (axes,) = figure.axes
    shown = [tick.label2.get_visible() for tick in axes.xaxis.get_major_ticks()]
    assert {scales == 2} == set(shown)
    assert (scales == 2) is axes.spines["top"].get_visible()
    assert figure.get_size_inches()[1] > 0.15 * rows


def test_arms_of_a_table(tmp_path):
    """A table names both sides itself."""
    path = tmp_path / "own.csv"
    path.write_text(
        "study,arm,versus,endpoint,measure,value,low,high,level\n"
        "S,new,old,os,hazard-ratio,0.80,0.60,1.07,95\n",
        encoding="utf-8",
    )
    base = base_of(trial())
    view = plotted(
        kb.compare(kb.table(path, vocabulary=base.vocabulary), "os", measure="hazard-ratio")
    )
    assert ("S", "new", "old", "0.80 (0.60–1.07)") == view.lines[0].cells
    assert ("← favours new", "favours old →") == view.sides


def test_arms_of_a_trial():
    """Regimens of records stand on the two sides; a placebo is no active drug."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    body = report(sets, [], contrasts=[contrast()])
    base = base_of(
        randomised("alpha", arm("anlotinib"), arm("placebo"), reports={"smith-2020": body})
    )
    view = plotted(kb.compare(base, "pfs", measure="hazard-ratio"))
    assert ("← favours anlotinib", "favours no active drug →") == view.sides


def test_columns_without_drugs():
    """Two arms of a trial are told apart by their drugs where no column does it."""
    pair = (arm("doxorubicin", "ifosfamide"), arm("doxorubicin"))
    view = kb.compare(base_of(randomised("alpha", *pair)), "orr")
    assert ["Smith 2020", "Smith 2020"] == [line.cells[0] for line in plotted(view).lines]
    labels = [line.cells[0] for line in plotted(view, columns=("label", "count")).lines]
    assert ["Smith 2020, doxorubicin + ifosfamide", "Smith 2020, doxorubicin"] == labels


def test_caveats_before_what_was_set_aside():
    """What makes rows hard to compare stands before the rows that are not there."""
    sets = {"one": analysis_set(n=None)}
    silent = report(sets, [estimate(measure="proportion", value="20")])
    late = {"allocation": "single-arm", "timing": "retrospective"}
    base = base_of(
        trial("alpha"), trial("beta", design=late), trial("gamma", reports={"smith-2020": silent})
    )
    notes = plotted(kb.pool(kb.compare(base, "orr"), accept=["timing-mixed"])).notes
    (caveat,) = (place for place, one in enumerate(notes) if one.startswith("designs-differ"))
    (aside,) = (place for place, one in enumerate(notes) if one.startswith("Set aside"))
    assert caveat < aside
