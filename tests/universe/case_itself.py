"""Opening and editing a case."""

from __future__ import annotations

from cases.workflow import Track
from tests.cast import person_data


def _open_case(world):
    from cases.models.enquiry import Source

    return world.unit_call(
        world.cast.worker,
        "cases.open_case",
        track=Track.EXIT,
        person=person_data(),
        source=Source.SELF,
        need="x",
        enquiry=None,
        responsible=world.cast.worker,
    )


def _edit(action, **changes):
    return lambda world: lambda: world.call(world.cast.worker, action, changes=changes, version=1)


SCENARIOS = {
    "cases.open_case": lambda world: lambda: _open_case(world),
    "cases.edit_case": _edit("cases.edit_case", need="Nytt"),
    "cases.edit_person": _edit("cases.edit_person", phone="ny"),
}


def made(given):
    return {"case": given.case}
