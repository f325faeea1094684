"""A decoy looks like any case to whoever may be tempted, and is never counted, reminded of or raised."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from audit.models import Leaf
from cases import tasks
from cases.models import Task
from followup import facts
from tests.cast import NOW, make_case
from tests.followup_made import gathered
from tests.integration.audit_decoys.conftest import EARLIER
from tests.signed_in import signed_in

pytestmark = pytest.mark.django_db


def kind_of(statement: str) -> str:
    """What a statement does to which table; savepoints have a new name each."""
    return "SAVEPOINT" if "SAVEPOINT" in statement else statement.split(" WHERE ")[0][:60]


def happened() -> list[dict]:
    from followup import vault
    from followup.happenings import nothing_yet
    from followup.models import Fact

    with vault.opened(at=NOW, purpose="facts"):
        everything = [dict(fact.happened) for fact in Fact.objects.all()]
    return [each for each in everything if each != nothing_yet()]


def test_decoy_is_no_fact_and_one_that_was_counted_before_is_no_more(keepers):
    gathered(now=NOW)
    assert len(happened()) == 1
    made = keepers.ask()
    gathered(now=NOW)
    assert len(happened()) == 1
    keepers.approve(made)
    gathered(now=NOW)
    assert happened() == []
    make_case(worker=keepers.cast.worker)
    gathered(now=NOW)
    assert len(happened()) == 1


def test_ended_decoy_is_not_counted_either(keepers, decoy):
    keepers.end(decoy, at=NOW)
    assert len(facts.uncounted(at=NOW)) == 1
    gathered(now=NOW)
    assert happened() == []


@pytest.mark.parametrize("is_decoy", [False, True])
def test_deadline_of_a_decoy_is_neither_raised_nor_reminded_of(keepers, is_decoy, monkeypatch, time_machine):
    for part in (tasks.escalate_overdue_clock, tasks.remind_of_escalation, tasks.remind_of_deadline):
        monkeypatch.setattr(part, "delay", part.run)
    late = (
        make_case(worker=keepers.cast.worker, at=EARLIER, track="prevention")
        if not is_decoy
        else keepers.case
    )
    if is_decoy:
        Task.objects.filter(case=keepers.case).update(rule="protection_assessment", due_on=EARLIER.date())
        keepers.approve(keepers.ask())
    time_machine.move_to(NOW + timedelta(days=3), tick=False)
    tasks.escalate_overdue_clocks()
    tasks.remind_of_deadlines()
    raised = Task.objects.filter(case=late).exclude(escalated_at=None).count()
    assert (raised == 0, mail.outbox == []) == (is_decoy, is_decoy)


def test_list_shows_a_decoy_and_another_case_with_the_same_fields(keepers, decoy):
    from tests.integration.audit_decoys.conftest import give

    other = make_case(worker=keepers.cast.worker, at=EARLIER, given_name="Annan", family_name="Provsson")
    give(keepers.cast.colleague, other, by=keepers.cast.supervisor)
    page = signed_in(keepers.cast.colleague).get(reverse("cases:list")).content.decode()
    assert "Påhittad" in page
    assert "Annan" in page
    assert "lock" not in page.lower().replace("clock", "").replace("block", "")


def test_opening_a_decoy_leaves_the_same_leaf_and_statements_as_another_case(keepers, decoy):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.integration.audit_decoys.conftest import give

    other = make_case(worker=keepers.cast.worker, at=EARLIER, given_name="Annan")
    give(keepers.cast.colleague, other, by=keepers.cast.supervisor)
    client, seen = signed_in(keepers.cast.colleague), []
    for case in (other, other, keepers.case):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(reverse("cases:case", args=[case])).status_code == 200
        seen.append([kind_of(query["sql"]) for query in captured.captured_queries])
    assert seen[1] == seen[2]
    leaves = list(
        Leaf.objects.filter(event="case.viewed", actor=keepers.cast.colleague.pk).order_by("at", "id")
    )
    assert {(leaf.basis, leaf.role, len(bytes(leaf.body))) for leaf in leaves[-2:]} == {
        (leaves[-1].basis, leaves[-1].role, len(bytes(leaves[-1].body)))
    }
