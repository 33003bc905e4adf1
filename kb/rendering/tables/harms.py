"""Harms as a table: by arm and set; by event where some were asked for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kb.errors import UnknownTermError
from kb.printed.adverse_event import FATAL_OUTCOME, ORDER, OVERALL, meaning
from kb.query.filters import worded
from kb.rendering.table import Column, Note, Section, Table
from kb.rendering.words.harms import attribution_text, event_text, frequency_text, grade_text
from kb.rows.cached import harms_by_trial
from kb.rows.labels import restriction
from kb.sentences import count, named, plain
from kb.vocabulary.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.comparison.harms import Harms
    from kb.rows.harm import HarmRow
    from kb.store.knowledge_base import KnowledgeBase

COMPUTED: Final = "† not printed: computed here from the count and n"
NO_BAND: Final = (0, 0)
HEADINGS: Final = {
    "any": "any event",
    "severe": "any event of grade 3 or more",
    "death": "deaths",
    "discontinuation-for-toxicity": "discontinuation for toxicity",
    "serious": "serious or severe events",
}
"""How the blocks of a table are headed; a named event goes by its name."""


def table_of(harms: Harms) -> Table:
    """One line per event and grade; where events were asked for, one per set below each event.

    Events that a report names without a number stand in a note, one line for each set.
    """
    numbered = [row for row in harms.rows if row.numbered]
    by_event = bool(harms.events)
    sections = _by_event(harms, numbered) if by_event else _by_set(harms, numbered)
    columns = (
        Column("Arm" if by_event else "Event"),
        Column("Grade"),
        Column("Patients"),
        Column("Attribution"),
    )
    return Table(_title(harms), columns, tuple(sections), tuple(_notes(harms)))


def _title(harms: Harms) -> str:
    asked = [f"event {' or '.join(harms.events)}"] if harms.events else []
    asked += [f"grade {' or '.join(harms.grades)}"] if harms.grades else []
    filters = worded({name: one for name, one in harms.criteria.items() if name != "trial"})
    trials = count(len({row.trial for row in harms.rows}), "trial")
    sets = count(len({(row.trial, row.report, row.set) for row in harms.rows}), "analysis set")
    return " · ".join(["Harms", *asked, *filters, f"{trials}, {sets}"])


def _by_set(harms: Harms, rows: Iterable[HarmRow]) -> list[Section]:
    found: dict[tuple[str, ...], list[HarmRow]] = defaultdict(list)
    for row in rows:
        found[row.trial, row.arm, row.report, row.set].append(row)
    sections = []
    for own in sorted(found.values(), key=lambda own: _place_of(harms, own[0])):
        most = _most_of(own)
        lines = sorted(own, key=lambda row: _order(row, most))
        sections.append(
            Section(
                _heading(harms, own[0]),
                tuple(
                    (event_text(row), grade_text(row), frequency_text(row), attribution_text(row))
                    for row in lines
                ),
            )
        )
    return sections


def _by_event(harms: Harms, rows: Iterable[HarmRow]) -> list[Section]:
    """Words for one event stand together; a printed word that is not the heading is said."""
    deaths = FATAL_OUTCOME in map(meaning, harms.events)
    found: dict[str, list[HarmRow]] = defaultdict(list)
    for row in rows:
        block = FATAL_OUTCOME if deaths and row.fatal else row.block
        found[block if block in HEADINGS else row.meant].append(row)
    sections = []
    for what, own in found.items():
        names = [plain(row.event) for row in own]
        heading = HEADINGS.get(what) or max(dict.fromkeys(names), key=names.count)
        lines = tuple(
            (
                f"{_arm(harms, row)}{_told(row, heading)}\n  {row.report}, {plain(row.read)}",
                grade_text(row),
                frequency_text(row),
                attribution_text(row),
            )
            for row in own
        )
        sections.append(Section(heading, lines))
    return sections


def _told(row: HarmRow, heading: str) -> str:
    """The printed words, on a line of their own, where they say more than the heading."""
    text = event_text(row)
    same = row.meant == OVERALL and not row.severity and row.outcome in ("", FATAL_OUTCOME)
    return "" if text == heading or same else f"\n  {text}"


def _most_of(rows: list[HarmRow]) -> dict[str, float]:
    """The largest percent of each event, so that the commonest stands first."""
    most: dict[str, float] = defaultdict(float)
    for row in rows:
        if row.value:
            most[row.meant] = max(most[row.meant], float(row.value))
    return most


def _order(row: HarmRow, most: dict[str, float]) -> tuple[int, float, str, tuple[int, int], str]:
    named_event = row.block == ORDER[-1]
    return (
        ORDER.index(row.block),
        -most.get(row.meant, 0) if named_event else 0,
        row.event,
        row.band or NO_BAND,
        row.relation,
    )


def _place_of(harms: Harms, row: HarmRow) -> tuple[int, list[int], bool]:
    """The order of sections: that of the trials, then of the arms, wholes before subgroups."""
    trials = list(dict.fromkeys(one.trial for one in harms.rows))
    arms = list(harms.base.facets(row.trial))
    return (
        trials.index(row.trial),
        [arms.index(arm) if arm in arms else len(arms) for arm in row.arms],
        bool(row.subgroup),
    )


def _arm(harms: Harms, row: HarmRow) -> str:
    """`SAINT: phase-2`; the arm only where the trial has several."""
    name = row.acronym or row.trial
    arms = harms.base.facets(row.trial)
    which = " and ".join(row.arms) if len(arms) > 1 and row.set else ""
    parts = [which, *_subgroup(harms, row)]
    told = ", ".join(part for part in parts if part)
    return f"{name}: {told}" if told else name


def _subgroup(harms: Harms, row: HarmRow) -> list[str]:
    vocabulary = harms.base.vocabulary
    return [restriction(key, value, vocabulary) for key, value in row.restrictions]


def _heading(harms: Harms, row: HarmRow) -> str:
    title = f"{row.acronym} ({row.trial})" if row.acronym else row.trial
    if not row.set:
        arms = f" (arms {', '.join(row.arms)})" if len(row.arms) > 1 else ""
        patients = f"no set named{arms}"
    else:
        size = f", n = {row.n}" if row.n is not None else ", n not stated"
        population = "set not stated" if row.analysis_set == "not-stated" else row.analysis_set
        restricted = "".join(f", {one}" for one in _subgroup(harms, row))
        patients = f"{plain(population)}{restricted}{size}"
    name = row.arm_name if row.set or len(row.arms) == 1 else ""
    source = f"{row.report} ({plain(row.read)})"
    return " · ".join(part for part in (title, name, patients, source) if part)


def _notes(harms: Harms) -> list[Note]:
    notes = []
    marks = list(_marks(harms))
    if marks:
        notes.append(Note("Marks", tuple(marks)))
    lines = tuple(_unnumbered(harms))
    if lines:
        notes.append(Note("Named without a number", lines))
    if harms.caveats:
        said = tuple(f"{one.rule}: {one.message}" for one in harms.caveats)
        notes.append(Note("Caveats", said))
    if harms.set_aside:
        lines = tuple(_set_aside(harms))
        notes.append(Note("Set aside (all reports are shown with --reports all)", lines))
    return notes


def _marks(harms: Harms) -> list[str]:
    found = []
    if any(row.value_source == "computed" for row in harms.rows):
        found.append(COMPUTED)
    if any(row.relation in ("", "not-stated") for row in harms.rows):
        found.append("– the source does not say (grade, attribution)")
    remarks: dict[str, list[str]] = defaultdict(list)
    for row in harms.rows:
        if row.note and row.numbered:
            remarks[f"{row.trial}/{row.report}"].append(f"{event_text(row)}: {row.note}")
    found += [f"{where}: {'; '.join(dict.fromkeys(said))}" for where, said in remarks.items()]
    return found


def _unnumbered(harms: Harms) -> list[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in harms.rows:
        if not row.numbered:
            told = [f"grade {grade_text(row)}" if row.grade else "", plain(row.rank or " ").strip()]
            rest = ", ".join(part for part in (*told, row.note) if part)
            found[f"{_arm(harms, row)} ({row.report})"].append(
                f"{event_text(row)} ({rest})" if rest else event_text(row)
            )
    return [f"{where}: {', '.join(events)}" for where, events in found.items()]


def _set_aside(harms: Harms) -> list[str]:
    by_reason: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in harms.set_aside:
        by_reason[row.trial, row.report, row.set_aside].append(event_text(row))
    return [
        f"{trial}/{report} ({named(events, 6)}): {reason}"
        for (trial, report, reason), events in by_reason.items()
    ]


def harm_table(base: KnowledgeBase, address: str) -> Table:
    """One adverse event: how often, of whom, from which report, and where it stands in the file."""
    trial_id = address.partition("/")[0]
    rows = harms_by_trial(base)[trial_id]
    row = next((one for one in rows if one.address == address), None)
    if row is None:
        raise UnknownTermError("address", address, nearest(address, [one.address for one in rows]))
    of_report = [one.address for one in rows if one.report == row.report]
    place = base.place(trial_id, ("reports", row.report, "harms", of_report.index(address)))
    lines = [
        ("event", event_text(row), row.locator),
        ("patients", frequency_text(row) or "named without a number", ""),
        *(
            (name.replace("_", " "), str(getattr(row, name)), "")
            for name in (
                "grade", "relation", "severity", "share", "counted", "rank", "drug", "note",
                "erratum", "set", "analysis_set", "subgroup", "arm_name", "drugs", "read",
                "relays", "data_cut",
            )
            if getattr(row, name)
        ),
    ]  # fmt: skip
    columns = tuple(Column(one) for one in ("", "What", "Where in the source"))
    notes = [Note("Record", (str(place),))]
    if row.value_source == "computed":
        notes.insert(0, Note("Marks", (COMPUTED,)))
    return Table(address, columns, (Section("", tuple(lines)),), tuple(notes))
