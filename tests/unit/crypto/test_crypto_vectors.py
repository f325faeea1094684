"""The stored bytes against answers made elsewhere (tests/vectors/crypto/README.md)."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from avhopp.crypto import blind_index, envelope, keys, seal, stream, token, values

USES = {"data key": keys.Use.DATA, "record key": keys.Use.RECORD}
FOLDER = Path(__file__).parents[2] / "vectors" / "crypto"


def cases(name: str) -> list[Any]:
    found: list[Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="ascii"))
    assert found
    return found


def data_key(case: dict[str, Any]) -> seal.DataKey:
    return seal.DataKey(UUID(case["key_id"]), bytes.fromhex(case["data_key"]))


def context(case: dict[str, Any]) -> seal.Context:
    return seal.context(
        seal.FieldTag(case["label"], case["field"]),
        row=UUID(case["row"]),
        scope=UUID(case["scope"]),
        history=UUID(case["history"]) if case["history"] else None,
    )


def use_nonce(monkeypatch: pytest.MonkeyPatch, module: Any, nonce: bytes) -> None:
    def urandom(length: int) -> bytes:
        assert length == len(nonce)
        return nonce

    monkeypatch.setattr(module, "urandom", urandom)


@pytest.mark.parametrize("case", cases("fields"), ids=lambda case: case["name"])
def test_a_field_sealed_elsewhere_opens_and_ours_is_the_same_bytes(
    case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed, plaintext = bytes.fromhex(case["sealed"]), bytes.fromhex(case["plaintext"])
    assert data_key(case).open(context(case), sealed) == plaintext
    use_nonce(monkeypatch, seal, bytes.fromhex(case["nonce"]))
    assert data_key(case).seal(context(case), plaintext) == sealed
    assert envelope.key_id_of(sealed) == UUID(case["key_id"])
    parts = envelope.parse(sealed)
    assert (parts.algorithm, parts.key_id, parts.nonce) == (
        1,
        UUID(case["key_id"]),
        bytes.fromhex(case["nonce"]),
    )
    assert sealed.endswith(parts.body)
    assert len(parts.body) == len(sealed) - 30


def test_padding_is_as_long_as_the_text_says() -> None:
    assert [[length, envelope.padded_length(length)] for length, _ in cases("padding")] == cases("padding")


@pytest.mark.parametrize("case", cases("wrapped_keys"), ids=lambda case: f"{case['kind']} {case['number']}")
def test_a_key_wrapped_elsewhere_unwraps_and_ours_is_the_same_bytes(
    case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    org, number = UUID(case["org"]), case["number"]
    wrapping, raw, wrapped = (bytes.fromhex(case[name]) for name in ("wrapping_key", "raw", "wrapped"))
    use_nonce(monkeypatch, keys, bytes.fromhex(case["nonce"]))
    if case["kind"] in USES:
        place = {"org": org, "scope": UUID(case["scope"]), "key_id": UUID(case["key_id"]), "epoch": number}
        kek, use = keys.EpochKey(wrapping, org=org, epoch=number), USES[case["kind"]]
        assert keys.unwrap(kek, wrapped, **place, use=use) == raw
        assert keys.wrap(kek, raw, **place, use=use) == wrapped
        return
    if case["kind"] == "epoch key":
        bound = keys.epoch_context(org=org, epoch=number)
    else:
        bound = keys.index_root_context(org=org, version=number)
    assert keys.open_key(AESGCM(wrapping), wrapped, context=bound) == raw
    assert keys.seal_key(AESGCM(wrapping), raw, context=bound) == wrapped


@pytest.mark.parametrize("case", cases("files"), ids=lambda case: case["length"])
def test_a_file_sealed_elsewhere_opens(case: dict[str, Any]) -> None:
    sealed = base64.b64decode(case["sealed"])
    opened = b"".join(
        stream.open_chunks(data_key(case), [sealed], scope=UUID(case["scope"]), file=UUID(case["file"]))
    )
    assert len(opened) == case["length"]
    assert hashlib.sha256(opened).hexdigest() == case["plaintext_sha256"]
    assert stream.file_key_id(sealed) == UUID(case["key_id"])


@pytest.mark.parametrize("case", cases("subject_tokens"), ids=lambda case: len(case["payload"]) // 2)
def test_a_subject_sealed_elsewhere_opens_and_ours_is_the_same_bytes(
    case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed, payload = bytes.fromhex(case["token"]), bytes.fromhex(case["payload"])
    assert token.open_subject(data_key(case), sealed) == payload
    use_nonce(monkeypatch, token, bytes.fromhex(case["nonce"]))
    assert token.seal_subject(data_key(case), payload) == sealed


@pytest.mark.parametrize("case", cases("details"), ids=lambda case: len(case["detail"]) // 2)
def test_a_detail_sealed_elsewhere_opens_and_ours_is_the_same_bytes(
    case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed, detail = bytes.fromhex(case["sealed"]), bytes.fromhex(case["detail"])
    place = {"leaf": UUID(case["leaf"]), "scope": UUID(case["scope"])}
    left = seal.RecordKey(UUID(case["key_id"]), bytes.fromhex(case["record_key"]))
    assert data_key(case).record_key() == bytes.fromhex(case["record_key"])
    assert token.open_detail(data_key(case), sealed, **place) == detail
    assert token.open_detail(left, sealed, **place) == detail
    use_nonce(monkeypatch, token, bytes.fromhex(case["nonce"]))
    assert token.seal_detail(data_key(case), detail, **place) == sealed


@pytest.mark.parametrize(
    "case", cases("blind_indexes"), ids=lambda case: f"{case['parts'][0]} {case['bits']}"
)
def test_a_blind_index_is_the_number_computed_elsewhere(case: dict[str, Any]) -> None:
    index = blind_index.BlindIndex(
        blind_index.IndexRoot(bytes.fromhex(case["root"])),
        label=case["label"],
        fields=case["fields"],
        name=case["name"],
        bits=case["bits"],
    )
    assert index.of(*case["parts"]) == case["index"]


@pytest.mark.parametrize("case", cases("values"), ids=lambda case: f"{case['kind']} {case['value']!r}")
def test_a_value_is_the_bytes_of_the_table(case: dict[str, Any]) -> None:
    kind = values.Kind[case["kind"]]
    read = {values.Kind.DATE: date.fromisoformat, values.Kind.MOMENT: datetime.fromisoformat}.get(kind)
    value = read(case["value"]) if read and case["value"] is not None else case["value"]
    raw = bytes.fromhex(case["bytes"])
    assert values.Codec(kind).encode(value) == raw
    opened = values.Codec(kind).decode(raw)
    assert opened == value
    assert type(opened) is type(value)
