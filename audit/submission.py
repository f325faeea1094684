"""Sends the latest checkpoint to the witness and keeps its cosignature.

Runs in the sequencer's process on a thread and a connection of its own, so that a slow or absent witness never holds
up the tree. A refusal is written down as a code, for the page that shows the log's health.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.parse
import urllib.request
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime

import psycopg

from audit.merkle import consistency_proof
from audit.note import BadNote, Note, NotSigned, VerifyKey, cosignature_time, parse_lines
from audit.tree_store import StoredTree

SECONDS_OF_PATIENCE = 10
LONGEST_ANSWER = 65_536
_CONFLICT = 409


class WitnessRefused(Exception):
    """The witness does not cosign; `code` is unreachable, forked, refused or unsigned."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Submitter:
    """Keeps one witness up to date."""

    def __init__(
        self,
        *,
        connection: psycopg.Connection,
        url: str,
        witness: VerifyKey,
        clock: Callable[[], datetime],
    ) -> None:
        if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
            raise ValueError("the witness's address begins with https://")
        self._connection = connection
        self._url = f"{url.rstrip('/')}/add-checkpoint"
        self._witness = witness
        self._clock = clock
        # What the witness last said that it knows; it is asked anew when that turns out wrong.
        self._known = 0
        self._done = 0

    def submit(self) -> bool:
        """Have the latest checkpoint cosigned, if it is not; tells whether there was one to send."""
        row = self._connection.execute(
            "SELECT number, size, note FROM audit_checkpoint ORDER BY number DESC LIMIT 1"
        ).fetchone()
        if row is None or row[0] == self._done:
            return False
        number, size, note = row
        try:
            line = self._cosigned(size, note)
        except WitnessRefused as refused:
            self._connection.execute("UPDATE audit_heartbeat SET witness_said = %s", [refused.code])
            raise
        with self._connection.transaction():
            self._connection.execute(
                "INSERT INTO audit_cosignature (number, line) VALUES (%s, %s)", [number, line]
            )
            self._connection.execute(
                "UPDATE audit_heartbeat SET witnessed_at = %s, witness_said = ''", [self._clock()]
            )
        self._known, self._done = size, number
        return True

    def _cosigned(self, size: int, note: str) -> str:
        status, answer = self._post(min(self._known, size), size, note)
        if status == _CONFLICT:
            known = answer.strip()
            if not known.isascii() or not known.isdigit() or int(known) > size:
                # The witness has seen a larger tree than there is: this one has been cut or put back.
                raise WitnessRefused("forked")
            self._known = int(known)
            status, answer = self._post(self._known, size, note)
        if status in {_CONFLICT, 422}:
            raise WitnessRefused("forked")
        if status != 200:
            raise WitnessRefused("refused")
        return self._own_line(note, answer)

    def _own_line(self, note: str, answer: str) -> str:
        text = Note.parse(note).text
        try:
            for line in parse_lines(answer):
                try:
                    cosignature_time(text=text, line=line, key=self._witness)
                except NotSigned:
                    continue
                return line
        except BadNote:
            pass
        raise WitnessRefused("unsigned")

    def _post(self, old: int, size: int, note: str) -> tuple[int, str]:
        proof = consistency_proof(old=old, new=size, subtree=StoredTree(self._connection))
        lines = "".join(f"{b64encode(each).decode('ascii')}\n" for each in proof)
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked when the submitter is made
            self._url,
            data=f"old {old}\n{lines}\n{note}".encode(),
            headers={"Content-Type": "text/plain; charset=utf-8"},
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS_OF_PATIENCE) as answer:  # noqa: S310
                return answer.status, answer.read(LONGEST_ANSWER).decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(LONGEST_ANSWER).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            raise WitnessRefused("unreachable") from None
