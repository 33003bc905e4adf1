"""One trial, report, set or number, with where everything stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.errors import UnknownTermError
from kb.model.address import Address
from kb.model.harm_address import BLOCK
from kb.rendering.table import Column, Note, Section, Table
from kb.rendering.tables.harms import harm_table
from kb.rendering.words import numbers
from kb.rendering.words.phrases import locator, parts, phase_lines, phrase
from kb.rows.from_records import rows_of
from kb.rows.sums import computed_sum
from kb.vocabulary.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.base import Model
    from kb.model import Report, Trial
    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

Line = tuple[str, str, str]
SOURCES = {
    "reported": "printed",
    "reconstructed": "the only count that fits",
    "computed": "computed here",
}
HEADINGS = (
    Column("", yields=2, way="apart"),
    Column("What", yields=3, way="apart", least=30),
    Column("Where in the source", yields=1, way="under"),
)
TOLD_ELSEWHERE = (
    "id", "acronym", "title", "registrations", "design", "population", "arms", "overlaps",
    "reports", "acknowledged",
)  # fmt: skip


def shown(base: KnowledgeBase, what: str) -> Table:
    """What a trial, trial/report, trial/report/set or address names, or UnknownTermError."""
    pieces = what.split("/")
    trial = base.trial(pieces[0])
    if pieces[3:4] == [BLOCK]:
        return harm_table(base, "/".join([trial.id, *pieces[1:]]))
    if len(pieces) > 3:
        return number_table(base, "/".join([trial.id, *pieces[1:]]))
    rows = rows_of(trial, base.vocabulary)
    if len(pieces) == 1:
        return _table(base, trial, trial.reports, rows)
    report_id = pieces[1]
    if report_id not in trial.reports:
        known = [f"{trial.id}/{one}" for one in trial.reports]
        raise UnknownTermError("report", what, nearest(what, known) or known)
    if len(pieces) == 2:
        return _table(base, trial, [report_id], rows)
    sets = trial.reports[report_id].analysis_sets
    if pieces[2] not in sets:
        known = [f"{trial.id}/{report_id}/{one}" for one in sets]
        raise UnknownTermError("analysis set", what, nearest(what, known) or known)
    own = [
        row for row in rows if row.report == report_id and pieces[2] in (row.set, row.versus_set)
    ]
    section = Section(what, tuple(_number_lines(own)))
    return Table(what, _columns(), (section,), (_place_note(base, trial, report_id, pieces[2]),))


def table_of(trial: Trial) -> Table:
    """A trial without its base: everything but file places and drug names."""
    from kb.vocabulary import Vocabulary

    rows = rows_of(trial, Vocabulary({}))
    return Table(
        _title(trial),
        _columns(),
        tuple(_sections(trial, trial.reports, rows)),
    )


def _table(base: KnowledgeBase, trial: Trial, reports: Iterable[str], rows: list[Row]) -> Table:
    place = base.place(trial.id)
    return Table(
        _title(trial),
        _columns(),
        tuple(_sections(trial, list(reports), rows)),
        (Note("Record", (f"{place.path}:{place.line}",)),),
    )


def _columns() -> tuple[Column, ...]:
    return Table.plain("", HEADINGS, []).columns


def _title(trial: Trial) -> str:
    acronym = f"{trial.acronym} · " if trial.acronym else ""
    return f"{acronym}{trial.id} · {trial.title}"


def _sections(trial: Trial, reports: Iterable[str], rows: list[Row]) -> Iterator[Section]:
    about: list[Line] = [
        ("registrations", ", ".join(trial.registrations) or "none recorded", ""),
        *((key, text, "") for key, text in parts(trial, TOLD_ELSEWHERE)),
    ]
    yield Section("Trial", tuple(about))
    yield Section("Design", tuple(_lines(trial.design)))
    if trial.population:
        yield Section("Population", tuple(_lines(trial.population)))
    for arm_id, arm in trial.arms.items():
        lines = [(key, text, "") for key, text in parts(arm, ("name", "population", "regimen"))]
        if arm.population:
            lines += [
                (f"population: {key}", text, where) for key, text, where in _lines(arm.population)
            ]
        if arm.regimen.same_as:
            lines.append(("regimen", f"the same as arm {arm.regimen.same_as}", ""))
        own = parts(arm.regimen, ("phases", "same_as"))
        lines += [(f"regimen {key}", text, "") for key, text in own]
        if not arm.regimen.same_as:
            lines += [
                (key, text, "") for one in arm.regimen.phases for key, text in phase_lines(one)
            ]
        yield Section(f"Arm {arm_id}: {arm.name}", tuple(lines))
    if trial.overlaps:
        lines = [
            (", ".join(one.sets), f"patients: {one.patients}", one.note or "")
            for one in trial.overlaps
        ]
        yield Section("Overlaps", tuple(lines))
    for report_id in reports:
        yield from _report(
            report_id, trial.reports[report_id], [row for row in rows if row.report == report_id]
        )
    if trial.acknowledged:
        acknowledged = [(one.finding, one.note, one.at) for one in trial.acknowledged]
        yield Section("Acknowledged findings", tuple(acknowledged))


def _report(report_id: str, report: Report, rows: list[Row]) -> Iterator[Section]:
    lines: list[Line] = [("citation", phrase(report.citation), ""), ("read", report.read, "")]
    for name in ("relays", "extraction", "data_cut", "observed", "design", "assessment"):
        piece = getattr(report, name)
        if piece is not None:
            lines.append((name.replace("_", " "), phrase(piece), locator(piece)))
    lines += [("follow-up", phrase(one), locator(one)) for one in report.follow_up]
    for arm, notes in report.regimens.items():
        lines += [(f"regimen of {arm}", phrase(one), one.locator) for one in notes]
    for arm, described in report.populations.items():
        lines += [(f"population of {arm}", phrase(one), one.locator) for one in described]
    lines += [
        (
            f"erratum at {one.at}",
            f"printed {one.printed}"
            + (f", should read {one.should_read}" if one.should_read else "")
            + (f"; {one.why}" if one.why else "")
            + "".join(f"; on the authority of {phrase(each)}" for each in one.authority),
            one.locator or "",
        )
        for one in report.errata
    ]
    lines += [
        (f"set {name}", phrase(one), locator(one)) for name, one in report.analysis_sets.items()
    ]
    yield Section(f"Report {report_id}", tuple(lines))
    for block in ("baseline", "flow", "exposure", "dose_finding"):
        entries = getattr(report, block)
        if entries:
            title = f"Report {report_id}: {block.replace('_', ' ')}"
            yield Section(title, tuple(_entry(one) for one in entries))
    if rows:
        yield Section(f"Report {report_id}: results", tuple(_number_lines(rows)))
    if report.harms:
        yield Section(f"Report {report_id}: harms", tuple(_entry(one) for one in report.harms))
    rest: list[Line] = [("limitation", one.slug, one.locator or "") for one in report.limitations]
    rest += [
        (f"statement: {name}", phrase(one), one.locator) for name, one in report.statements.items()
    ]
    rest += [("reference", phrase(one), locator(one)) for one in report.references]
    if rest:
        yield Section(f"Report {report_id}: what else it says", tuple(rest))


def _entry(model: Model) -> Line:
    """A list entry: its first two fields in front, the rest as a phrase."""
    found = parts(model)
    head = [
        text
        for key, text in found
        if key in ("set", "arm", "arms", "characteristic", "event", "step", "drug", "measure")
    ]
    rest = [
        f"{key} {text}"
        for key, text in found
        if key not in ("set", "arm", "arms", "characteristic", "event", "step", "drug", "measure")
    ]
    return ": ".join(head), ", ".join(rest), locator(model)


def _lines(model: Model) -> list[Line]:
    where = locator(model)
    return [(key, text, where) for key, text in parts(model)]


def _number_lines(rows: Iterable[Row]) -> Iterator[Line]:
    for row in rows:
        short = row.address.split("/", 2)[2]
        count = numbers.count_text(row)
        text = numbers.estimate_text(row) + (f" [{count}]" if count else "")
        if row.primary:
            text += " (primary endpoint)"
        if computed_sum(row):
            text += f" (computed here: {row.formula})"
        yield short, text, row.locator


def _place_note(base: KnowledgeBase, trial: Trial, report_id: str, set_id: str) -> Note:
    place = base.place(trial.id, _set_path(report_id, set_id))
    return Note("Record", (str(place),))


def _set_path(report_id: str, set_id: str) -> tuple[str, ...]:
    return "reports", report_id, "analysis_sets", set_id


def number_table(base: KnowledgeBase, address: str) -> Table:
    """One number: its value, its set, its report, and the line of the file where it stands.

    Of a number that is computed from others, the line of its set.
    """
    try:
        parsed = Address.parse(address)
    except ValueError as error:
        rows = rows_of(base.trial(address.partition("/")[0]), base.vocabulary)
        known = [row.address for row in rows]
        begun = [one for one in known if one.startswith(f"{address}/")]
        raise UnknownTermError("address", address, begun or nearest(address, known)) from error
    trial = base.trial(parsed.trial)
    found = [one for one in rows_of(trial, base.vocabulary) if one.address == str(parsed)]
    computed = bool(found) and computed_sum(found[0])
    place = (
        base.place(trial.id, _set_path(parsed.report, parsed.set))
        if computed
        else base.find(parsed)[1]
    )
    (row,) = found
    report = trial.reports[parsed.report]
    chosen = report.analysis_sets[row.set]
    names = base.vocabulary
    lines: list[Line] = [
        ("value", numbers.estimate_text(row), row.locator),
        (
            "endpoint",
            f"{names.name('endpoint', row.endpoint)}: {names.endpoints[row.endpoint].definition}",
            "",
        ),
    ]
    count = numbers.count_text(row)
    if count:
        lines.append(
            ("events / n", f"{count} ({SOURCES.get(row.events_source, 'a lower bound')})", "")
        )
    if computed:
        lines.append(("computed from", row.formula, row.locator))
    if row.interval_source:
        printed = base.find(parsed)[0].interval
        own = printed is not None and (printed.unit or printed.level_from)
        how = f"printed in the source as {phrase(printed)}" if own else "printed in the source"
        lines.append(("interval", how, row.locator))
    shown_already = ("value", "interval", "endpoint", "set", "events", "experimental", "reference")
    if not computed:
        lines += [(key, text, "") for key, text in parts(base.find(parsed)[0], shown_already)]
    lines += [
        ("analysis set", f"{row.set}: {phrase(chosen)}", locator(chosen)),
        ("arm", " and ".join(trial.arms[one].name for one in row.arms), ""),
        ("drugs", row.drugs, ""),
        (
            "judged by",
            ", ".join(
                f"{key} {getattr(row, key) or 'not stated'}"
                for key in ("criteria", "assessor", "confirmed")
            ),
            "",
        ),
        ("report", phrase(report.citation), f"read as {row.read}"),
    ]
    if report.relays:
        lines.append(("relays", phrase(report.relays), ""))
    if row.data_cut:
        lines.append(("data cut", row.data_cut, ""))
    return Table(
        str(parsed), _columns(), (Section("", tuple(lines)),), (Note("Record", (str(place),)),)
    )
