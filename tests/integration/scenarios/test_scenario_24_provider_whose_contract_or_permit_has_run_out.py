"""Scenario 24: a provider's contract or permit has run out. A placement there is stopped; an open intervention goes on
with a written reason, which stands in the plan."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.actions import drafts
from tests.cast import NOW
from tests.universe import World, providers
from tests.universe.plans import CONTENT, INTERVENTION, sign

YESTERDAY = NOW.date() - timedelta(days=1)


def chosen(provider, **said):
    each = {**INTERVENTION, "provider": str(provider.pk), "provider_name": provider.name, **said}
    return {"goals": [{**CONTENT["goals"][0], "interventions": [each]}]}


def test_scenario_24_provider_whose_contract_or_permit_has_run_out(cast, case, opened):
    world = World(cast, case, opened)
    for run_out in ({"contract_to": YESTERDAY}, {"permit_until": YESTERDAY}):
        housing = providers.register(world, **run_out)
        for said in ({}, {"reason": "Finns ingen annan plats."}):
            with pytest.raises(drafts.NotReadyToSign):
                sign(world, **chosen(housing, **said))
        treatment = providers.register(world, kind="treatment", **run_out)
        with pytest.raises(drafts.NotReadyToSign):
            sign(world, **chosen(treatment))
        kept = sign(world, **chosen(treatment, reason="Behandlingen är snart klar."))
        assert kept.is_signed
        with opened(cast.worker):
            assert kept.goals[0]["interventions"][0]["reason"] == "Behandlingen är snart klar."
    housing = providers.register(world)
    assert sign(world, **chosen(housing)).is_signed
