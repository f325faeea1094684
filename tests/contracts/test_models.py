"""Every field of every model of ours is sealed, or plain with its reason written beside it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from audit.models import ChangeEntry
from avhopp.accounts.models import User
from avhopp.sealed.base import SealedHistory, SealedModel
from avhopp.sealed.fields import sealed_fields

OURS = {"accounts", "sealed", "audit", "cases", "followup"}
MODELS = [model for config in apps.get_app_configs() if config.label in OURS for model in config.get_models()]
HISTORY = {"history_id", "history_date", "history_type", "history_user_id"}


def name_of(model):
    return model._meta.label


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_every_field_is_sealed_or_plain_with_a_reason(model):
    source = model.instance_type if issubclass(model, SealedHistory) else model
    reasons = dict(source.plain_because)
    sealed = {field.name for field in sealed_fields(model)}
    plain = {field.name for field in model._meta.concrete_fields} - sealed - {"id"}
    if issubclass(model, SealedHistory):
        plain -= HISTORY
    assert plain == set(reasons)
    assert all(reason.strip() for reason in reasons.values())


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_no_model_has_a_many_to_many_field_of_ours(model):
    assert {field.name for field in model._meta.many_to_many} <= {"groups", "user_permissions"}


def test_labels_of_sealed_fields_are_bound_to_one_model():
    owner: dict[str, set[str]] = {}
    for model in MODELS:
        source = model.instance_type if issubclass(model, SealedHistory) else model
        for field in sealed_fields(model):
            owner.setdefault(field.label, set()).add(source._meta.label)
    assert {label for label, models in owner.items() if len(models) > 1} == set()


def test_every_table_of_versions_is_append_only():
    assert all(model.append_only for model in MODELS if issubclass(model, SealedHistory))
    assert ChangeEntry.append_only


@pytest.mark.parametrize("model", [model for model in MODELS if issubclass(model, SealedModel)], ids=name_of)
def test_sealed_models_have_random_keys(model):
    assert model._meta.pk.get_internal_type() == "UUIDField"
    assert model._meta.pk.default().version == 4


def test_sealed_columns_are_never_null():
    assert [
        f"{name_of(model)}.{field.name}" for model in MODELS for field in sealed_fields(model) if field.null
    ] == []


def test_database_refuses_a_superuser(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=cast.administrator.pk).update(is_superuser=True)
