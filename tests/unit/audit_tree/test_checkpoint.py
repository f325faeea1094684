"""Notes, keys, checkpoints and cosignatures: bytes of other implementations, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from audit.checkpoint import Checkpoint, Stamp, opened
from audit.note import (
    BadKey,
    BadNote,
    KeyKind,
    Note,
    NotSigned,
    SigningKey,
    VerifyKey,
    cosignature_time,
    decoded,
    parse_lines,
)

# The example of golang.org/x/mod/sumdb/note, whose format C2SP wrote down.
GO_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_NOTE = (
    f"{GO_TEXT}\n\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The example of c2sp.org/signed-note, "Verifier keys".
SPEC_PUBLIC = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LOG = SigningKey(name="example.org/log", kind=KeyKind.LOG, seed=bytes(32))
WITNESS = SigningKey(name="example.net/w1", kind=KeyKind.COSIGNER, seed=bytes([1]) * 32)
HEAD = Checkpoint("example.org/log", 3, bytes(32), Stamp(1, AT, None).lines)


def signed(head: Checkpoint = HEAD, *lines: str) -> str:
    return str(Note(head.text, (LOG.sign(head.text), *lines)))


def test_signature_is_that_of_another_implementation():
    key = SigningKey.parse(GO_PRIVATE)
    assert str(key.verifier) == GO_PUBLIC
    assert key.written() == GO_PRIVATE
    assert str(Note(GO_TEXT, (key.sign(GO_TEXT),))) == GO_NOTE


@pytest.mark.parametrize(("public", "note"), [(GO_PUBLIC, GO_NOTE), (SPEC_PUBLIC, SPEC_NOTE)])
def test_notes_of_others_are_opened(public, note):
    parsed = Note.parse(note)
    assert str(parsed) == note
    assert parsed.signed_by(VerifyKey.parse(public)) is None


def test_cosignature_signs_what_the_standard_says():
    line = WITNESS.cosign(HEAD.text, at=AT)
    raw = decoded(line.split(" ")[2].strip(), BadNote)
    assert raw[:4] == WITNESS.verifier.key_id
    seconds = int.from_bytes(raw[4:12], "big")
    assert seconds == int(AT.timestamp())
    message = f"cosignature/v1\ntime {seconds}\n{HEAD.text}".encode()
    Ed25519PublicKey.from_public_bytes(WITNESS.verifier.public).verify(raw[12:], message)
    assert cosignature_time(text=HEAD.text, line=line, key=WITNESS.verifier) == AT


def test_checkpoint_goes_round():
    head, note = opened(signed(), key=LOG.verifier)
    assert head == HEAD
    assert head.text == note.text
    assert Stamp.parse(head.extra) == Stamp(1, AT, None)


def test_stamp_goes_round_with_a_quiet_time():
    stamp = Stamp(7, AT, AT - timedelta(seconds=3))
    assert Stamp.parse(stamp.lines) == stamp


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\nno mark\n",
        "text\n\n\u2014 name\n",
        "text\n\n\u2014 name AAAA\n",
        "text\n\n\u2014 na+me AAAAAAAA\n",
        "text\n\n\u2014 name AAAAAAAA",
        "te\txt\n\n\u2014 name AAAAAAAA\n",
        "text\r\n\n\u2014 name AAAAAAAA\n",
        "text\n\n" + "\u2014 name AAAAAAAA\n" * 17,
        "x" * 20_000 + "\n\n\u2014 name AAAAAAAA\n",
    ],
)
def test_what_is_no_note_is_refused(raw):
    with pytest.raises(BadNote):
        Note.parse(raw)


@pytest.mark.parametrize(
    "text",
    [
        "origin\n1\n",
        "origin\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "origin\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "origin\n\u0661\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "origin\n1\nAAAA\n",
        "origin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
        "origin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nextra\n",
        "origin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(BadNote):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("number 1", "time 2026-03-02T09:00:00.000000Z"),
        ("number 01", "time 2026-03-02T09:00:00.000000Z", "quiet never"),
        ("number 1", "time 2026-03-02T09:00:00Z", "quiet never"),
        ("number 1", "time 2026-03-02T09:00:00.000000Z", "quiet sometimes"),
        ("time 2026-03-02T09:00:00.000000Z", "number 1", "quiet never"),
        ("number 1", "time 2026-03-02T09:00:00.000000Z", "quiet never", "more 1"),
    ],
)
def test_what_is_no_stamp_is_refused(lines):
    with pytest.raises(BadNote):
        Stamp.parse(lines)


@pytest.mark.parametrize(
    "change",
    [("\n3\n", "\n4\n"), ("example.org/log\n3", "example.org/other\n3"), ("number 1", "number 2")],
)
def test_changed_text_is_not_signed(change):
    with pytest.raises(NotSigned):
        opened(signed().replace(*change, 1), key=LOG.verifier)


def test_signature_of_an_unknown_key_is_passed_over_and_a_bad_one_of_a_known_key_refused():
    stranger = SigningKey(name="example.org/log", kind=KeyKind.LOG, seed=bytes([9]) * 32)
    opened(signed(HEAD, stranger.sign(HEAD.text)), key=LOG.verifier)
    with pytest.raises(NotSigned):
        opened(str(Note(HEAD.text, (stranger.sign(HEAD.text),))), key=LOG.verifier)
    with pytest.raises(NotSigned):
        opened(signed(HEAD, LOG.sign("other\n")), key=LOG.verifier)


def test_logs_signature_is_no_cosignature_and_the_other_way_round():
    with pytest.raises(BadKey):
        LOG.cosign(HEAD.text, at=AT)
    with pytest.raises(BadKey):
        WITNESS.sign(HEAD.text)
    with pytest.raises(NotSigned):
        cosignature_time(text=HEAD.text, line=LOG.sign(HEAD.text), key=LOG.verifier)


def test_cosignature_of_another_checkpoint_does_not_hold():
    line = WITNESS.cosign(HEAD.text, at=AT)
    with pytest.raises(NotSigned):
        cosignature_time(text=HEAD.text.replace("\n3\n", "\n4\n"), line=line, key=WITNESS.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PeterNeumann+c74f20a3",
        GO_PUBLIC.replace("c74f20a3", "c74f20a4"),
        GO_PUBLIC[:-4],
        GO_PUBLIC.replace("ARpc", "Ahpc"),
        GO_PUBLIC.replace("Peter", "Pe ter"),
    ],
)
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(BadKey):
        VerifyKey.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        GO_PUBLIC,
        GO_PRIVATE.replace("c74f20a3", "c74f20a4"),
        GO_PRIVATE[:-8],
        GO_PRIVATE.replace("+AY", "+BY"),
    ],
)
def test_what_is_no_private_key_is_refused(text):
    with pytest.raises(BadKey):
        SigningKey.parse(text)


def test_private_key_says_nothing_of_itself():
    assert repr(LOG) == "<private key of example.org/log>"


def test_answer_without_signature_lines_is_refused():
    with pytest.raises(BadNote):
        parse_lines("<html>")
