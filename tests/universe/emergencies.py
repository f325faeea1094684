"""Emergency access, its end, its review, and the word that is sent of it."""

from __future__ import annotations

from uuid import uuid4

from tests.cast import NOW, acting

WHY = {"reason": "life", "text": "Hotad i natt."}


def number_of(case) -> str:
    """The number, which stands on a paper that somebody has been given."""
    from avhopp.sealed import scope as scopes
    from cases.models import Case

    with scopes.asking_as("search_log"):
        return Case.objects.get(pk=case).number


def take(user, case, *, at=NOW):
    from cases.actions import emergencies

    number = number_of(case)
    with acting(user, at=at) as actor:
        return emergencies.take(number=number, **WHY, by=actor, now=at)


def row(case):
    from avhopp.sealed import scope as scopes
    from cases.models import EmergencyAccess

    with scopes.asking_as("find_for_emergency"):
        return EmergencyAccess.objects.filter(case=case).latest("created_at")


def _leave(world):
    take(world.cast.co_worker, world.case_id)
    return lambda: world.call(world.cast.co_worker, "emergencies.leave")


def _review(world):
    take(world.cast.co_worker, world.case_id)
    found = row(world.case_id)
    return lambda: world.call(
        world.cast.supervisor, "emergencies.review", emergency=found, verdict="justified", comment=""
    )


def _tell_of(world):
    from audit.events import job
    from cases.actions import emergencies

    take(world.cast.co_worker, world.case_id)
    found = row(world.case_id)
    return lambda: emergencies.tell_of(
        emergency=found, people=[world.cast.supervisor], by=job("tell_of_emergencies"), now=NOW
    )


SCENARIOS = {
    "emergencies.take": lambda world: lambda: take(world.cast.co_worker, world.case_id),
    "emergencies.leave": _leave,
    "emergencies.review": _review,
    "emergencies.tell_of": _tell_of,
}


def made(given):
    from avhopp.accounts.models import User

    unit = given.worker.unit
    night = User.objects.create_user(
        email=f"natt-{uuid4()}@example.invalid", name="Natt", title="", role="case_worker", unit=unit
    )
    take(night, given.case)
    return {"emergency": row(given.case).pk}
