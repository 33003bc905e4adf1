"""Two numbers that share one address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.checks.fault import DataPath, Fault, each_figure
from kb.model.address import Address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.model import Trial
    from kb.vocabulary import Vocabulary


def duplicate_address(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """Every number has an address of its own; where two would share one, each gets an `id`."""
    first: dict[str, DataPath] = {}
    for path, report_id, _, figure in each_figure(trial):
        address = str(Address.of(trial.id, report_id, figure))
        if address in first:
            message = f"{address} is the address of two numbers; give each an `id`"
            yield Fault(path, "duplicate-address", message, first[address])
        else:
            first[address] = path
