"""Compare the two readings of every report, and write docs/explanation/extraction-agreement.md.

First readings are the records; second readings lie beside this file, one per trial, in the record
format, made by readers who had not seen the first. Numbers are paired by arm, subgroup, endpoint,
measure and time. Differences that a third look at the source has settled stand in `settled.yaml`.
Run it to rewrite the page; `--open` lists what is not settled.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import kb
from kb.model import Contrast, Report
from kb.model.address import short
from kb.store import yaml_text

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "explanation" / "extraction-agreement.md"
FIELDS = ("value", "events", "n", "low", "high", "level", "p", "measure", "set", "time", "presence")
SETTLED = HERE / "settled.yaml"
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one number in which the readings differ."""

    trial: str
    report: str
    number: str
    field: str
    first: str
    second: str

    @property
    def key(self) -> Key:
        return self.trial, self.report, self.number, self.field, self.first, self.second


@dataclass
class Score:
    """What was compared: per field how often, the differences, and the reports of both readings."""

    compared: Counter[str]
    differences: list[Difference]
    reports: set[tuple[str, str]]
    failures: list[str]


def second_readings() -> dict[str, dict[str, Report]]:
    """The reports of every second reading, by trial."""
    found = {}
    for path in sorted(HERE.glob("*.yaml")):
        if path == SETTLED:
            continue
        data, problems = yaml_text.read(path.read_text(encoding="utf-8"), path.name)
        assert not problems, problems
        found[path.stem] = {
            report_id: Report.model_validate(body) for report_id, body in data["reports"].items()
        }
    return found


def numbers(report: Report) -> dict[str, list[dict[str, str]]]:
    """The numbers of a report by arm and endpoint, each as its printed parts."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for figure in report.figures:
        contrast = isinstance(figure, Contrast)
        name = figure.experimental if isinstance(figure, Contrast) else figure.set
        own = report.analysis_sets.get(name)
        about = "+".join(sorted(own.all_arms)) if own else "?"
        subgroup = own.subgroup.items() if own and own.subgroup else []
        interval = figure.interval
        events = getattr(figure, "events", None)
        found[f"{about}/{figure.endpoint}"].append(
            {
                "measure": figure.measure,
                "set": "; ".join(
                    f"{key}={' '.join(sorted(values))}" if key == "histology" else key
                    for key, values in subgroup
                ),
                "time": short(figure.at or figure.by),
                "value": str(figure.value if figure.value is not None else ""),
                "events": "" if events is None else str(events),
                "n": str(own.n) if own and own.n is not None and not contrast else "",
                "low": str(interval.low or "") if interval else "",
                "high": str(interval.high or "") if interval else "",
                "level": str(interval.level).replace("not-stated", "") if interval else "",
                "p": figure.p.printed if figure.p else "",
            }
        )
    return found


def harms(report: Report) -> list[tuple[frozenset[str], dict[str, str]]]:
    """The harms of a report that have a number: the words of event and grade, and the number.

    Readers name events freely, so harms are paired by number and words, not by name alone.
    """
    found = []
    for harm in report.harms:
        parts = {
            "value": str(harm.value or ""),
            "events": str(harm.events if harm.events is not None else ""),
        }
        if any(parts.values()):
            words = f"{harm.event}-{harm.grade or harm.severity or ''}".split("-")
            found.append((frozenset(words), parts))
    return found


def _harm_pairs(left: list, right: list):
    """Pair harms that share a number or, failing that, most of their words."""
    left, right = list(left), list(right)

    def likeness(one, other):
        same = one[1] == other[1]
        shared = len(one[0] & other[0]) / max(len(one[0] | other[0]), 1)
        return same + shared

    while left and right:
        one, other = max(
            ((one, other) for one in left for other in right), key=lambda pair: likeness(*pair)
        )
        if likeness(one, other) < 0.6:
            break
        left.remove(one)
        right.remove(other)
        yield " ".join(sorted(one[0] - {""})), one[1], other[1]
    for one in left:
        yield " ".join(sorted(one[0] - {""})), one[1], None
    for other in right:
        yield " ".join(sorted(other[0] - {""})), None, other[1]


def _pairs(left: list[dict[str, str]], right: list[dict[str, str]]):
    """Pair the numbers of one arm and endpoint, the most alike first; what is left stands alone."""
    left, right = list(left), list(right)

    def likeness(one, other):
        same = [
            key for key in ("value", "events", "p", "low") if one[key] and one[key] == other[key]
        ]
        rest = [key for key in ("measure", "set", "time", "n", "high") if one[key] == other[key]]
        return 4 * len(same) + len(rest)

    while left and right:
        one, other = max(
            ((one, other) for one in left for other in right), key=lambda pair: likeness(*pair)
        )
        if likeness(one, other) < 4:
            break
        left.remove(one)
        right.remove(other)
        yield one, other
    for one in left:
        yield one, None
    for other in right:
        yield None, other


def compare() -> Score:
    """Hold every second reading against the record."""
    base = kb.load(HERE.parents[1] / "records", strict=False)
    score = Score(Counter(), [], set(), [])
    for trial_id, reports in second_readings().items():
        for report_id, second in reports.items():
            if trial_id not in base or report_id not in base[trial_id].reports:
                score.failures.append(f"{trial_id}/{report_id}: no such report in the records")
                continue
            score.reports.add((trial_id, report_id))
            first = base[trial_id].reports[report_id]
            here, there = numbers(first), numbers(second)
            for name in sorted(set(here) | set(there)):
                for one, other in _pairs(here.get(name, []), there.get(name, [])):
                    shown = one or other or {}
                    detail = " ".join(
                        part for part in (shown["measure"], shown["set"], shown["time"]) if part
                    )
                    _score(score, (trial_id, report_id, f"{name}: {detail}"), one, other)
            for name, one, other in _harm_pairs(harms(first), harms(second)):
                _score(score, (trial_id, report_id, f"harm: {name}"), one, other)
            for field in ("data_cut", "follow_up"):
                _score(
                    score,
                    (trial_id, report_id, field),
                    *(_plain(x, field) for x in (first, second)),
                )
    return score


def _plain(report: Report, field: str) -> dict[str, str] | None:
    if field == "data_cut":
        return {"value": report.data_cut.date} if report.data_cut else None
    lengths = sorted(
        str(one.months or one.weeks or one.days or one.years or "") for one in report.follow_up
    )
    return {"value": ", ".join(lengths)} if lengths else None


def _score(score: Score, where, one, other) -> None:
    if one is None and other is None:
        return
    trial, report, number = where
    score.compared["presence"] += 1
    if one is None or other is None:
        shown = [
            ", ".join(value for value in side.values() if value) if side else ""
            for side in (one, other)
        ]
        score.differences.append(Difference(trial, report, number, "presence", *shown))
        return
    for field in one:
        first, second = one[field], other.get(field, "")
        if first or second:
            score.compared[field] += 1
            if first != second:
                score.differences.append(Difference(trial, report, number, field, first, second))


def settled() -> list[dict[str, str]]:
    """What a third look at the source decided, one entry per difference."""
    if not SETTLED.exists():
        return []
    data, problems = yaml_text.read(SETTLED.read_text(encoding="utf-8"), SETTLED.name)
    assert not problems, problems
    entries: list[dict[str, str]] = data["settled"]
    assert all(one["kept"] in ("first", "second", "neither") and one["why"] for one in entries)
    return entries


def key_of(entry: dict[str, str]) -> Key:
    """The difference that an entry of `settled.yaml` is about, with what each reader had."""
    return tuple(entry[name] for name in ("trial", "report", "number", "field", "first", "second"))


def open_differences(score: Score) -> list[Difference]:
    """Differences that nobody has settled."""
    known = {key_of(one) for one in settled()}
    return [one for one in score.differences if one.key not in known]


def page(score: Score) -> str:
    """The page as it should stand."""
    base = kb.load(HERE.parents[1] / "records", strict=False)
    known = settled()
    pending = open_differences(score)
    settled_field = Counter(one["field"] for one in known)
    open_field = Counter(one.field for one in pending)
    every = [(trial.id, report_id) for trial in base.values() for report_id in trial.reports]
    total, differing = sum(score.compared.values()), len(known) + len(pending)
    kept = Counter(one["kept"] for one in known)
    lines = [
        "# How far two readers agree",
        "",
        "<!-- Written by tests/extraction/agreement.py; do not edit. -->",
        "",
        "Every report of the corpus is to be read twice: once for its record, and once by a reader who has not seen the record.",
        "This page is generated from both readings.",
        "*Presence* counts numbers that one reader took down and the other did not; the other fields compare numbers that both took down.",
        "A difference is settled by a third look at the source; the reason stands below.",
        "Where the second reader was right, the record was changed.",
        "Independence has limits: second readers were given citation, arms and sometimes the words under which a page is found, a few of which held a figure of the first reading; what agrees is the reading of a stored text, which may end before the source does.",
        "",
        f"Reports with two readings: {len(score.reports)} of {len(every)}.",
        f"Values compared: {total}; agreed at first sight: {total - differing} ({100 * (total - differing) / max(total, 1):.1f} %); "
        f"settled: {len(known)} (first reader kept {kept['first']}, second reader kept {kept['second']}, neither {kept['neither']}); "
        f"open: {len(pending)}.",
        "",
        "| field | compared | agreed | settled | open |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for field in FIELDS:
        compared, closed, left = score.compared[field], settled_field[field], open_field[field]
        lines.append(f"| {field} | {compared} | {compared - closed - left} | {closed} | {left} |")
    head = [
        "| report | number | field | first | second | outcome |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += ["", "## Settled differences", ""]
    rows = [
        (
            f"{one['trial']}/{one['report']}",
            one["number"],
            one["field"],
            one["first"],
            one["second"],
            f"{one['kept']}: {one['why']}",
        )
        for one in known
    ]
    lines += [*head, *map(_row, rows)] if rows else ["None."]
    lines += ["", "## Open differences", ""]
    rows = [
        (f"{one.trial}/{one.report}", one.number, one.field, one.first, one.second, "")
        for one in pending
    ]
    lines += [*head, *map(_row, rows)] if rows else ["None."]
    lines += ["", "## Read once so far", ""]
    once = sorted(f"{trial_id}/{report_id}" for trial_id, report_id in set(every) - score.reports)
    lines.append(", ".join(once) + "." if once else "None.")
    return "\n".join(lines) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Write the page, or list what is open."""
    score = compare()
    if "--open" in sys.argv:
        for one in open_differences(score):
            print(
                one.trial,
                one.report,
                one.number,
                one.field,
                repr(one.first),
                repr(one.second),
                sep=" | ",
            )
        return
    PAGE.write_text(page(score), encoding="utf-8")


if __name__ == "__main__":
    main()
