"""Makes tests/vectors/crypto/*.json from the written formats, sharing no code with what it judges.

Run it in a throw-away environment with pycryptodome (`python make_crypto_vectors.py`); the program itself
never needs that package. Everything is derived from fixed labels, so a second run writes the same bytes.
The formats are described in crypto/README.md; this file follows that text, never the modules under test.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import struct
import unicodedata
from pathlib import Path

from Crypto.Cipher import AES

FOLDER = Path(__file__).parent / "crypto"


def fixed(label: str, length: int) -> bytes:
    return hashlib.shake_256(b"avhopp vector " + label.encode()).digest(length)


def uuid_text(raw: bytes) -> str:
    digits = raw.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def joined(parts: list[bytes]) -> bytes:
    out = b""
    for part in parts:
        out += struct.pack(">I", len(part)) + part
    return out


def expand(key: bytes, info: bytes, length: int, hash_name: str) -> bytes:
    out, block, counter = b"", b"", 1
    while len(out) < length:
        block = hmac.new(key, block + info + bytes([counter]), hash_name).digest()
        out, counter = out + block, counter + 1
    return out[:length]


def gcm(key: bytes, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
    cipher = AES.new(key, AES.MODE_GCM, nonce=nonce, mac_len=16)
    cipher.update(aad)
    body, tag = cipher.encrypt_and_digest(plaintext)
    return body + tag


def padded_size(length: int) -> int:
    """Counts upwards instead of computing, so that an error in the arithmetic shows."""
    size = length + 1
    while True:
        if size <= 256:
            fits = size % 32 == 0
        else:
            # Padmé: of a number with exponent E only its upper part may be non-zero; the lower E - S bits
            # are zero,
            # S being the number of bits it takes to write E.
            exponent = len(f"{size:b}") - 1
            low = exponent - len(f"{exponent:b}")
            fits = size % (2**low) == 0 and size % 32 == 0
        if fits:
            return size
        size += 1


def padded(plaintext: bytes, size: int) -> bytes:
    return plaintext + b"\x80" + bytes(size - len(plaintext) - 1)


def fields() -> list[dict[str, object]]:
    plaintexts = {
        "empty": b"",
        "one byte": b"\x03",
        "31 bytes": fixed("31", 31),
        "32 bytes": fixed("32", 32),
        "ends like padding": b"abc\x80\x00\x00",
        "Swedish": "Åsa Öst, född på våren".encode(),
        "255 bytes": fixed("255", 255),
        "256 bytes": fixed("256", 256),
        "1000 bytes": fixed("1000", 1000),
    }
    cases = []
    for number, (name, plaintext) in enumerate(plaintexts.items()):
        label, field = ("case.note", "body") if number % 2 else ("case.person", "given_name")
        key, key_id = fixed(f"dek {name}", 32), fixed(f"key id {name}", 16)
        row, scope, nonce = fixed(f"row {name}", 16), fixed(f"scope {name}", 16), fixed(f"nonce {name}", 12)
        history = fixed(f"history {name}", 16) if number % 3 == 0 else b""
        head = b"\xe1\x01" + key_id
        tag = hashlib.sha256(joined([b"cms.field.v1", label.encode(), field.encode()])).digest()
        body = gcm(
            expand(key, b"field", 32, "sha256"),
            nonce,
            padded(plaintext, padded_size(len(plaintext))),
            tag + row + scope + history + head,
        )
        cases.append(
            {
                "name": name,
                "label": label,
                "field": field,
                "data_key": key.hex(),
                "key_id": uuid_text(key_id),
                "row": uuid_text(row),
                "scope": uuid_text(scope),
                "history": uuid_text(history) if history else None,
                "nonce": nonce.hex(),
                "plaintext": plaintext.hex(),
                "sealed": (head + nonce + body).hex(),
            }
        )
    return cases


def padding() -> list[list[int]]:
    lengths = [*range(300), 511, 512, 513, 1000, 1023, 1024, 4095, 4096, 10_000, 65_535, 65_536, 100_000]
    return [[length, padded_size(length)] for length in lengths]


def wrapped() -> list[dict[str, object]]:
    cases: list[dict[str, object]] = []
    for number in (0, 1, 202611, 2**40):
        wrapping, raw, nonce = (
            fixed(f"{what} {number}", size) for what, size in (("kek", 32), ("raw", 32), ("n", 12))
        )
        org, scope, key_id = (fixed(f"{what} {number}", 16) for what in ("org", "scope", "id"))
        which = struct.pack(">Q", number)
        contexts = {
            "data key": joined([b"cms.dek.v1", org, scope, key_id, which]),
            "record key": joined([b"cms.rek.v1", org, scope, key_id, which]),
            "epoch key": joined([b"cms.kek.v1", org, which]),
            "index root": joined([b"cms.index-root.v1", org, which]),
        }
        for kind, context in contexts.items():
            cases.append(
                {
                    "kind": kind,
                    "wrapping_key": wrapping.hex(),
                    "raw": raw.hex(),
                    "nonce": nonce.hex(),
                    "org": uuid_text(org),
                    "scope": uuid_text(scope),
                    "key_id": uuid_text(key_id),
                    "number": number,
                    "wrapped": (b"\xd1\x01" + nonce + gcm(wrapping, nonce, raw, context + b"\xd1\x01")).hex(),
                }
            )
    return cases


def files() -> list[dict[str, object]]:
    cases = []
    for length in (0, 5, 16_383, 16_384, 16_390):
        plaintext = fixed(f"file {length}", length)
        key, key_id = fixed(f"file key {length}", 32), fixed(f"file key id {length}", 16)
        scope, file, salt = fixed(f"fs {length}", 16), fixed(f"ff {length}", 16), fixed(f"salt {length}", 24)
        head = b"\xe1\x02" + key_id
        context = joined([b"cms.file.v1"]) + head + scope + file
        info = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\x00" + salt + context
        derived = expand(expand(key, b"file", 32, "sha256"), info, 32 + 12 + 32, "sha512")
        message_key, base, commitment = derived[:32], derived[32:44], derived[44:]
        out, number = head + salt + commitment, 0
        while True:
            chunk = plaintext[number * 16_384 : (number + 1) * 16_384]
            nonce = (int.from_bytes(base, "big") ^ number).to_bytes(12, "big")
            out += gcm(message_key, nonce, chunk, b"")
            number += 1
            if len(chunk) < 16_384:
                break
        cases.append(
            {
                "data_key": key.hex(),
                "key_id": uuid_text(key_id),
                "scope": uuid_text(scope),
                "file": uuid_text(file),
                "length": length,
                "plaintext_sha256": hashlib.sha256(plaintext).hexdigest(),
                "sealed": base64.b64encode(out).decode(),
            }
        )
    return cases


def subjects() -> list[dict[str, object]]:
    cases = []
    for payload in (b"", b'["a","case.note","b"]', fixed("subject", 159)):
        name = str(len(payload))
        key, key_id, nonce = fixed("sk" + name, 32), fixed("si" + name, 16), fixed("sn" + name, 12)
        head = b"\xe1\x01" + key_id
        aad = joined([b"cms.subject.v1"]) + head
        body = gcm(expand(key, b"audit", 32, "sha256"), nonce, padded(payload, 160), aad)
        cases.append(
            {
                "data_key": key.hex(),
                "key_id": uuid_text(key_id),
                "nonce": nonce.hex(),
                "payload": payload.hex(),
                "token": (head + nonce + body).hex(),
            }
        )
    return cases


def details() -> list[dict[str, object]]:
    cases = []
    for detail in (b"{}", b'{"changed":["facts"]}', fixed("detail", 300)):
        name = str(len(detail))
        key, key_id, nonce = fixed("dk" + name, 32), fixed("di" + name, 16), fixed("dn" + name, 12)
        leaf, scope = fixed("dl" + name, 16), fixed("ds" + name, 16)
        head = b"\xe1\x01" + key_id
        record_key = expand(key, b"audit", 32, "sha256")
        aad = joined([b"cms.detail.v1"]) + leaf + scope + head
        body = gcm(record_key, nonce, padded(detail, padded_size(len(detail))), aad)
        cases.append(
            {
                "data_key": key.hex(),
                "record_key": record_key.hex(),
                "key_id": uuid_text(key_id),
                "leaf": uuid_text(leaf),
                "scope": uuid_text(scope),
                "nonce": nonce.hex(),
                "detail": detail.hex(),
                "sealed": (head + nonce + body).hex(),
            }
        )
    return cases


def squeezed(text: str) -> bytes:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return b" ".join(part.encode() for part in folded.split())


def indexes() -> list[dict[str, object]]:
    inputs = [
        (["surname", "born"], ["Öberg", "1990-02-28"]),
        (["surname", "born"], ["  O\u0308BERG ", "1990-02-28"]),
        (["surname", "born"], ["von   der\u00a0Straße", "2001-12-31"]),
        (["number"], ["ﬁ Ⅷ 189001019802"]),
    ]
    cases = []
    for fields_, parts in inputs:
        for bits in (1, 7, 11, 31):
            root = fixed("index root", 32)
            info = joined([b"cms.bidx.v1", b"case.person", *(f.encode() for f in fields_), b"intake", b"1"])
            digest = hmac.new(
                expand(root, info, 32, "sha256"), joined([squeezed(p) for p in parts]), "sha256"
            )
            whole = int(digest.hexdigest(), 16)
            cases.append(
                {
                    "root": root.hex(),
                    "label": "case.person",
                    "fields": fields_,
                    "name": "intake",
                    "bits": bits,
                    "parts": parts,
                    "index": int(f"{whole:0256b}"[:bits], 2),
                }
            )
    return cases


def values() -> list[dict[str, object]]:
    """Written by hand from the table in the README: kind, value as JSON, bytes."""
    rows: list[tuple[str, object, bytes]] = [
        ("TEXT", "", b"\x01"),
        ("TEXT", "Åsa\u0000\U0001f600", b"\x01\xc3\x85sa\x00\xf0\x9f\x98\x80"),
        ("TEXT", "A\u030a", b"\x01A\xcc\x8a"),
        ("TEXT", None, b"\x81"),
        ("DATE", "0001-01-01", b"\x020001-01-01"),
        ("DATE", "2024-02-29", b"\x022024-02-29"),
        ("DATE", None, b"\x82"),
        ("BOOLEAN", True, b"\x03\x01"),
        ("BOOLEAN", False, b"\x03\x00"),
        ("BOOLEAN", None, b"\x83"),
        ("INTEGER", 0, b"\x04" + bytes(8)),
        ("INTEGER", -1, b"\x04" + b"\xff" * 8),
        ("INTEGER", 258, b"\x04\x00\x00\x00\x00\x00\x00\x01\x02"),
        ("CHOICE", "high", b"\x05high"),
        ("CHOICE", None, b"\x85"),
        (
            "JSON",
            {"ö": [1, None, True], "a": {"z": "", "b": -2}},
            '\x06{"a":{"b":-2,"z":""},"ö":[1,null,true]}'.encode(),
        ),
        ("JSON", [], b"\x06[]"),
        ("JSON", None, b"\x86"),
        ("MOMENT", "1970-01-01T00:00:00.000001+00:00", b"\x07" + bytes(7) + b"\x01"),
        ("MOMENT", "1969-12-31T23:59:59.999999+00:00", b"\x07" + b"\xff" * 8),
        ("MOMENT", None, b"\x87"),
    ]
    return [{"kind": kind, "value": value, "bytes": raw.hex()} for kind, value, raw in rows]


def main() -> None:
    made = {
        "fields": fields(),
        "padding": padding(),
        "wrapped_keys": wrapped(),
        "files": files(),
        "subject_tokens": subjects(),
        "details": details(),
        "blind_indexes": indexes(),
        "values": values(),
    }
    FOLDER.mkdir(exist_ok=True)
    for name, cases in made.items():
        lines = ",\n".join(json.dumps(case, ensure_ascii=True, sort_keys=True) for case in cases)
        (FOLDER / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="ascii")


if __name__ == "__main__":
    main()
