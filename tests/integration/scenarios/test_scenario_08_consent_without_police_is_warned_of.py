"""Scenario 8, the warning: a consent that leaves the police out says that the joint programme has no ground."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.actions import consents
from tests.cast import make_case
from tests.universe.consents import CONSENT

SENTENCE = "omfattar Polisen"


@pytest.fixture(autouse=True)
def _then(time_machine):
    time_machine.move_to("2026-03-02 10:00:00+01:00", tick=False)


def page(browse, cast, case) -> str:
    return browse(cast.worker).get(reverse("cases:case_cooperation", args=[case])).content.decode()


def give(opened, cast, case, receivers):
    from tests.cast import NOW

    with opened(cast.worker, which=case) as (found, actor):
        consents.give(opened=found, values={**CONSENT, "receivers": receivers}, by=actor, now=NOW)


def test_consent_without_the_police_is_warned_of_and_support_goes_on(browse, cast, opened, case):
    give(opened, cast, case, ["school", "health"])
    shown = page(browse, cast, case)
    assert SENTENCE in shown
    assert "Utredning och stöd från socialtjänsten påverkas inte" in shown
    give(opened, cast, case, ["police"])
    assert SENTENCE not in page(browse, cast, case)


def test_other_tracks_have_no_joint_programme_to_warn_of(browse, cast, opened):
    case = make_case(worker=cast.worker, track="secondary")
    assert SENTENCE not in page(browse, cast, case)
