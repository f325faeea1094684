"""Says in plain Swedish why a release is refused, for the data owner alone.

The text names which count would show too much, never its value. It must never reach recipients.
"""

from __future__ import annotations

from followup.disclosure.audit import Break
from followup.disclosure.protected import Protected
from followup.disclosure.series import Labels, Part, Series


def broken(*, series: Series, part: Part, found: Break, when: str) -> str:
    """Return why a protected count is not safe."""
    name = protected_name(series=series, part=part, protected=found.protected)
    who = "den som inte känner någon" if not found.insiders else f"den som känner {found.insiders} personer"
    left = f"för {who} återstår färre än {series.plan.k - found.insiders} möjliga värden"
    if found.known is None:
        return f"{name} kunde inte bevisas säkert {when}: det går inte att utesluta att det {left}."
    return f"{name} skulle kunna räknas ut för noga {when}: {left}."


def protected_name(*, series: Series, part: Part, protected: Protected) -> str:
    """Return the name of a protected count: a cell, a row without one of its cells, or an increase."""
    (slot, position), other = series.describe(part=part, protected=protected)
    first = f"{_cell(series, slot, position)} {series.slots[slot].period}"
    if other is None:
        return f"Antalet {first}"
    if other[0] == slot:
        return f"Antalet {first} utom {_cell(series, *other)}"
    return f"Ökningen av {first} sedan {series.slots[other[0]].period}"


def _cell(series: Series, slot: int, position: int) -> str:
    cells = series.slots[slot].cells
    if position >= len(cells):
        return "(uppgift känd från annat håll)"
    labels: Labels = cells[position].labels
    return ", ".join(f"{name}={value}" for name, value in labels) or "totalt"
