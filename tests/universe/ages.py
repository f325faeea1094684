"""Tasks for the client's ages, by the clock."""

from __future__ import annotations

from tests.cast import NOW


def _follow(world):
    from audit.events import job
    from avhopp.sealed.scope import CryptoScope
    from cases.actions import ages
    from cases.models import Case

    found = Case.objects.select_related("person").get(pk=world.case_id)
    actor = job("follow_birth_dates")

    def act():
        with CryptoScope(actor=actor, purpose="ages", at=NOW):
            ages.follow(case=found, by=actor, now=NOW)

    return act


SCENARIOS = {"ages.follow": _follow}
