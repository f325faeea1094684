"""Seeds of apps and recovery codes: sealed in the row, and of no use in another account's row."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client

from avhopp.accounts import seeds
from avhopp.crypto.envelope import CannotOpen

from .conftest import enrol_app, totp, type_password

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SEED = "JBSWY3DPEHPK3PXP"


def test_seed_of_one_account_does_not_open_for_another(cast):
    mine = seeds.seal(text=SEED, account=cast.worker.pk, at=NOW)
    seeds.seal(text=SEED, account=cast.colleague.pk, at=NOW)
    with pytest.raises(CannotOpen):
        seeds.open_sealed(text=mine, account=cast.colleague.pk, at=NOW)
    assert seeds.open_sealed(text=mine, account=cast.worker.pk, at=NOW) == SEED


@pytest.mark.parametrize("text", [SEED, "sealed:", "sealed:!", "sealed:" + "A" * 120])
def test_seed_that_somebody_wrote_into_the_row_is_refused(cast, text):
    seeds.seal(text=SEED, account=cast.worker.pk, at=NOW)
    with pytest.raises(CannotOpen):
        seeds.open_sealed(text=text, account=cast.worker.pk, at=NOW)


def test_account_key_opens_for_nothing_but_its_own_sign_in(cast):
    from audit.events import Actor
    from avhopp.sealed.scope import CryptoScope, Denied

    seeds.seal(text=SEED, account=cast.worker.pk, at=NOW)
    for user, purpose in (
        (cast.colleague.pk, seeds.PURPOSE),
        (cast.worker.pk, "reading"),
        (None, seeds.PURPOSE),
    ):
        with CryptoScope(actor=Actor(user=user, role="case_worker"), purpose=purpose, at=NOW) as scope:
            with pytest.raises(Denied):
                scope.sealing_key(cast.worker.pk)


def test_rows_hold_no_seed_in_clear(person):
    client = Client()
    type_password(client, person.email)
    seed = enrol_app(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, data::text FROM mfa_authenticator")
        rows = dict(cursor.fetchall())
    assert set(rows) == {"totp", "recovery_codes"}
    assert seed not in rows["totp"]
    assert json.loads(rows["totp"])["secret"].startswith("sealed:")
    assert json.loads(rows["recovery_codes"])["seed"].startswith("sealed:")


def test_seed_moved_by_hand_to_a_colleague_does_not_sign_in_as_her(person, enrolled, cast, clock):
    from allauth.mfa.models import Authenticator

    cast.colleague.set_password("ett helt annat lösenord")
    cast.colleague.save()
    Authenticator.objects.filter(user=person, type="totp").update(user=cast.colleague)
    client = Client(raise_request_exception=False)
    type_password(client, cast.colleague.email, "ett helt annat lösenord")
    answer = client.post("/konto/logga-in/andra-faktor/", {"code": totp(enrolled)})
    assert answer.status_code == 404
    assert client.get("/").status_code == 302
