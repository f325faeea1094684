"""A root key in a key service with Vault's transit API, played by a stand-in of its documented requests."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from avhopp.crypto.envelope import CannotOpen
from avhopp.crypto.providers import EpochRootGone, RootKeyRefused
from avhopp.crypto.providers.transit import TransitRootKey
from avhopp.database.testing import pointing_at
from avhopp.sealed import indexes, keyring
from avhopp.sealed.keeping import retire, rotation
from avhopp.sealed.models import EpochKey, IndexRoot, ScopeKey
from cases.access import get_case
from tests import transit_stand_in
from tests.cast import NOW, acting, make_case
from tests.signed_in import signed_in

ORG, OTHER, RAW = UUID(int=1), UUID(int=2), bytes(range(32))


@pytest.fixture
def service():
    with transit_stand_in.serving() as running:
        yield running


@pytest.fixture
def token_file(tmp_path):
    path = tmp_path / "token"
    path.write_text(f"{transit_stand_in.TOKEN}\n")
    return path


@pytest.fixture
def root(service, token_file):
    return TransitRootKey(service.url, token_file)


def test_what_the_service_wrapped_opens_in_its_place_alone(root):
    wrapped = root.wrap_epoch(RAW, org=ORG, epoch=1)
    assert root.unwrap_epoch(wrapped, org=ORG, epoch=1) == RAW
    assert RAW not in wrapped
    for org, epoch in ((ORG, 2), (OTHER, 1)):
        root.wrap_epoch(RAW, org=org, epoch=epoch)
        with pytest.raises(CannotOpen):
            root.unwrap_epoch(wrapped, org=org, epoch=epoch)
    index = root.wrap_index_root(RAW, org=ORG, version=1)
    assert root.unwrap_index_root(index, org=ORG, version=1) == RAW
    for wrong in ({"org": ORG, "version": 2}, {"org": ORG, "version": 1, "wrapped": wrapped}):
        with pytest.raises(CannotOpen):
            root.unwrap_index_root(wrong.pop("wrapped", index), **wrong)


def test_wrapped_by_another_kind_of_root_does_not_open(root):
    root.wrap_epoch(RAW, org=ORG, epoch=1)
    with pytest.raises(CannotOpen):
        root.unwrap_epoch(b"\xd1\x01" + bytes(60), org=ORG, epoch=1)


def test_keys_are_made_so_that_nobody_can_take_them_out(root, service):
    root.wrap_epoch(RAW, org=ORG, epoch=1)
    root.wrap_index_root(RAW, org=ORG, version=1)
    assert len(service.keys) == 2
    assert {(key["type"], key["exportable"]) for key in service.keys.values()} == {("aes256-gcm96", False)}


def test_destroyed_epoch_opens_nothing_and_the_others_open(root, service):
    gone, kept = (root.wrap_epoch(RAW, org=ORG, epoch=epoch) for epoch in (4, 5))
    for _ in range(2):
        root.destroy_epoch(org=ORG, epoch=4)
    with pytest.raises(EpochRootGone):
        root.unwrap_epoch(gone, org=ORG, epoch=4)
    assert root.unwrap_epoch(kept, org=ORG, epoch=5) == RAW
    assert len(service.keys) == 1


def test_what_goes_wrong_is_said_with_its_remedy_and_without_token_or_key(root, service, token_file):
    wrapped = root.wrap_epoch(RAW, org=ORG, epoch=1)

    def refusal() -> str:
        with pytest.raises(RootKeyRefused) as refused:
            root.unwrap_epoch(wrapped, org=ORG, epoch=1)
        assert transit_stand_in.TOKEN not in str(refused.value)
        assert wrapped.decode() not in str(refused.value)
        return str(refused.value)

    service.is_sealed = True
    assert "sealed" in refusal()
    service.is_sealed = False
    token_file.write_text("hvs.another")
    assert "token" in refusal()
    token_file.unlink()
    assert str(token_file) in refusal()


def test_service_that_is_gone_or_silent_is_refused_in_time(token_file):
    with transit_stand_in.serving() as running:
        url = running.url
    with pytest.raises(RootKeyRefused, match="does not answer"):
        TransitRootKey(url, token_file).wrap_epoch(RAW, org=ORG, epoch=1)


def test_token_is_carried_to_nobody_else(root, service):
    with transit_stand_in.serving() as elsewhere:
        service.moved_to = f"{elsewhere.url}/v1/transit/keys/x"
        with pytest.raises(RootKeyRefused):
            root.wrap_epoch(RAW, org=ORG, epoch=1)
        assert elsewhere.asked == []


@pytest.mark.parametrize(
    "url", ["http://nycklar.example", "ftp://127.0.0.1", "nycklar.example", "http://127.0.0.1.example"]
)
def test_address_that_would_show_the_token_is_refused(url, token_file):
    with pytest.raises(RootKeyRefused, match="https://"):
        TransitRootKey(url, token_file)


@pytest.fixture
def there(settings, service, token_file):
    """The whole system with its roots in the service from now on."""
    given = {"url": service.url, "token_file": token_file}
    settings.ROOT_KEYS = {
        **settings.ROOT_KEYS,
        "transit": ("avhopp.crypto.providers.transit.TransitRootKey", given),
    }
    settings.ROOT_KEY = "transit"
    keyring.forget()
    yield service
    keyring.forget()


@pytest.fixture
def keeper(own_database):
    @contextmanager
    def at_work():
        with pointing_at(urls=replace(own_database, app=own_database.keeper)):
            yield {"clock": timezone.now, "tell": lambda done, total: None}

    return at_work


def test_from_file_to_service_while_cases_stay_readable(keeper, cast, case, settings, there, monkeypatch):
    # The index as it was made in this database, whatever others have left in memory.
    monkeypatch.setattr(indexes, "_held", {})
    settings.ROOT_KEY, born = "file", date(1990, 6, 7)
    bucket = indexes.birth_bucket(born)
    settings.ROOT_KEY = "transit"
    with keeper() as given:
        epoch = rotation.rotate_epoch(**given)
        rotation.rewrap(**given)
    assert epoch.root == "transit"
    assert set(ScopeKey.objects.values_list("epoch__root", flat=True)) == {"transit"}
    assert set(IndexRoot.objects.values_list("root", flat=True)) == {"transit"}
    # Nothing that is needed lies in the file any more.
    settings.ROOT_KEYS = {"transit": settings.ROOT_KEYS["transit"]}
    keyring.forget()
    monkeypatch.setattr(indexes, "_held", {})
    assert indexes.birth_bucket(born) == bucket
    with transaction.atomic(), acting(cast.worker) as actor:
        assert get_case(actor=actor, case=case, at=NOW).case.need == "Vill lämna."
    assert make_case(worker=cast.worker, at=timezone.now())


def test_epoch_in_the_service_is_destroyed_when_its_backups_are_gone(keeper, cast, case, there, settings):
    settings.BACKUP_DAYS = 30
    with keeper() as given:
        rotation.rotate_epoch(**given)
        rotation.rewrap(**given)
        rotation.rotate_epoch(**given)
        rotation.rewrap(**given)
        before = set(there.keys)
        later = {**given, "clock": lambda: timezone.now() + timedelta(days=31)}
        retire.retire(**later)
    gone = EpochKey.objects.filter(root="transit", wrapped__isnull=True)
    assert (
        {f"avhopp-{settings.ORGANISATION}-{row.epoch}" for row in gone} == before - set(there.keys) != set()
    )


def test_page_without_its_key_service_says_to_try_again_and_shows_nothing(keeper, cast, case, there):
    with keeper() as given:
        rotation.rotate_epoch(**given)
        rotation.rewrap(**given)
    browser = signed_in(cast.worker)
    page = reverse("cases:case", args=[case])
    assert browser.get(page).status_code == 200
    keyring.forget()
    there.is_sealed = True
    answer = browser.get(page)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Vill lämna." not in answer.content.decode()
    there.is_sealed = False
    assert browser.get(page).status_code == 200
