"""A folder and an S3-compatible store hold the same files in the same way, and say so when they do not answer."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import boto3
import pytest
from django.utils import timezone
from moto.server import ThreadedMotoServer

from avhopp.files import store
from avhopp.files.kinds import KINDS
from avhopp.files.sealing import Damaged, Sealed
from avhopp.files.store import StoreUnavailable
from config import stores

BUCKET = "handlingar"
KEY = {"S3_ACCESS_KEY": "prov", "S3_SECRET_KEY": "prov-hemligt"}


@pytest.fixture(scope="module")
def s3_server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(settings, monkeypatch, s3_server):
    """Let documents lie in a bucket of the server, as the environment names it."""
    monkeypatch.setenv("S3_BUCKET", BUCKET)
    monkeypatch.setenv("S3_ENDPOINT", s3_server)
    for name, value in KEY.items():
        monkeypatch.setenv(name, value)
    settings.STORAGES = {**settings.STORAGES, "documents": stores.documents()}
    client = boto3.client(
        "s3",
        endpoint_url=s3_server,
        region_name="us-east-1",
        aws_access_key_id=KEY["S3_ACCESS_KEY"],
        aws_secret_access_key=KEY["S3_SECRET_KEY"],
    )
    client.create_bucket(Bucket=BUCKET)
    yield client
    client.close()


@pytest.fixture(params=["folder", "s3"])
def kept(request):
    """Either store."""
    return request.getfixturevalue("store_folder" if request.param == "folder" else "s3")


def ciphertext(content: bytes) -> Sealed:
    """What the store is given; it never looks inside."""
    digest = hashlib.sha256(content).digest()
    return Sealed(uuid4(), uuid4(), KINDS["pdf"], len(content), digest, BytesIO(content), None)


def taken(sealed: Sealed, *, digest: bytes | None = None) -> bytes:
    held = store.take(sealed.file, digest=digest or sealed.digest)
    try:
        held.seek(0)
        return held.read()
    finally:
        held.close()


@pytest.mark.parametrize("size", [1, 20_000_000])
def test_file_that_was_put_is_taken_out_whole(kept, size):
    content = b"x" * size
    sealed = ciphertext(content)
    store.put(sealed)
    assert sealed.ciphertext.closed
    assert store.holds(sealed.file)
    assert taken(sealed) == content


def test_file_with_another_digest_is_not_given_out(kept):
    sealed = ciphertext(b"abc")
    store.put(sealed)
    with pytest.raises(Damaged):
        taken(sealed, digest=hashlib.sha256(b"abd").digest())


def test_file_that_is_not_there_is_unavailable(kept):
    with pytest.raises(StoreUnavailable):
        store.take(uuid4(), digest=bytes(32))


def test_removed_file_is_gone(kept):
    sealed = ciphertext(b"abc")
    store.put(sealed)
    store.remove(sealed.file)
    assert not store.holds(sealed.file)


def test_files_are_named_by_how_long_they_have_lain(kept):
    sealed = ciphertext(b"abc")
    store.put(sealed)
    now = timezone.now()
    assert sealed.file in set(store.stored_before(now + timedelta(minutes=1)))
    assert sealed.file not in set(store.stored_before(now - timedelta(minutes=1)))


def test_what_is_not_ours_in_the_store_is_left_alone(store_folder):
    (store_folder / "ab").mkdir(parents=True)
    (store_folder / "ab" / "anteckning.txt").write_text("x")
    assert list(store.stored_before(timezone.now() + timedelta(days=1))) == []


def test_bucket_holds_random_names_alone(s3):
    sealed = ciphertext(b"abc")
    store.put(sealed)
    listed = [item["Key"] for item in s3.list_objects_v2(Bucket=BUCKET)["Contents"]]
    assert f"{sealed.file.hex[:2]}/{sealed.file.hex}" in listed
    assert s3.head_object(Bucket=BUCKET, Key=listed[0])["Metadata"] == {}


def test_store_that_does_not_answer_is_unavailable_for_everything(s3, settings):
    entry = settings.STORAGES["documents"]
    options = {**entry["OPTIONS"], "endpoint_url": "http://127.0.0.1:9"}
    settings.STORAGES = {**settings.STORAGES, "documents": {**entry, "OPTIONS": options}}
    for question in (
        lambda: store.put(ciphertext(b"abc")),
        lambda: store.take(uuid4(), digest=bytes(32)),
        lambda: store.holds(uuid4()),
        lambda: store.remove(uuid4()),
        lambda: list(store.stored_before(timezone.now())),
    ):
        with pytest.raises(StoreUnavailable):
            question()


def test_folder_that_cannot_be_written_is_unavailable(store_folder):
    store_folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(StoreUnavailable):
        store.put(ciphertext(b"abc"))


def test_folder_has_the_file_on_the_disk_before_it_says_so(store_folder, monkeypatch):
    synced = []
    monkeypatch.setattr(store.os, "fsync", synced.append)
    store.put(ciphertext(b"abc"))
    assert len(synced) == 3
