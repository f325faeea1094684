"""A file whose time has come is destroyed by two people and the keeper of the keys, whole or not at all."""

from __future__ import annotations

import io
import json
import secrets
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Leaf, LeafSubject
from audit.note import KeyKind, SigningKey
from audit.sequencer import Sequencer
from avhopp.database import erasing
from avhopp.database.testing import pointing_at
from avhopp.sealed import keyring
from avhopp.sealed.keeping.destroy import destroy
from avhopp.sealed.models import KeyState, ScopeKey
from cases import destruction
from cases.access import NotVisible, get_case
from cases.actions import follow_ups, holds
from cases.models import Case, Disposal, DisposalCertificate, Person, RetentionHold
from cases.models.follow_up import Point
from cases.queries.disposals import disposals_of
from cases.views.present import retention as present
from tests.cast import NOW, acting, make_case
from tests.destroyed import destroy_file, scopes_of
from tests.signed_in import signed_in
from tests.universe import World, rows_of
from tests.universe.disposals import LATER, call, propose
from tests.universe.follow_ups import HOW_IT_WENT, end_case
from tests.universe.given import Given
from tests.universe.holds import WHY

pytestmark = pytest.mark.slow
AFTER = LATER + timedelta(days=1)


@pytest.fixture
def keeper(own_database):
    @contextmanager
    def at_work(at=AFTER):
        with pointing_at(urls=replace(own_database, app=own_database.keeper)):
            yield {"clock": lambda: at, "tell": lambda done, total: None}

    return at_work


@pytest.fixture
def world(own_database, cast):
    return ended_world(cast)


def ended_world(cast, **more):
    case = make_case(worker=cast.worker, **more)
    world = World(cast, case, None)

    @contextmanager
    def opened(user, at=NOW):
        with transaction.atomic(), acting(user, at=at) as actor:
            yield get_case(actor=actor, case=case, at=at), actor

    world.opened = opened
    end_case(world)
    return world


def approve(world):
    with transaction.atomic():
        made = propose(world)
        return call(world, world.cast.supervisor, "disposals.approve", disposal=made)


def everything_that_names(scopes, url):
    """The tables with a value of one of the scopes in any column of theirs, keys apart."""
    found = set()
    with psycopg.connect(url) as owner:
        columns = owner.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type = 'uuid'"
        ).fetchall()
        for table, column in columns:
            query = f'SELECT 1 FROM "{table}" WHERE "{column}" = ANY(%s) LIMIT 1'
            if table != "sealed_scopekey" and owner.execute(query, [scopes]).fetchone():
                found.add(table)
    return found


def test_whole_file_goes_and_nothing_names_it_any_more(keeper, own_database, world, cast):
    other = make_case(worker=cast.worker)
    scopes = scopes_of(world.case_id)
    approve(world)
    with keeper() as given:
        assert destruction.ready() == 1
        assert destruction.destroy_approved(**given) == (1, 0)
    assert everything_that_names(scopes, own_database.owner) == set()
    states = set(ScopeKey.objects.filter(scope__in=scopes).values_list("state", "wrapped"))
    assert states == {(KeyState.DESTROYED, None)}
    with pytest.raises(keyring.KeyDestroyed):
        keyring.load(scopes)
    assert keyring.load([other])
    assert Case.objects.filter(pk=other).exists()
    with transaction.atomic(), acting(cast.worker) as actor, pytest.raises(NotVisible):
        get_case(actor=actor, case=world.case_id, at=LATER)


def test_address_of_a_destroyed_case_answers_like_one_that_never_was(keeper, world, cast):
    approve(world)
    with keeper() as given:
        destruction.destroy_approved(**given)
    browser = signed_in(cast.supervisor)
    gone = browser.get(reverse("cases:case", args=[world.case_id]))
    missing = browser.get(reverse("cases:case", args=[uuid4()]))
    assert gone.status_code == missing.status_code == 404
    assert gone.content == missing.content


def test_every_kind_of_row_goes(keeper, own_database, cast):
    """With a row of everything that a case can have, and each of the tables that hang on a case or a person."""
    case = make_case(worker=cast.worker)
    with transaction.atomic():
        rows_of(Given(case, cast.worker, cast.supervisor, cast.co_worker))
    assert len(everything_that_names(scopes_of(case), own_database.owner)) > 30
    scopes = destroy_file(own_database, case, by=cast.worker, approver=cast.supervisor)
    assert everything_that_names(scopes, own_database.owner) == set()


def test_every_table_that_hangs_on_a_case_or_a_person_is_emptied():
    emptied = {table for table, _ in erasing.columns(apps=apps)}
    hanging = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model in (Case, Person) and getattr(field, "db_constraint", False)
    }
    assert hanging
    assert hanging <= emptied


def test_nobody_but_the_keeper_destroys(own_database, world):
    approve(world)
    said = io.StringIO()
    with pytest.raises(CommandError, match="nyckelvårdarens"):
        call_command("dispose", stdout=said)
    for url in (own_database.app, own_database.worker):
        with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT avhopp_erase(%s)", [scopes_of(world.case_id)])
    assert Case.objects.filter(pk=world.case_id).exists()


def test_keeper_cannot_destroy_what_is_not_approved(keeper, own_database, world):
    with transaction.atomic():
        propose(world)
    scopes = scopes_of(world.case_id)
    with keeper(), pytest.raises(IntegrityError), transaction.atomic():
        destroy(scopes=scopes)
    with psycopg.connect(own_database.keeper) as connection, pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute("SELECT avhopp_erase(%s)", [scopes])
    assert keyring.load(scopes)


@pytest.mark.parametrize("role", ["app", "worker", "keeper"])
def test_setting_of_the_function_lets_nobody_else_delete(own_database, world, role):
    for table in ("cases_historicalcase", "audit_leafsubject"):
        with psycopg.connect(getattr(own_database, role)) as connection, pytest.raises(psycopg.Error):
            connection.execute("SELECT set_config('avhopp.erasing', 'on', false)")
            connection.execute(f"DELETE FROM {table}")


def test_leaves_have_no_way_past_their_guard(own_database, world):
    with psycopg.connect(own_database.owner) as connection, pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute("SELECT set_config('avhopp.erasing', 'on', false)")
        connection.execute("DELETE FROM audit_leaf")


def tags(world, at) -> list[str]:
    """What the case's overview says of the gallring."""
    with world.opened(world.cast.worker, at=at) as (opened, _actor):
        shown = present.disposals(opened, disposals_of(opened))
    return [tag["text"] for record in shown for tag in record["tags"]]


@pytest.mark.parametrize("what", ["hold", "note", "another_file"])
def test_what_has_come_between_keeps_the_file(keeper, world, cast, what):
    approve(world)
    assert tags(world, LATER) == ["Godkänd, gallras vid nästa körning"]
    later = LATER + timedelta(hours=1)
    if what == "hold":
        with world.opened(cast.supervisor, at=later) as (opened, actor):
            put = holds.put(opened=opened, values=WHY, by=actor, now=later)
            holds.lift(opened=opened, hold=put, by=actor, now=later)
        assert not RetentionHold.objects.filter(lifted_at=None).exists()
    elif what == "note":
        with world.opened(cast.worker, at=later) as (opened, actor):
            follow_ups.note(opened=opened, point=Point.TWELVE, values=HOW_IT_WENT, by=actor, now=later)
    else:
        other = make_case(worker=cast.stranger)
        person = Case.objects.get(pk=world.case_id).person_id
        Case.objects.filter(pk=other).update(person=person)
    with keeper() as given:
        assert destruction.ready() == 0
        assert destruction.destroy_approved(**given) == (0, 1)
    assert keyring.load(scopes_of(world.case_id))
    if what != "another_file":
        # Of another file of hers the reader need not know.
        assert tags(world, later) == ["Godkännandet gäller inte längre"]


def test_killed_in_the_middle_leaves_all_or_nothing(keeper, world, monkeypatch):
    approve(world)

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    with keeper() as given, monkeypatch.context() as patch:
        patch.setattr(destruction, "_certificate", die)
        with pytest.raises(KeyboardInterrupt):
            destruction.destroy_approved(**given)
    assert keyring.load(scopes_of(world.case_id))
    assert Disposal.objects.filter(case=world.case_id, state="approved").exists()
    with keeper() as given:
        assert destruction.destroy_approved(**given) == (1, 0)


def test_certificate_holds_and_a_changed_one_does_not(keeper, own_database, world, cast, tmp_path):
    number = Case.objects.get(pk=world.case_id).number
    approve(world)
    log_key = SigningKey(name="provkommun.example/logg", kind=KeyKind.LOG, seed=secrets.token_bytes(32))
    with keeper() as given:
        destruction.destroy_approved(**given)
    certificate = DisposalCertificate.objects.get()
    for word in (number, str(world.case_id), "Provsson", "Vill lämna."):
        assert word not in certificate.body
    path = tmp_path / "bevis.json"
    path.write_text(json.dumps(json.loads(certificate.body), indent=2))
    with pytest.raises(SystemExit):
        proven(path, log_key)
    grow(own_database, log_key)
    assert "Beviset stämmer: 1 ärenden" in proven(path, log_key)
    spoilt = json.loads(certificate.body)
    spoilt["files"][0]["approved_by"] = spoilt["files"][0]["proposed_by"]
    path.write_text(json.dumps(spoilt))
    with pytest.raises(SystemExit):
        proven(path, log_key)
    path.write_text("{}")
    with pytest.raises(CommandError, match="inget gallringsbevis"):
        proven(path, log_key)


def test_certificate_is_taken_out_by_whoever_leads_the_unit_alone(keeper, world, cast):
    approve(world)
    with keeper() as given:
        destruction.destroy_approved(**given)
    certificate = DisposalCertificate.objects.get()
    page = reverse("cases:certificate", args=[certificate.pk])
    taken = signed_in(cast.supervisor).get(page)
    assert taken.content.decode() == certificate.body
    assert "attachment" in taken["Content-Disposition"]
    for user in (cast.worker, cast.other_supervisor):
        assert signed_in(user).get(page).status_code in (403, 404)
    assert (
        str(certificate.pk) in signed_in(cast.supervisor).get(reverse("cases:certificates")).content.decode()
    )


def test_leaf_of_the_destruction_names_nobody(keeper, world):
    scopes = scopes_of(world.case_id)
    approve(world)
    with keeper() as given:
        destruction.destroy_approved(**given)
    leaf = Leaf.objects.get(event="keys.files_destroyed")
    assert not any(str(scope).encode() in bytes(leaf.body) for scope in scopes)
    assert not LeafSubject.objects.filter(scope__in=scopes).exists()


def proven(path, log_key):
    said = io.StringIO()
    call_command("verify_certificate", str(path), log_key=str(log_key.verifier), stdout=said)
    return said.getvalue()


def grow(own_database, log_key):
    with psycopg.connect(own_database.sequencer, autocommit=True) as connection:
        sequencer = Sequencer(connection=connection, key=log_key, clock=timezone.now)
        sequencer.begin()
        sequencer.drain()
