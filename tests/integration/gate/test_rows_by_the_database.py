"""The database's own word: with every filter of the application left out, it gives nobody else's rows.

The copies here are as strict as a real installation: nobody sees a row that no scope is open for.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection, transaction

from tests.cast import NOW, acting, make_case

HOUR = timedelta(hours=1)


@pytest.fixture
def strict(own_database):
    from avhopp.database.testing import be_strict

    be_strict(owner_url=own_database.owner)
    return own_database


def hanging() -> list[type]:
    """Every model with a column that leads to a case or a person, or whose rows are sealed under one; from the code."""
    from cases.models import Case, Person

    found = []
    for model in apps.get_models(include_auto_created=True):
        live = getattr(model, "instance_type", model)
        leads = any(
            field.is_relation and field.related_model in {Case, Person}
            for field in model._meta.concrete_fields
        )
        if leads or live in {Case, Person} or getattr(live, "sealed_scope", "") in {"case_id", "person_id"}:
            found.append(model)
    return found


def column_of(model) -> str:
    """The column that names the case or the person that a row hangs on."""
    live = getattr(model, "instance_type", model)
    if live.__name__ == "CaseGrant":
        return "content_object_id"
    scope = getattr(live, "sealed_scope", "case_id")
    return scope if scope in {"case_id", "person_id"} else "id"


def rows_seen(model, *, user=None, at=NOW) -> set:
    """The ids of every row of a table that the database gives, without any filter of the application."""
    if user is None:
        return set(model._base_manager.values_list("pk", flat=True))
    with acting(user, at=at):
        return set(model._base_manager.values_list("pk", flat=True))


def test_every_table_that_hangs_on_a_case_or_person_is_guarded(own_database):
    with psycopg.connect(own_database.owner) as owner:
        found = owner.execute(
            "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid"
            " WHERE relrowsecurity AND polname = 'avhopp_sees'"
        ).fetchall()
    guarded = {name for (name,) in found}
    assert {model._meta.db_table for model in hanging()} <= guarded
    assert len(hanging()) > 30


def test_nobody_told_of_sees_no_row_of_any_table(strict, case):
    with psycopg.connect(strict.app) as connection:
        for model in hanging():
            count = connection.execute(f"SELECT count(*) FROM {model._meta.db_table}").fetchone()
            assert count == (0,), model
    with psycopg.connect(strict.worker) as connection:
        assert connection.execute("SELECT count(*) FROM cases_case").fetchone() == (1,)


def test_application_cannot_switch_the_rules_off(strict, case):
    with psycopg.connect(strict.app, autocommit=True) as connection:
        for statement in (
            "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
            "DROP POLICY avhopp_sees ON cases_case",
            "SET ROLE avhopp_sees",
            "ALTER ROLE CURRENT_USER BYPASSRLS",
            "CREATE POLICY mine ON cases_case USING (true)",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
        # Asking to be told when a rule hides something is an error, never a way past it.
        connection.execute("SET row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT count(*) FROM cases_case")


def test_stranger_sees_nothing_and_whoever_lost_her_access_nothing_from_the_next_statement(
    strict, cast, case, opened
):
    from cases.actions import grants
    from cases.models import CaseGrant

    count = "SELECT count(*) FROM cases_case"
    with psycopg.connect(strict.app, autocommit=True) as connection:
        told = "SELECT set_config('avhopp.person', %s, false)"
        connection.execute(told, [str(cast.stranger.pk)])
        assert connection.execute(count).fetchone() == (0,)
        connection.execute(told, [str(cast.worker.pk)])
        assert connection.execute(count).fetchone() == (1,)
        with transaction.atomic(), opened(cast.supervisor) as (found, actor):
            hers = CaseGrant.objects.get(user=cast.worker)
            grants.end(opened=found, grant=hers, by=actor, now=NOW + HOUR)
        assert connection.execute(count).fetchone() == (0,)


def test_closed_account_sees_nothing(strict, cast, case):
    from avhopp.accounts.models import User
    from cases.models import Case

    assert rows_seen(Case, user=cast.worker) == {case}
    User.objects.filter(pk=cast.worker.pk).update(is_active=False)
    assert rows_seen(Case, user=cast.worker) == set()


def test_stranger_changes_no_case_and_gives_herself_none(strict, cast, case):
    from cases.models import Case, CaseGrant

    with psycopg.connect(strict.owner) as owner:
        [(permission,)] = owner.execute(
            "SELECT DISTINCT permission_id FROM cases_casegrant LIMIT 1"
        ).fetchall()
    with acting(cast.stranger):
        assert Case.objects.filter(pk=case).update(next_deadline=None) == 0
        with pytest.raises(ProgrammingError, match="row-level security"):
            # Not by guardian's `save`, which would fetch the case first.
            CaseGrant.objects.bulk_create(
                [
                    CaseGrant(
                        user=cast.stranger,
                        permission_id=permission,
                        content_object_id=case,
                        starts_at=NOW,
                        basis="deputy",
                        granted_by=cast.stranger,
                    )
                ]
            )


def test_what_the_scope_has_made_ends_with_it(strict, cast):
    from cases.models import Case, Person

    made = make_case(worker=cast.worker, by=cast.colleague)
    assert rows_seen(Case, user=cast.worker) == {made}
    assert rows_seen(Case, user=cast.colleague) == rows_seen(Person, user=cast.colleague) == set()


def test_scope_within_a_scope_gives_the_outer_one_back(strict, cast, case, foreign_case):
    from cases.models import Case

    with acting(cast.worker):
        with acting(cast.stranger):
            assert set(Case.objects.values_list("pk", flat=True)) == {foreign_case}
        assert set(Case.objects.values_list("pk", flat=True)) == {case}
    assert not Case.objects.exists()


def as_worker(urls):
    """Let Django be the worker's process."""
    from avhopp.database.testing import pointing_at

    return pointing_at(urls=replace(urls, app=urls.worker))


def test_worker_sees_every_row_and_removes_none(strict, case):
    from cases.models import Case

    with as_worker(strict):
        assert Case.objects.get().pk == case
        for statement in (
            "DELETE FROM cases_case",
            "UPDATE accounts_user SET role = 'supervisor'",
            "UPDATE cases_delegation SET withdrawn_on = NULL",
            "DELETE FROM cases_casegrant",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
                cursor.execute(statement)


def test_web_and_worker_start_with_their_own_role_alone(strict, monkeypatch):
    from config import checks

    checks.refuse_to_start()
    with pytest.raises(ImproperlyConfigured, match="inte ser alla rader"):
        checks.refuse_to_start(is_worker=True)
    with as_worker(strict):
        checks.refuse_to_start(is_worker=True)
        with pytest.raises(ImproperlyConfigured, match="Webben har arbetarens"):
            checks.refuse_to_start()


def test_log_is_not_judged_by_a_role_that_sees_some_rows_alone(strict, case):
    from audit.verify import NotEveryRow, Trust, verify

    with pytest.raises(NotEveryRow):
        verify(trust=Trust(log=None), now=NOW)


@pytest.mark.slow
def test_whole_municipality_is_built_and_each_sees_exactly_what_the_gate_gives(strict, monkeypatch):
    """Everything the program can do is done by the web's role, and no table has a row too many for anybody."""
    from django.utils import timezone

    from avhopp.accounts.models import User
    from avhopp.demo import municipality
    from cases.access import visible_cases
    from cases.models import CaseGrant
    from tests.cast import actor_for

    now = timezone.now()
    municipality.build(now=now)
    filled, filled_by_cases = set(), [model for model in hanging() if model.__name__ != "Enquiry"]
    for user in User.objects.all():
        with acting(user, at=now):
            hers = set(visible_cases(actor=actor_for(user), at=now).values_list("pk", "person_id"))
            for model in filled_by_cases:
                # Her own grants are there for her also when they have ended; they say nothing of the case.
                others = model._base_manager.exclude(user=user) if model is CaseGrant else model._base_manager
                seen = set(others.values_list(column_of(model), flat=True)) - {None}
                known = {case for case, _ in hers} | {person for _, person in hers}
                assert seen <= known, (user, model)
                filled |= {model} if seen else set()
    with psycopg.connect(strict.owner) as owner:
        for model in filled_by_cases:
            (count,) = owner.execute(f"SELECT count(*) FROM {model._meta.db_table}").fetchone()
            assert bool(count) is (model in filled), model
    with as_worker(strict):
        do_everything_by_the_clock(monkeypatch)


def do_everything_by_the_clock(monkeypatch) -> None:
    """Run every task that beat sends, and those that they send, here and now."""
    from config.celery import app

    monkeypatch.setitem(app.conf, "task_always_eager", True)
    monkeypatch.setitem(app.conf, "task_eager_propagates", True)
    app.loader.import_default_modules()
    for entry in app.conf.beat_schedule.values():
        app.tasks[entry["task"]].apply(throw=True)
