"""Scenario 1: a worker is the client's sibling. Once it is written down she cannot read, be given access, be handed a
task or approve; what she has read before is put before the reviewer of the log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Leaf
from audit.review.rank import Read
from cases import reviewing
from cases.access import NotVisible, Refused, get_case
from cases.actions import grants, recusals, tasks
from cases.models import Basis, Case, CaseGrant, Recusal, Task
from cases.models.task import TaskKind
from cases.workflow import Stage
from tests.cast import NOW, acting, make_case
from tests.signed_in import signed_in
from tests.universe import World
from tests.universe.recusals import WHY, recuse

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


def sees(user, case, *, at=NOW) -> bool:
    try:
        with acting(user, at=at) as actor:
            get_case(actor=actor, case=case, at=at)
        return True
    except NotVisible:
        return False


def test_scenario_01_responsible_worker_recuses_herself_and_another_takes_over(world, cast, case):
    task = world.call(
        cast.worker,
        "tasks.add",
        kind=TaskKind.CALL,
        text="Ring.",
        due_on=NOW.date(),
        assigned_to=cast.worker.pk,
    )
    with pytest.raises(recusals.SuccessorNeeded):
        recuse(world, cast.worker)
    recuse(world, cast.worker, successor=cast.colleague)
    assert not sees(cast.worker, case)
    assert sees(cast.colleague, case)
    assert Case.objects.get(pk=case).responsible == cast.colleague
    assert Task.objects.get(pk=task.pk).assigned_to == cast.colleague
    assert Leaf.objects.filter(event="case.recused").count() == 1


def test_scenario_01_address_answers_like_a_missing_one(world, cast, case):
    browser = signed_in(cast.worker)
    before = browser.get(reverse("cases:case", args=[case]))
    assert before.status_code == 200
    recuse(world, cast.worker, successor=cast.colleague)
    forbidden = browser.get(reverse("cases:case", args=[case]))
    missing = browser.get(reverse("cases:case", args=["0" * 8 + "-0000-4000-8000-" + "0" * 12]))
    assert (forbidden.status_code, forbidden.content) == (404, missing.content)
    assert case not in {found.pk for found in browser.get(reverse("cases:list")).context.get("cases", ())}


def test_scenario_01_no_access_and_no_task_can_be_given_again(world, cast):
    recuse(world, cast.worker, successor=cast.colleague)
    with pytest.raises(grants.Recused):
        world.call(cast.supervisor, "grants.give", user=cast.worker, basis=Basis.CO_WORKER, expires_at=None)
    with pytest.raises(tasks.NoAccess):
        world.call(
            cast.supervisor,
            "tasks.add",
            kind=TaskKind.CALL,
            text="Ring.",
            due_on=NOW.date(),
            assigned_to=cast.worker.pk,
        )
    assert not CaseGrant.objects.filter(user=cast.worker, expires_at__gt=NOW).exists()


def test_scenario_01_only_supervisor_hands_what_waits_to_a_deputy(world, cast, case):
    from avhopp.accounts.models import User

    asked = world.call(
        cast.worker,
        "stages.request_stage",
        to_stage=Stage.CLOSED,
        reason="Tackade nej.",
        ticked={"client_told", "summary"},
        closure_reason="declined",
    )
    deputy = User.objects.create_user(
        email="deputy@example.invalid", name="Deputy", title="", role="supervisor", unit=cast.worker.unit
    )
    with pytest.raises(recusals.SuccessorNeeded):
        recuse(world, cast.supervisor)
    with pytest.raises(recusals.NotASuccessor):
        recuse(world, cast.supervisor, successor=cast.colleague)
    recuse(world, cast.supervisor, successor=deputy)
    with pytest.raises(NotVisible):
        world.call(cast.supervisor, "stages.approve", request=asked, seen=bytes(asked.digest), comment="")
    world.call(deputy, "stages.approve", request=asked, seen=bytes(asked.digest), comment="")
    assert Case.objects.get(pk=case).stage == Stage.CLOSED


def test_scenario_01_colleague_is_recused_by_whoever_leads_and_by_nobody_else(world, cast):
    with pytest.raises(Refused):
        recuse(world, cast.colleague, by=cast.worker)
    recuse(world, cast.colleague, by=cast.supervisor)
    with pytest.raises(recusals.AlreadyRecused):
        recuse(world, cast.colleague, by=cast.supervisor)
    with pytest.raises(recusals.NotASuccessor):
        recuse(world, cast.worker, successor=cast.colleague)


def test_scenario_01_successor_of_another_unit_is_refused(world, cast):
    with pytest.raises(recusals.NotASuccessor):
        recuse(world, cast.worker, successor=cast.stranger)
    assert not Recusal.objects.exists()


def test_scenario_01_what_was_read_before_is_a_sign_for_the_reviewer(world, cast, case):
    recuse(world, cast.worker, successor=cast.colleague)
    reads = [Read(cast.worker.pk, case, NOW, "assigned"), Read(cast.colleague.pk, case, NOW, "assigned")]
    found = reviewing.find(reads, LATER)
    assert found[reviewing.RECUSED] == {(cast.worker.pk, case)}


def test_scenario_01_is_told_on_the_page_and_leads_away(world, cast, case):
    browser = signed_in(cast.worker)
    address = reverse("cases:case_recuse", args=[case])
    form = browser.get(address).context["form"]
    assert [key for key, _ in form.fields["user"].choices if key] == [str(cast.worker.pk)]
    typed = {"key": form["key"].value(), "user": str(cast.worker.pk), **WHY}
    refused = browser.post(address, typed)
    assert refused.status_code == 422
    assert "tar över" in " ".join(refused.context["form"].errors["successor"])
    done = browser.post(address, {**typed, "successor": str(cast.colleague.pk)})
    assert done.url == reverse("cases:list")
    shown = signed_in(cast.supervisor).get(reverse("cases:case_access", args=[case])).content.decode()
    assert "Jävig" in shown
    assert "Syskon." in shown


def test_scenario_01_recusal_stands(world, cast):
    from django.db import connection, transaction

    recuse(world, cast.colleague, by=cast.supervisor)
    for statement in ("UPDATE cases_recusal SET version = 9", "DELETE FROM cases_recusal"):
        with pytest.raises(Exception, match=r"stands|permission denied"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)


def test_scenario_01_workers_request_made_before_is_still_decided_by_others(world, cast):
    asked = world.call(
        cast.worker,
        "stages.request_stage",
        to_stage=Stage.CLOSED,
        reason="Tackade nej.",
        ticked={"client_told", "summary"},
        closure_reason="declined",
    )
    recuse(world, cast.worker, successor=cast.colleague)
    with pytest.raises(NotVisible):
        world.call(cast.worker, "stages.withdraw", request=asked)


def test_scenario_01_name_like_the_clients_is_asked_about_before_anything_is_shown(cast):
    cast.worker.name = "Worker Provsson"
    cast.worker.save()
    case = make_case(worker=cast.worker, need="Hemligt behov.", given_name="Sällsynt")
    browser = signed_in(cast.worker)
    secrets = ("Hemligt behov.", "1990-06-07", "070-1740605", "Sällsynt")
    for name in ("case", "case_notes", "case_person_page", "case_access"):
        page = browser.get(reverse(f"cases:{name}", args=[case])).content.decode()
        assert "Kan du vara jävig?" in page
        assert not [secret for secret in secrets if secret in page]
    page = browser.get(reverse("cases:case_recuse", args=[case])).content.decode()
    assert "Vem tar över?" in page
    assert not [secret for secret in secrets if secret in page]
    page = browser.post(reverse("cases:case_impartiality", args=[case]), follow=True).content.decode()
    assert "Hemligt behov." in page
    assert Leaf.objects.filter(event="case.impartiality_stated", actor=cast.worker.pk).count() == 1
    # A colleague of another name is asked nothing.
    other = signed_in(cast.supervisor).get(reverse("cases:case", args=[case])).content.decode()
    assert "Kan du vara jävig?" not in other
