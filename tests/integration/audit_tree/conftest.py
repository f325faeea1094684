"""A log with a sequencer and a witness beside it, whose clock the test sets, and a hand that tampers as the owner."""

from __future__ import annotations

import importlib.util
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType

import psycopg
import pytest
from django.db import connections, transaction

from audit import events, export, log
from audit.note import KeyKind, SigningKey, VerifyKey
from audit.sequencer import Sequencer
from audit.submission import Submitter
from audit.verification.faults import Report
from audit.verify import Trust, verify
from audit.witness import State, Witness
from audit.witness_server import WitnessServer
from avhopp.database.roles import Urls
from tests.cast import NOW

EVENT = events.Event("test.happened", events.Kind.READ, "hände")
ACTOR = events.Actor(user=None, role="job:test")
ORIGIN = "provkommun.example/logg"
STANDALONE = Path(export.__file__).parent / "standalone" / "verify_avhopp_log.py"


def new_key(*, name: str = ORIGIN, kind: KeyKind = KeyKind.LOG) -> SigningKey:
    return SigningKey(name=name, kind=kind, seed=secrets.token_bytes(32))


def standalone() -> ModuleType:
    """The one-file verifier, loaded from its file as the stranger to this program that it is."""
    spec = importlib.util.spec_from_file_location("verify_avhopp_log", STANDALONE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Log:
    """The running log of one test."""

    def __init__(self, urls: Urls, folder: Path) -> None:
        self.urls = urls
        self.time = NOW
        self.key = new_key()
        self.witness_key = new_key(name="vittne.example/v1", kind=KeyKind.COSIGNER)
        self.state = folder / "witness.json"
        self.server = WitnessServer(("127.0.0.1", 0), self.new_witness())
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()
        self._connections: list[psycopg.Connection] = []
        self._submitter: Submitter | None = None

    def new_witness(self) -> Witness:
        return Witness(
            key=self.witness_key,
            logs=[self.key.verifier],
            state=State(self.state),
            clock=self.now,
        )

    def now(self) -> datetime:
        return self.time

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        for connection in self._connections:
            connection.close()

    @property
    def witness_url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def connection(self) -> psycopg.Connection:
        connection = psycopg.connect(self.urls.sequencer, autocommit=True)
        self._connections.append(connection)
        return connection

    def write(self, count: int = 1) -> None:
        """Write leaves as requests do, a second apart."""
        for _ in range(count):
            self.time += timedelta(seconds=1)
            with transaction.atomic():
                log.record(event=EVENT, actor=ACTOR, at=self.time)

    def sequence(self, *, key: SigningKey | None = None, batch: int = 5000) -> int:
        """Run a sequencer from its start until nothing waits."""
        connection = self.connection()
        sequencer = Sequencer(connection=connection, key=key or self.key, clock=self.now, batch=batch)
        try:
            sequencer.begin()
            taken = sequencer.drain()
            sequencer.beat()
            return taken
        finally:
            connection.close()

    def sequence_with_witness(self) -> None:
        """Run a sequencer that knows of a witness, as the heartbeat then says."""
        connection = self.connection()
        sequencer = Sequencer(connection=connection, key=self.key, clock=self.now, has_witness=True)
        sequencer.begin()
        sequencer.drain()
        sequencer.beat()
        connection.close()
        self.witness()

    def witness(self) -> bool:
        """Have the latest checkpoint cosigned."""
        if self._submitter is None:
            self._submitter = Submitter(
                connection=self.connection(),
                url=self.witness_url,
                witness=self.witness_key.verifier,
                clock=self.now,
            )
        return self._submitter.submit()

    def grow(self, count: int = 3) -> None:
        """Leaves, a checkpoint and a cosignature."""
        self.write(count)
        self.time += timedelta(seconds=1)
        self.sequence()
        self.witness()
        self.time += timedelta(seconds=1)

    def report(
        self,
        *,
        witnesses: list[VerifyKey] | None = None,
        seen: list[str] | None = None,
        rows: bool = True,
        log_key: VerifyKey | None = None,
    ) -> Report:
        """Verify with what somebody outside would bring; by default the witness's key."""
        trust = Trust(
            log=log_key or self.key.verifier,
            witnesses=[self.witness_key.verifier] if witnesses is None else witnesses,
            seen=seen or [],
        )
        return verify(trust=trust, now=self.time, with_rows=rows)

    def standalone_faults(
        self,
        *,
        witnesses: list[VerifyKey] | None = None,
        seen: list[str] | None = None,
        log_key: VerifyKey | None = None,
    ) -> set[str]:
        """Export and verify with the one-file program; gives the kinds of fault."""
        one_file = standalone()
        keys = [self.witness_key.verifier] if witnesses is None else witnesses
        given = one_file.Verifier(
            one_file.Key(str(log_key or self.key.verifier)),
            [one_file.Key(str(key)) for key in keys],
            [one_file.Head(raw) for raw in seen or []],
        )
        path = self.state.with_name(f"{secrets.token_hex(4)}.jsonl")
        origin = (log_key or self.key.verifier).name
        path.write_text("".join(export.lines(origin=origin, now=self.time)), encoding="utf-8")
        one_file.read(path, given)
        return {kind for _, kind, _ in given.faults}

    @property
    def witness_copy(self) -> str:
        note = State(self.state).note(ORIGIN)
        assert note is not None
        return note

    @contextmanager
    def owner(self) -> Iterator[psycopg.Connection]:
        """Act as the database's owner with every guard of the record off, as a hostile administrator would."""
        connections.close_all()
        tables = ("audit_leaf", "audit_seq", "audit_node", "audit_checkpoint", "audit_cosignature")
        tables = (*tables, "audit_leafsubject", "audit_reviewverdict", "cases_case", "cases_note")
        tables = (*tables, "sealed_scopekey")
        with psycopg.connect(self.urls.owner, autocommit=True) as connection:
            for table in tables:
                connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield connection
            connection.execute("ALTER TABLE audit_leaf ENABLE ALWAYS TRIGGER leaf_waits")

    def tamper(self, statement: str, values: object = None) -> None:
        with self.owner() as connection:
            connection.execute(statement, values)


@pytest.fixture
def running_log(own_database: Urls, tmp_path: Path) -> Iterator[Log]:
    running = Log(own_database, tmp_path)
    try:
        yield running
    finally:
        running.close()


@pytest.fixture
def grown(running_log):
    """Nine leaves under three cosigned checkpoints."""
    for _ in range(3):
        running_log.grow()
    assert running_log.report(seen=[running_log.witness_copy]).is_whole
    return running_log
