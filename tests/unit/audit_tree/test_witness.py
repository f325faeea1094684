"""The witness's rules (c2sp.org/tlog-witness): what it cosigns, what it refuses and how, and what it never forgets."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from base64 import b64encode
from datetime import UTC, datetime

import pytest

from audit.checkpoint import Checkpoint
from audit.events import leaf_hash
from audit.merkle import CompactRange, consistency_proof
from audit.note import KeyKind, Note, SigningKey, cosignature_time
from audit.witness import SIZE_TYPE, State, StateUnreadable, Witness
from audit.witness_server import LONGEST_BODY, WitnessServer

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LOG = SigningKey(name="example.org/log", kind=KeyKind.LOG, seed=bytes(32))
STRANGER = SigningKey(name="example.org/log", kind=KeyKind.LOG, seed=bytes([7]) * 32)
KEY = SigningKey(name="example.net/w1", kind=KeyKind.COSIGNER, seed=bytes([1]) * 32)
LEAVES = [leaf_hash(bytes([number])) for number in range(40)]
FORK = [leaf_hash(bytes([number + 100])) for number in range(40)]


def tree(leaves):
    def subtree(level, index):
        part = CompactRange()
        part.extend(leaves[index << level : (index + 1) << level])
        return part.root()

    return subtree


def body(size, *, old=0, leaves=LEAVES, key=LOG, name="example.org/log", proof=None):
    grown = CompactRange()
    grown.extend(leaves[:size])
    head = Checkpoint(name, size, grown.root())
    if proof is None:
        proof = consistency_proof(old=min(old, size), new=size, subtree=tree(leaves))
    lines = "".join(f"{b64encode(part).decode()}\n" for part in proof)
    return f"old {old}\n{lines}\n{Note(head.text, (key.sign(head.text),))}"


@pytest.fixture
def state(tmp_path):
    return tmp_path / "state.json"


@pytest.fixture
def witness(state):
    return made(state)


def made(state):
    return Witness(key=KEY, logs=[LOG.verifier], state=State(state), clock=lambda: AT)


def test_growing_log_is_cosigned_step_by_step(witness):
    for old, new in ((0, 3), (3, 3), (3, 4), (4, 17), (17, 32), (32, 40)):
        sent = body(new, old=old)
        answer = witness.add_checkpoint(sent)
        assert answer.status == 200
        text = Note.parse(sent.partition("\n\n")[2]).text
        assert cosignature_time(text=text, line=answer.body, key=KEY.verifier) == AT


def test_unknown_log_is_not_found(witness):
    assert witness.add_checkpoint(body(3, name="example.org/other")).status == 404


def test_signature_of_another_key_is_forbidden(witness):
    assert witness.add_checkpoint(body(3, key=STRANGER)).status == 403


def test_old_size_beyond_the_checkpoint_is_a_bad_request(witness):
    assert witness.add_checkpoint(body(3, old=4)).status == 400


def test_wrong_old_size_is_told_what_the_witness_knows(witness):
    witness.add_checkpoint(body(5))
    for old in (0, 3, 6):
        answer = witness.add_checkpoint(body(9, old=old))
        assert (answer.status, answer.body, answer.type) == (409, "5\n", SIZE_TYPE)


def test_bad_proof_is_unprocessable(witness):
    witness.add_checkpoint(body(5))
    assert witness.add_checkpoint(body(9, old=5, proof=[])).status == 422
    assert witness.add_checkpoint(body(9, old=5, proof=[bytes(32)] * 4)).status == 422
    assert witness.add_checkpoint(body(9, old=5)).status == 200


def test_proof_from_nothing_must_be_empty(witness):
    assert witness.add_checkpoint(body(5, proof=[bytes(32)])).status == 422


def test_fork_is_never_cosigned(witness):
    witness.add_checkpoint(body(5))
    assert witness.add_checkpoint(body(9, old=5, leaves=FORK)).status == 422
    assert witness.add_checkpoint(body(5, old=5, leaves=FORK)).status == 409
    assert witness.add_checkpoint(body(3, old=3)).status == 409


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "old 0",
        "old 00\n\nx",
        "old -1\n\nx",
        "new 0\n\nx",
        "old 0\nAAAA\n\nx",
        "old 0\n\nexample.org/log\n1\n",
    ],
)
def test_what_is_no_submission_is_a_bad_request(witness, sent):
    assert witness.add_checkpoint(sent).status == 400


def test_too_many_proof_lines_are_a_bad_request(witness):
    assert witness.add_checkpoint(body(5, proof=[bytes(32)] * 64)).status == 400


def test_restarted_witness_remembers(witness, state):
    witness.add_checkpoint(body(5))
    assert made(state).add_checkpoint(body(9, leaves=FORK)).status == 409
    assert made(state).latest("example.org/log").body.startswith("example.org/log\n5\n")


def test_witness_that_cannot_remember_does_not_cosign(witness, state):
    # A folder in the way of the draft: nothing can be written, whoever runs the test.
    state.with_name("state.json.new").mkdir()
    with pytest.raises(OSError):
        witness.add_checkpoint(body(5))
    assert witness.latest("example.org/log").status == 404


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', '{"a": "no note"}'])
def test_damaged_state_is_refused_instead_of_begun_anew(state, text):
    state.write_text(text)
    with pytest.raises(StateUnreadable):
        State(state)


def test_state_keeps_one_note_for_each_log(witness, state):
    witness.add_checkpoint(body(5))
    witness.add_checkpoint(body(9, old=5))
    kept = json.loads(state.read_text())
    assert list(kept) == ["example.org/log"]
    assert kept["example.org/log"].startswith("example.org/log\n9\n")


def test_two_submissions_at_once_never_put_the_state_back(state):
    witness = made(state)
    start = threading.Barrier(8)
    statuses = []

    def submit(size):
        start.wait()
        statuses.append(witness.add_checkpoint(body(size)).status)

    threads = [threading.Thread(target=submit, args=(size,)) for size in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [409] * 7


@pytest.fixture
def address(witness):
    with WitnessServer(("127.0.0.1", 0), witness) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def ask(url, data=None, **headers):
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, data=data, headers=headers), timeout=5
        ) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers


def test_door_takes_a_submission_and_shows_the_latest(address):
    assert ask(f"{address}/checkpoint?origin=example.org/log")[0] == 404
    status, line, _ = ask(f"{address}/add-checkpoint", body(5).encode())
    assert status == 200
    status, note, _ = ask(f"{address}/checkpoint?origin=example.org/log")
    assert (status, Note.parse(note).lines[-1]) == (200, line)
    status, text, headers = ask(f"{address}/add-checkpoint", body(9).encode())
    assert (status, text, headers["Content-Type"]) == (409, "5\n", SIZE_TYPE)


def test_door_refuses_what_is_too_large_or_not_text_or_elsewhere(address):
    assert ask(f"{address}/add-checkpoint", b"x" * (LONGEST_BODY + 1))[0] == 413
    assert ask(f"{address}/add-checkpoint", b"\xff\xfe")[0] == 400
    assert ask(f"{address}/elsewhere", b"x")[0] == 404
    assert ask(f"{address}/")[0] == 404
