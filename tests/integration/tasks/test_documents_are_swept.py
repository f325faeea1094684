"""What an unfinished upload left in the store is removed a day later, and nothing else is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Leaf
from avhopp.files import store
from cases import events, tasks
from tests.universe import World
from tests.universe.documents import add, left_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast, case, opened, store_folder, monkeypatch):
    monkeypatch.setattr(tasks.sweep_document, "delay", tasks.sweep_document.run)
    return World(cast, case, opened)


def swept() -> int:
    return Leaf.objects.filter(event=events.DOCUMENT_SWEPT.code).count()


def test_left_over_file_is_removed_once_a_day_has_passed(world, time_machine):
    document, file = add(world), left_over(world)
    tasks.sweep_documents()
    assert (store.holds(file), swept()) == (True, 0)
    time_machine.move_to(timezone.now() + timedelta(days=1, minutes=1))
    for _ in range(2):
        tasks.sweep_documents()
    assert (store.holds(file), swept()) == (False, 1)
    assert store.holds(document.blob)


def test_file_of_a_document_is_not_removed_whoever_names_it(world):
    document = add(world)
    tasks.sweep_document(str(document.blob))
    assert store.holds(document.blob)
    assert swept() == 0
