"""How the keys stand, told to whoever runs the system, who can neither open nor change any."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from avhopp.sealed.keeping.standing import SILENCE, Next, standing, work_going_on
from avhopp.sealed.models import EpochKey, KeyRun, ScopeKey
from tests.cast import NOW
from tests.signed_in import signed_in


def shown(cast):
    return signed_in(cast.administrator).get(reverse("keys")).content.decode()


@pytest.mark.parametrize("who", ["worker", "supervisor", "auditor", "officer", "manager"])
def test_page_of_keys_is_for_the_administrator_alone(cast, who):
    for name in ("keys", "keys_progress"):
        assert signed_in(getattr(cast, who)).get(reverse(name)).status_code == 403


def test_page_tells_of_epochs_and_keys_and_shows_no_key(cast, case):
    page = shown(cast)
    epoch = EpochKey.objects.get()
    assert f"{epoch.epoch // 10000}-{epoch.epoch // 100 % 100:02d}" in page
    assert "Inget behöver göras med nycklarna nu." in page
    assert "Nyckelvårdaren har inte gjort något än." in page
    for row in ScopeKey.objects.all():
        assert str(row.scope) not in page
        assert bytes(row.wrapped).hex() not in page


def test_progress_stops_asking_when_nothing_goes_on(cast):
    assert signed_in(cast.administrator).get(reverse("keys_progress")).status_code == 286


@pytest.fixture
def ran(own_database, cast):
    """What the keeper's work leaves, written in the owner's name."""

    def write(*, heard_at, ended_at=None):
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "INSERT INTO sealed_keyrun (id, work, started_at, heard_at, ended_at, done, total)"
                " VALUES (gen_random_uuid(), 'rewrap', %s, %s, %s, 20, 50)",
                [heard_at, heard_at, ended_at],
            )
        return KeyRun.objects.latest("started_at")

    return write


@pytest.mark.slow
def test_work_that_goes_on_is_followed_and_one_that_was_killed_is_to_be_begun_again(ran, cast):
    now = timezone.now()
    run = ran(heard_at=now)
    assert work_going_on(at=now) == run
    page = shown(cast)
    assert "20 av 50" in page
    assert "Pågår" in page
    assert signed_in(cast.administrator).get(reverse("keys_progress")).status_code == 200
    later = now + SILENCE
    assert work_going_on(at=later) is None
    assert standing(at=later).next == Next.GO_ON


@pytest.mark.slow
def test_next_step_follows_the_keys(own_database, cast, case, settings):
    assert standing(at=NOW).next == Next.NOTHING
    old = EpochKey.objects.get()
    EpochKey.objects.create(epoch=old.epoch + 1, root=old.root, wrapped=b"w" * 60, created_at=NOW)
    assert standing(at=NOW).next == Next.REWRAP
    with psycopg.connect(own_database.keeper) as keeper:
        keeper.execute(
            "UPDATE sealed_scopekey SET epoch_id = (SELECT id FROM sealed_epochkey ORDER BY epoch DESC LIMIT 1)"
        )
        keeper.execute("UPDATE sealed_epochkey SET emptied_at = %s WHERE id = %s", [NOW, old.pk])
    assert standing(at=NOW).next == Next.NOTHING
    assert standing(at=NOW + timedelta(days=settings.BACKUP_DAYS)).next == Next.RETIRE
