"""R scripts: the data as R reads them back, and the call that gives the same number in metafor."""

import csv
import io
import re
from math import log

import pytest

import kb
from builders import VOCABULARY, base_of, trial
from kb.errors import UnknownFormatError
from kb.exporters.r import write

WORDS = base_of(trial(), vocabulary=VOCABULARY).vocabulary
RATES = "study,arm,endpoint,events,n\nS,A,orr,4,20\nT,A,orr,9,30\nU,A,orr,16,40\n"
RATIOS = (
    "study,arm,versus,endpoint,measure,value,low,high,level\n"
    "Alpha,A,B,os,hazard-ratio,0.80,0.60,1.07,95\n"
    "Beta,B,C,os,hazard-ratio,0.90,0.70,1.16,90\n"
    "Gamma,A,B,os,hazard-ratio,0.70,0.50,0.98,95\n"
)
MEDIANS = (
    "study,arm,endpoint,measure,value,low,high,level,unit,n\n"
    "Alpha,A,pfs,median,6.2,4.1,8.9,95,months,40\n"
    "Beta,A,pfs,median,23.7,15,30.2,95,weeks,35\n"
)
DIFFERENCES = RATIOS.replace("hazard-ratio", "risk-difference").replace("os,", "orr,")


def _compared(folder, text, endpoint="orr", **options):
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return kb.compare(kb.table(path, vocabulary=WORDS), endpoint, **options)


def _rates(folder, text=RATES, **options):
    return write(kb.pool(_compared(folder, text), **options))


def _data(script):
    """The data frame that a script calls `dat`, as R would read it."""
    assert "\ndat <- read.csv(text = '\n" in script
    body = re.search(r"read\.csv\(text = '\n(.*?)\n'\)", script, re.DOTALL)[1]
    plain = body.replace("\\'", "'").replace("\\\\", "\\")
    return list(csv.DictReader(io.StringIO(plain)))


@pytest.mark.parametrize(
    ("options", "calls"),
    [
        ({}, ['rma.glmm(measure = "PLO", xi = events, ni = n', 'method = "ML", level = 95)']),
        ({"model": "common"}, ['rma.glmm(measure = "PLO"', 'method = "EE", level = 95)']),
        (
            {"method": "logit"},
            ['rma(measure = "PLO", xi = events, ni = n, data', 'method = "REML", test = "z"',
             "transf = metafor::transf.ilogit))"],
        ),
        (
            {"method": "logit", "tau2": "dl", "adjust": "hksj", "level": 80},
            ['method = "DL", test = "knha", level = 80)', "qt(0.9, res$k - 1)"],
        ),
        ({"method": "logit", "tau2": "pm", "continuity": "all"}, ['to = "all"', 'method = "PM"']),
        ({"method": "logit", "tau2": "ml", "continuity": "none"}, ['to = "none"', '"ML"']),
        ({"method": "logit", "model": "common"}, ['method = "EE"']),
        (
            {"method": "freeman-tukey"},
            ['measure = "PFT"', "transf.ipft.hm, targ = list(ni = dat$n)))",
             "sapply(res$b[1] + c(-1, 1) * half, metafor::transf.ipft.hm, targ = list(ni = dat$n))"],
        ),
        (
            {"method": "arcsine", "prediction": "k-2"},
            ['measure = "PAS"', "transf.iarcsin", "qt(0.975, res$k - 2)",
             "prediction by t with k - 2 df"],
        ),
    ],
)  # fmt: skip
def test_proportions(options, calls, tmp_path):
    """Each method, estimator, adjustment and level is that of the pooled number."""
    script = _rates(tmp_path, **options)
    for call in calls:
        assert call in script
    rows = _data(script)
    assert [("S", "4", "20"), ("T", "9", "30"), ("U", "16", "40")] == [
        (one["trial"], one["events"], one["n"]) for one in rows
    ]
    assert "# orr; needs metafor" == script.splitlines()[0]
    view = kb.pool(_compared(tmp_path, RATES), **options)
    assert f"# Computed here: {view.value:.10g} ({view.low:.10g} to {view.high:.10g})" in script


@pytest.mark.parametrize(
    ("rows", "options", "predicted"),
    [(3, {}, True), (2, {}, False), (3, {"model": "common"}, False)],
)
def test_prediction(rows, options, predicted, tmp_path):
    """A prediction interval needs three trials and random effects."""
    text = "\n".join([*RATES.splitlines()[: rows + 1], ""])
    script = _rates(tmp_path, text, method="logit", **options)
    assert predicted is ("half <- qt(" in script)
    assert predicted is ("# Prediction: " in script)


def test_ratios(tmp_path):
    """Ratios are log ratios with their errors, from where it is said, and are shown as ratios."""
    view = kb.pool(
        _compared(tmp_path, RATIOS, "os", measure="hazard-ratio"), accept=["treatments-differ"]
    )
    script = write(view)
    rows = _data(script)
    assert [pytest.approx(log(one)) for one in (0.8, 0.9, 0.7)] == [
        float(one["yi"]) for one in rows
    ]
    assert ["95% interval", "90% interval", "95% interval"] == [one["error_from"] for one in rows]
    assert "metafor::rma(yi = yi, sei = sei, data = dat," in script
    assert "print(predict(res, transf = exp))" in script
    assert "c(-1, 1) * half, exp)" in script
    assert "# Pooled in spite of:\n#   treatments-differ: " in script


def test_differences(tmp_path):
    """A difference is not on a log scale, and is shown as it is."""
    found = _compared(tmp_path, DIFFERENCES, measure="risk-difference")
    script = write(kb.pool(found, accept=["treatments-differ"]))
    assert "print(predict(res))" in script
    assert "c(-1, 1) * half, identity)" in script
    assert ["0.8", "0.9", "0.7"] == [one["yi"] for one in _data(script)]


def test_medians(tmp_path):
    """Medians are in months, and the method used here is named beside that of the package."""
    found = _compared(tmp_path, MEDIANS, "pfs", measure="median")
    script = write(kb.pool(found))
    assert [6.2, pytest.approx(23.7 * 7 / 30.4375)] == [
        float(one["median"]) for one in _data(script)
    ]
    assert "# Pooled here: weighted median" in script
    assert "data.frame(n.g1 = dat$n, med.g1 = dat$median)" in script
    assert "metamedian::metamedian(" in script


@pytest.mark.parametrize(
    ("model", "said"),
    [("random", "random = TRUE, common = FALSE"), ("common", "random = FALSE, common = TRUE")],
)
def test_network(model, said, tmp_path):
    """A network is its contrasts, and each unconnected part is called by itself."""
    text = RATIOS + "Omega,X,Y,os,hazard-ratio,1.50,1.00,2.25,95\n"
    view = kb.network(
        _compared(tmp_path, text, "os", measure="hazard-ratio"), model=model, level=80
    )
    script = write(view)
    assert [("Alpha", "A", "B"), ("Beta", "B", "C"), ("Gamma", "A", "B"), ("Omega", "X", "Y")] == [
        (one["studlab"], one["treat1"], one["treat2"]) for one in _data(script)
    ]
    assert 'part1 <- subset(dat, treat1 %in% c("A", "B", "C"))' in script
    assert 'part2 <- subset(dat, treat1 %in% c("X", "Y"))' in script
    assert "# The network has unconnected parts" in script
    assert said in script
    assert "level = 0.8)" in script
    assert "sm = 'HR'" in script
    lone = kb.network(_compared(tmp_path, RATIOS, "os", measure="hazard-ratio"))
    assert "unconnected" not in write(lone)


def test_quotes_and_backslashes(tmp_path):
    """Whatever a study is called is read back as it was."""
    text = RATES.replace("S,A", '"O\'Neil \\ ""x""",A')
    assert 'O\'Neil \\ "x"' == _data(_rates(tmp_path, text))[0]["trial"]


def test_what_was_set_aside(tmp_path):
    """Rows that were not pooled stand at the head with why."""
    script = _rates(tmp_path, RATES + "V,A,orr,,50\nW,A,orr,3,\n".replace("V,A,orr,,50\n", ""))
    assert "# Set aside:\n#   4: n is not printed\n" in script


def test_other_views(tmp_path):
    """A comparison is nothing pooled."""
    with pytest.raises(UnknownFormatError, match="is of something pooled, not of a Comparison"):
        write(_compared(tmp_path, RATES))
