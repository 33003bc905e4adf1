"""The sets that hold evidence, also of endpoints whose number follows from printed parts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.query.sets import evidence_of
from kb.rows.cached import rows_by_trial
from kb.rows.sums import computed_sum, lower_bound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.query.select import Selection
    from kb.query.sets import SetEvidence
    from kb.rows.row import Row


def evidence_with_sums(chosen: Selection) -> Iterator[tuple[SetEvidence, list[Row]]]:
    """The sets of `evidence_of`, each with the rows of what its parts give exactly.

    A lower bound is no evidence of its endpoint.
    """
    known = rows_by_trial(chosen.base)
    found: dict[str, list[Row]] = defaultdict(list)
    for trial_id in chosen.trial_ids:
        for row in known[trial_id]:
            if computed_sum(row) and not lower_bound(row):
                found[row.set_address].append(row)
    for one in evidence_of(chosen):
        yield one, found.get(f"{one.trial.id}/{one.report_id}/{one.set_id}", [])
