"""The catalogue of provisions and deadlines."""

from __future__ import annotations

from datetime import date

from cases.catalogue.legal_bases import Use

WORDS = {
    "place": "99 kap. 1 § SoL",
    "title": "Prov",
    "note": "",
    "needs_committee": False,
    "is_uncertain": False,
}


def provision(code: str = "sol_11_1"):
    from cases.models import LegalBasis

    rows = LegalBasis.objects.filter(code=code).order_by("-valid_from")
    return next(row for row in rows if not row.was_taken_back)


def keep(world, action, /, **arguments):
    return world.unit_call(world.cast.administrator, f"catalogue.{action}", **arguments)


def add(world, **changes):
    values = {**WORDS, "use": Use.DECISION, "valid_from": date(2026, 1, 1), **changes}
    return keep(world, "add", values=values)


def reword(world, day: date = date(2027, 1, 1), **changes):
    return keep(world, "reword", row=provision(), values={**WORDS, "valid_from": day, **changes})


def _end(world):
    row = provision()
    return lambda: keep(world, "end", row=row, on=date(2026, 12, 31))


def _take_back(world):
    row = reword(world)
    return lambda: keep(world, "take_back", row=row)


def _resume(world):
    row = _end(world)()
    return lambda: keep(world, "resume", row=row)


SCENARIOS = {
    "catalogue.add": lambda world: lambda: add(world),
    "catalogue.reword": lambda world: lambda: reword(world),
    "catalogue.end": _end,
    "catalogue.take_back": _take_back,
    "catalogue.resume": _resume,
}


def made(given):
    from cases.models import DeadlineRule

    return {
        "provision": provision().pk,
        "deadline": DeadlineRule.objects.filter(code="preliminary").latest("valid_from").pk,
    }
