"""Booked meetings, and clients who are kept apart."""

from __future__ import annotations

from datetime import timedelta

from tests.cast import NOW, acting, make_case

START = NOW + timedelta(days=1)
BOOKED = {"starts_at": START, "ends_at": START + timedelta(hours=1), "place": "office", "note": ""}


def book(world, user=None, **changes):
    return world.call(user or world.cast.worker, "meetings.book", **{**BOOKED, **changes})


def apart(supervisor, case, other, *, at=NOW):
    from cases.access import get_case
    from cases.actions import meetings

    with acting(supervisor, at=at) as actor:
        first, second = (get_case(actor=actor, case=each, at=at) for each in (case, other))
        return meetings.keep_apart(opened=first, other=second, reason="Hotad av honom.", by=actor, now=at)


def _cancel(world):
    meeting = book(world)
    return lambda: world.call(world.cast.worker, "meetings.cancel", meeting=meeting)


def _keep_apart(world):
    other = make_case(worker=world.cast.worker, given_name="Andra")
    return lambda: apart(world.cast.supervisor, world.case_id, other)


def _let_meet(world):
    other = make_case(worker=world.cast.worker, given_name="Andra")
    pair = apart(world.cast.supervisor, world.case_id, other)
    return lambda: world.call(world.cast.supervisor, "meetings.let_meet", apart=pair)


SCENARIOS = {
    "meetings.book": lambda world: lambda: book(world),
    "meetings.cancel": _cancel,
    "meetings.keep_apart": _keep_apart,
    "meetings.let_meet": _let_meet,
}


def made(given):
    from cases.actions import meetings

    other = make_case(worker=given.worker, given_name="Andra")
    with given.opened() as verb:
        booked = meetings.book(**BOOKED, **verb)
    return {"meeting": booked.pk, "apart": apart(given.supervisor, given.case, other).pk}
