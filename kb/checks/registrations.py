"""What takes several trials to see: shared registrations, overlaps and links between trials."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.checks.fault import Fault
from kb.sentences import suggestion
from kb.vocabulary.vocabulary import folded, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from kb.model import Trial


def shared_registration(
    trials: Mapping[str, Trial], _unread: Collection[str]
) -> Iterator[tuple[str, Fault]]:
    """Two trials have one registration only if each says `shares_registration_with` the other."""
    holders: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for trial_id, trial in trials.items():
        for index, registration in enumerate(trial.registrations):
            holders[folded(registration)].append((trial_id, index))
    for shared in holders.values():
        for trial_id, index in shared:
            for other, _ in shared:
                if other != trial_id and other not in trials[trial_id].shares_registration_with:
                    number = trials[trial_id].registrations[index]
                    message = (
                        f"{number} is also the registration of {other!r}; are they one trial? "
                        f"If not, both say so under `shares_registration_with`"
                    )
                    yield trial_id, Fault(("registrations", index), "shared-registration", message)


def unknown_trial(
    trials: Mapping[str, Trial], unread: Collection[str]
) -> Iterator[tuple[str, Fault]]:
    """`shares_registration_with` names trials of this base."""
    for trial_id, trial in trials.items():
        for index, other in enumerate(trial.shares_registration_with):
            if other not in trials and other not in unread:
                tail = suggestion(nearest(other, list(trials)))
                message = f"there is no trial {other!r}{tail}"
                path = ("shares_registration_with", index)
                yield trial_id, Fault(path, "unknown-trial", message)


def unknown_overlap(
    trials: Mapping[str, Trial], unread: Collection[str]
) -> Iterator[tuple[str, Fault]]:
    """The sets of an overlap exist: `report/set`, or `trial/report/set` in another record."""
    for trial_id, trial in trials.items():
        for index, overlap in enumerate(trial.overlaps):
            for number, name in enumerate(overlap.sets):
                parts = name.split("/")
                if len(parts) == 3 and parts[0] in unread:
                    continue
                owner = trials.get(parts[0]) if len(parts) == 3 else trial
                report_id, set_id = (parts[-2], parts[-1]) if len(parts) > 1 else ("", name)
                report = owner.reports.get(report_id) if owner else None
                if report is None or set_id not in report.analysis_sets:
                    message = f"there is no set {name!r}; write report/set or trial/report/set"
                    path = ("overlaps", index, "sets", number)
                    yield trial_id, Fault(path, "unknown-overlap", message)
