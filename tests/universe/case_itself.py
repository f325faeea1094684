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


SCENARIOS = {
    "cases.open_case": lambda world: lambda: _open_case(world),
    "cases.edit_case": lambda world: (
        lambda: world.call(world.cast.worker, "cases.edit_case", changes={"need": "Nytt"}, version=1)
    ),
}


def made(given):
    return {"case": given.case}
