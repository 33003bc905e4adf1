"""A pooled number as an R script with its data, to be run again in metafor or netmeta."""

from __future__ import annotations

import csv
import io
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from kb.errors import UnknownFormatError
from kb.printed.measure import DIFFERENCE, FRACTION, LOG, LOG_RATIO, MEASURES
from kb.stats.pooling.heterogeneity import ESTIMATORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.synthesis.network import NetworkComparison
    from kb.synthesis.pool import PooledComparison

METAFOR: Final = {"logit": "PLO", "freeman-tukey": "PFT", "arcsine": "PAS"}
BACK: Final = {
    "glmm": "metafor::transf.ilogit",
    "logit": "metafor::transf.ilogit",
    "freeman-tukey": "metafor::transf.ipft.hm",
    "arcsine": "metafor::transf.iarcsin",
}
COLUMNS: Final = (
    "address",
    "trial",
    "report",
    "drugs",
    "line",
    "histologies",
    "subgroup",
    "analysis_set",
)


def write(view: Any) -> str:
    """The script of a pooled comparison or of a network; UnknownFormatError for other views."""
    kind = type(view).__name__
    if kind == "PooledComparison":
        return _pooled(view)
    if kind == "NetworkComparison":
        return _network(view)
    raise UnknownFormatError(f"an R script is of something pooled, not of a {kind}")


def _head(view: Any, packages: str) -> list[str]:
    accepted = [f"#   {reason}: {sentence}" for reason, sentence in view.accepted.items()]
    aside = [f"#   {one.row.address}: {one.why}" for one in view.rows_set_aside]
    return [
        f"# {view.endpoint}; needs {packages}",
        *(["# Pooled in spite of:", *accepted] if accepted else []),
        *(["# Set aside:", *aside] if aside else []),
        "",
    ]


def _data(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A data frame, written as text that R reads back; quotes in it are doubled by the writer."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(columns)
    writer.writerows(rows)
    body = text.getvalue().replace("\\", "\\\\").replace("'", "\\'")
    return [f"{name} <- read.csv(text = '", body.rstrip("\n"), "')", ""]


def _described(row: Any) -> list[object]:
    return [getattr(row, column) for column in COLUMNS]


def _pooled(view: PooledComparison) -> str:
    options = dict(view.options)
    level = view.level
    random = options.get("model", "random") == "random"
    test = "knha" if options.get("adjust") == "hksj" else "z"
    lines = _head(view, "metafor")
    if view.scale == FRACTION:
        data = [[*_described(row), row.events, row.n] for row in view.rows]
        lines += _data("dat", [*COLUMNS, "events", "n"], data)
        method = options.get("method", "glmm")
        if method == "glmm":
            model = "ML" if random else "EE"
            lines += [
                'res <- metafor::rma.glmm(measure = "PLO", xi = events, ni = n, data = dat,',
                f'                        method = "{model}", level = {level:g})',
                "print(res)",
                "print(predict(res, transf = metafor::transf.ilogit))",
            ]
        else:
            lines += _inverse_variance(
                f'measure = "{METAFOR[method]}", xi = events, ni = n{_added(options)}',
                random,
                options,
                test,
                level,
            )
            targets = ", targ = list(ni = dat$n)" if method == "freeman-tukey" else ""
            lines.append(f"print(predict(res, transf = {BACK[method]}{targets}))")
        if len(view.rows) > 2 and random:
            lines += _prediction(options, level, BACK[method])
    elif view.scale in (LOG_RATIO, DIFFERENCE):
        from kb.synthesis.effect_sizes import contrasted

        data = [
            [*_described(one.row), one.value, one.se, one.source]
            for one in contrasted(view.rows)[0]
        ]
        lines += _data("dat", [*COLUMNS, "yi", "sei", "error_from"], data)
        lines += _inverse_variance("yi = yi, sei = sei", random, options, test, level)
        ratio = view.scale == LOG_RATIO
        lines.append(f"print(predict(res{', transf = exp' if ratio else ''}))")
        if len(data) > 2 and random:
            lines += _prediction(options, level, "exp" if ratio else "identity")
    else:
        data = [
            [*_described(row), row.n, row.value_months, row.low_months, row.high_months]
            for row in view.rows
        ]
        lines += _data("dat", [*COLUMNS, "n", "median", "low", "high"], data)
        lines += [
            f"# Pooled here: {view.method}",
            "print(metamedian::metamedian(data.frame(n.g1 = dat$n, med.g1 = dat$median)))",
        ]
    numbers = f"{view.value:.10g} ({view.low:.10g} to {view.high:.10g})"
    predicted = f"{view.prediction_low:.10g} to {view.prediction_high:.10g}"
    lines += ["", f"# Computed here: {numbers}, {view.level:g}%, on {view.scale}; {view.method}"]
    if isfinite(view.prediction_low):
        lines.append(f"# Prediction: {predicted}")
    return "\n".join(lines) + "\n"


def _added(options: dict[str, Any]) -> str:
    """To which arms metafor adds ½ on the logit scale."""
    return {"all": ', to = "all"', "none": ', to = "none"'}.get(options.get("continuity", ""), "")


def _inverse_variance(
    what: str, random: bool, options: dict[str, Any], test: str, level: float
) -> list[str]:
    method = ESTIMATORS[options.get("tau2") or "reml"].metafor if random else "EE"
    return [
        f"res <- metafor::rma({what}, data = dat,",
        f'                    method = "{method}", test = "{test}", level = {level:g})',
        "print(res)",
    ]


def _prediction(options: dict[str, Any], level: float, back: str) -> list[str]:
    """The prediction interval as it is here, by t; metafor's own has another degree of freedom."""
    lost = 2 if options.get("prediction") == "k-2" else 1
    targets = ", targ = list(ni = dat$n)" if back.endswith("ipft.hm") else ""
    return [
        f"half <- qt({(1 + level / 100) / 2:g}, res$k - {lost}) * sqrt(res$tau2 + res$se^2)",
        f"pi <- sapply(res$b[1] + c(-1, 1) * half, {back}{targets})",
        f'cat("prediction by t with k - {lost} df:", format(pi, digits = 10), "\\n")',
    ]


def _network(view: NetworkComparison) -> str:
    lines = _head(view, "netmeta")
    data = [
        [*_described(one.row), *pair, one.value, one.se]
        for one, pair in zip(view.contrasts, view.pairs, strict=True)
    ]
    lines += _data("dat", [*COLUMNS, "studlab", "treat1", "treat2", "TE", "seTE"], data)
    ratios = MEASURES[view.measure].scale == LOG
    kind = MEASURES[view.measure].short if ratios else "MD"
    random = str(view.model == "random").upper()
    common = str(view.model != "random").upper()
    if len(view.components) > 1:
        lines.append("# The network has unconnected parts: netmeta wants each by itself.")
    for number, part in enumerate(view.components, start=1):
        names = ", ".join(f'"{name}"' for name in part.treatments)
        lines += [
            f"part{number} <- subset(dat, treat1 %in% c({names}))",
            f"net{number} <- netmeta::netmeta(TE, seTE, treat1, treat2, studlab, sm = '{kind}',",
            f"                         data = part{number}, random = {random}, common = {common},",
            f"                         level = {view.level / 100:g})",
            f"print(net{number})",
        ]
    return "\n".join(lines) + "\n"
