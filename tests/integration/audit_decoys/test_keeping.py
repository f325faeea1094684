"""Two of those who keep decoys make one together, of a case that nobody can be in; the database does not tell which."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from audit.decoys import access, keeping
from audit.models import Decoy, DecoyAlert, Leaf, LeafSubject
from audit.models_decoy import DecoyState
from audit.review.policies import NotAllowed
from avhopp.sealed.scope import Denied
from tests.cast import NOW, acting, person_data
from tests.universe import World, consents, decisions, disclosures, enquiries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["worker", "supervisor", "manager", "administrator"])
def test_nobody_else_asks_for_a_decoy_or_sees_one(keepers, decoy, role):
    user = getattr(keepers.cast, role)
    with pytest.raises(NotAllowed):
        keepers.ask(by=user)
    with acting(user) as actor, pytest.raises(NotAllowed):
        access.open_all(actor=actor, at=NOW)


def test_whoever_asks_does_not_approve_it_herself(keepers):
    waiting = keepers.ask()
    with pytest.raises(NotAllowed):
        keepers.approve(waiting, by=keepers.cast.auditor)
    keepers.approve(waiting, by=keepers.cast.officer)
    assert Decoy.objects.get(pk=waiting.pk).state == DecoyState.WATCHED


def test_database_refuses_one_who_approves_her_own(keepers):
    waiting = keepers.ask()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_decoy SET state = 'watched', decided_by_id = asked_by_id, decided_at = now() WHERE id = %s",
            [waiting.pk],
        )


def test_decided_and_ended_are_done_once(keepers, decoy):
    with pytest.raises(keeping.AlreadyDecided):
        keepers.approve(decoy)
    keepers.end(decoy, at=NOW)
    with pytest.raises(keeping.AlreadyDecided):
        keepers.end(decoy, at=NOW)


def test_case_is_not_made_a_decoy_twice(keepers, decoy):
    with pytest.raises(keeping.IsDecoy):
        keepers.ask(by=keepers.cast.officer)
    keepers.end(decoy, at=NOW)
    assert keepers.ask(by=keepers.cast.officer).state == DecoyState.WAITING


def test_number_that_no_case_has_is_refused_and_kept_nowhere(keepers):
    with pytest.raises(keeping.NoSuchCase):
        keepers.ask(number="26-ZZZZZ")
    assert not Decoy.objects.exists()


def _open_beside(world):
    from cases.actions.cases import open_case
    from cases.models.enquiry import Source
    from cases.workflow import Track

    with world.opened(world.cast.worker) as (found, actor):
        open_case(
            track=Track.SECONDARY,
            person=person_data(identity_kind="unknown", identity_number=""),
            source=Source.OTHER,
            need="Rädd.",
            enquiry=None,
            responsible=world.cast.worker,
            by=actor,
            now=NOW,
            beside=found,
        )


USES = {
    "consent": consents.give,
    "decision": decisions.draft,
    "disclosure": disclosures.ask,
    "beside": _open_beside,
}


@pytest.mark.parametrize("use", sorted(USES))
def test_case_that_somebody_may_be_in_is_refused_also_at_approval(keepers, use):
    waiting = keepers.ask()
    USES[use](World(keepers.cast, keepers.case, keepers.opener))
    with pytest.raises(keeping.InUse):
        keepers.approve(waiting)
    keepers.approve(waiting, is_approved=False)
    with pytest.raises(keeping.InUse):
        keepers.ask()


def test_case_that_came_of_an_enquiry_is_refused(keepers):
    from cases.actions.cases import open_case
    from cases.models import Case
    from cases.models.enquiry import Source
    from cases.workflow import Track

    world = World(keepers.cast, keepers.case, keepers.opener)
    with acting(keepers.cast.worker) as actor:
        case = open_case(
            track=Track.EXIT,
            person=person_data(identity_kind="unknown", identity_number=""),
            source=Source.SELF,
            need="Vill lämna.",
            enquiry=enquiries.register(world),
            responsible=keepers.cast.worker,
            by=actor,
            now=NOW,
        )
    with pytest.raises(keeping.InUse):
        keepers.ask(number=Case.objects.get(pk=case.pk).number)


def test_database_does_not_tell_which_case_it_is(keepers, decoy, look):
    """Neither the decoy's and alert's rows nor any leaf about them hold the case, its number or who knows of it."""
    with acting(keepers.cast.colleague, at=NOW + timedelta(minutes=5)) as actor:
        from cases.access import get_case

        get_case(actor=actor, case=keepers.case, at=NOW + timedelta(minutes=5))
    look(NOW + timedelta(minutes=6))
    assert DecoyAlert.objects.count() == 1
    told = Leaf.objects.filter(event__startswith="decoy.")
    assert {"decoy.asked", "decoy.approved", "decoy.opened", "decoy.told"} <= {leaf.event for leaf in told}
    secrets = [str(keepers.case), keepers.case.hex, keepers.number, str(keepers.cast.colleague.pk)]
    with connection.cursor() as cursor:
        for table in ("audit_decoy", "audit_decoyalert"):
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} AS t")
            rows = " ".join(text for (text,) in cursor.fetchall())
            assert not [secret for secret in secrets if secret in rows]
    for leaf in told:
        assert not [secret for secret in secrets if secret in bytes(leaf.body).decode()]
    scopes = LeafSubject.objects.filter(leaf__in=told.values("id")).values_list("scope", flat=True)
    assert set(scopes) == {decoy.pk}


def test_decoy_opens_for_nobody_by_the_way(keepers, decoy):
    with acting(keepers.cast.auditor), pytest.raises(Denied):
        _ = Decoy.objects.get(pk=decoy.pk).named


def test_each_act_leaves_one_leaf_with_the_rows_digest(keepers, decoy):
    keepers.end(decoy, at=NOW)
    for event in ("decoy.asked", "decoy.approved", "decoy.ended"):
        leaf = Leaf.objects.get(event=event)
        assert b'"digest":"' in bytes(leaf.body)
