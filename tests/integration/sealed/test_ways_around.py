"""The ways around `save()`: each is refused, or writes only sealed bytes."""

from __future__ import annotations

import copy
import pickle

import psycopg
import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.db.models import F, QuerySet, Value

from avhopp.crypto.seal import FieldTag
from avhopp.sealed.fields import Ciphertext, SealedIntegerField, sealed_fields
from cases.models import Case, Note, Person
from tests.cast import NOW

SECRET = "KANARIEFÅGEL"


@pytest.fixture
def inside(cast, case, opened):
    with opened(cast.worker) as (found, _):
        yield found


def test_values_and_lists_give_ciphertext(inside):
    for value in (
        Person.objects.values_list("given_name", flat=True)[0],
        Person.objects.values("given_name")[0]["given_name"],
    ):
        assert isinstance(value, Ciphertext)
        assert repr(value) == str(value) == "<sealed>"


def test_lookups_are_refused(inside):
    for lookup in ({"given_name": "Prov"}, {"given_name__contains": "P"}, {"birth_date__year": 1990}):
        with pytest.raises(FieldError):
            Person.objects.filter(**lookup)


def test_update_of_a_sealed_column_is_refused(inside):
    with pytest.raises(FieldError):
        Person.objects.update(given_name=SECRET)
    with pytest.raises(FieldError):
        Person.objects.update(given_name=F("family_name"))


def test_update_past_the_queryset_is_refused_by_the_database(inside):
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet(Person).update(given_name=Value(SECRET.encode()))


def test_plaintext_by_raw_sql_is_refused_by_the_database(inside):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_person SET given_name = convert_to(%s, 'UTF8')", [SECRET * 20])


def test_bulk_update_seals(inside):
    person = inside.case.person
    person.given_name = SECRET
    Person.objects.bulk_update([person], ["given_name"])
    assert Person.objects.get(pk=person.pk).given_name == SECRET
    assert SECRET.encode() not in bytes(Person.objects.values_list("given_name", flat=True)[0])


def test_bulk_create_seals(inside, cast):
    note = Note(
        case=inside.case,
        author=cast.worker,
        updated_by=cast.worker,
        created_at=NOW,
        updated_at=NOW,
        facts=SECRET,
    )
    Note.objects.bulk_create([note])
    assert Note.objects.get(pk=note.pk).facts == SECRET


def test_only_keeps_what_opening_needs(inside, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert Person.objects.only("given_name").get(pk=inside.case.person_id).given_name == "Prov"


def test_deferred_field_is_fetched_and_opened(inside):
    assert Person.objects.defer("given_name").get(pk=inside.case.person_id).given_name == "Prov"


def test_pickle_carries_no_plaintext(inside):
    person = Person.objects.get(pk=inside.case.person_id)
    assert person.given_name == "Prov"
    raw = pickle.dumps(person)
    assert b"Prov" not in raw
    assert pickle.loads(raw).given_name == "Prov"


def test_unsaved_plaintext_cannot_be_pickled(inside):
    with pytest.raises(TypeError):
        pickle.dumps(Person(given_name=SECRET))


def test_deepcopy_opens_like_the_original(inside):
    assert copy.deepcopy(inside.case.person).given_name == "Prov"


def test_dump_holds_sealed_values_and_loads_again(inside):
    person = Person.objects.get(pk=inside.case.person_id)
    assert person.birth_date is not None
    text = serializers.serialize("json", [person])
    assert "Prov" not in text
    assert person.birth_date.isoformat() not in text
    before = dict(Person.objects.values().get(pk=person.pk))
    for restored in serializers.deserialize("json", text):
        restored.save()
    assert dict(Person.objects.values().get(pk=person.pk)) == before


def test_form_cannot_forge_a_sealed_value(inside):
    from cases.models import StageRequest

    field = StageRequest._meta.get_field("checklist")
    assert field.to_python({"$sealed": "4QE="}) == {"$sealed": "4QE="}
    assert not isinstance(field.to_python({"$sealed": "4QE="}), Ciphertext)


def test_other_serialisers_refuse(inside):
    with pytest.raises(TypeError):
        serializers.serialize("xml", [Person.objects.get(pk=inside.case.person_id)])


def test_text_of_every_model_says_nothing(inside):
    from django.apps import apps

    for model in apps.get_models():
        if sealed_fields(model):
            for row in model._default_manager.all()[:3]:
                for text in (str(row), repr(row)):
                    assert "Prov" not in text


def test_unknown_is_stored_like_an_answer(inside):
    person = Person.objects.get(pk=inside.case.person_id)
    lengths = set()
    for answer in (True, False, None):
        person.needs_interpreter = answer
        person.save()
        lengths.add(len(Person.objects.values_list("needs_interpreter", flat=True).get(pk=person.pk)))
        assert Person.objects.get(pk=person.pk).needs_interpreter is answer
    assert len(lengths) == 1


def test_unchanged_values_keep_their_bytes(inside):
    person = Person.objects.get(pk=inside.case.person_id)
    before = Person.objects.values().get(pk=person.pk)
    person.language = "ny"
    person.save()
    after = Person.objects.values().get(pk=person.pk)
    assert {name for name in before if before[name] != after[name]} == {"language"}


def test_history_is_sealed_and_opens(inside):
    versions = list(Case.history.filter(id=inside.case.pk))
    assert [version.need for version in versions] == ["Vill lämna."]
    assert versions[0].history_user_id == inside.actor.user
    assert versions[0].history_date == NOW


def test_change_log_is_sealed_and_opens(inside):
    from audit.models import ChangeEntry

    person = inside.case.person
    person.given_name = SECRET
    person.save()
    told = [e for e in ChangeEntry.objects.filter(scope=person.pk) if "given_name" in e.changes]
    assert ["Prov", SECRET] in [e.changes["given_name"] for e in told]
    assert {e.object_repr for e in told} == {"cases.person"}
    stored = ChangeEntry.objects.values_list("changes", flat=True)
    assert all(SECRET.encode() not in bytes(value) for value in stored)


def test_scope_closes_what_it_opened(cast, case, opened):
    from avhopp.sealed.scope import Denied

    with opened(cast.worker) as (found, _):
        person = Person.objects.get(pk=found.case.person_id)
    with pytest.raises(Denied):
        _ = person.given_name


@pytest.mark.parametrize("number", [0, -7, 2**40, None])
def test_whole_number_comes_back_and_text_in_its_place_is_refused(inside, number):
    field = SealedIntegerField(label="test.integer")
    field.set_attributes_from_name("number")
    field.tag = FieldTag(label=field.label, field="number")
    stored = Ciphertext(field.sealed(inside.case, number))
    assert field.opened(inside.case, stored) == number
    with pytest.raises(ValidationError):
        field.sealed(inside.case, "sju")


@pytest.mark.parametrize("role", ["default", "owner"])
@pytest.mark.parametrize("table", ["sealed_scopekey", "sealed_epochkey"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET wrapped = wrapped", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_only_the_keeper_changes_keys_and_nobody_removes_one(own_database, case, role, table, statement):
    with pytest.raises(DatabaseError), connections[role].cursor() as cursor:
        cursor.execute(statement.format(table))


def test_keeper_seals_anew_and_changes_nothing_else(own_database, case):
    with psycopg.connect(own_database.keeper, autocommit=True) as keeper:
        keeper.execute("UPDATE cases_case SET need = need WHERE id = %s", [case])
        keeper.execute("UPDATE cases_historicalcase SET need = need WHERE id = %s", [case])
        keeper.execute("UPDATE sealed_scopekey SET wrapped = wrapped WHERE scope = %s", [case])
        for statement in (
            "UPDATE cases_case SET stage = stage",
            "UPDATE cases_historicalcase SET history_date = history_date",
            "UPDATE audit_leaf SET payload = payload",
            "UPDATE accounts_user SET role = role",
            "INSERT INTO cases_casegrant SELECT * FROM cases_casegrant",
            "DELETE FROM cases_historicalcase",
            "DELETE FROM sealed_scopekey",
            "SELECT password FROM accounts_user",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                keeper.execute(statement)


def test_sealed_column_of_a_version_is_changed_by_the_keeper_alone(own_database, case):
    with psycopg.connect(own_database.owner, autocommit=True) as owner:
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner.execute("UPDATE cases_historicalcase SET need = need WHERE id = %s", [case])
