"""Verifies the whole log: the tree, the signatures, the witness's, the times, the copies, and the rows as they are.

Reads one snapshot and writes nothing. What cannot be excluded with what it was given, it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.utils.translation import gettext as _

from audit.events import timestamp
from audit.note import VerifyKey
from audit.verification import reading, rows
from audit.verification.entries import ANY_TIME
from audit.verification.faults import Fault, FaultKind, Report
from audit.verification.heads import Heads, seen_head
from audit.verification.reading import BODY, LEAF, Row
from audit.verification.spool import Spool
from audit.verification.subjects import Subjects
from audit.verification.tree import TreeCheck

# A witness may be away for a while; what is older than this should have been cosigned.
LONGEST_UNWITNESSED = timedelta(minutes=15)
WAITING_ENTRY = -1


@dataclass(frozen=True, slots=True)
class Trust:
    """What the verifier brings: the log's public key, the witnesses', and checkpoints that others hold."""

    log: VerifyKey
    witnesses: Sequence[VerifyKey] = ()
    seen: Sequence[str] = ()


def verify(*, trust: Trust, now: datetime, with_rows: bool = True) -> Report:
    """Verify everything and report; raises `NotBelievable` when a given checkpoint is signed by nobody known."""
    report = Report()
    seen = [seen_head(raw=raw, log=trust.log, witnesses=trust.witnesses) for raw in trust.seen]
    with reading.snapshot() as database, Spool() as spool:
        heads = Heads(log=trust.log, witnesses=trust.witnesses, report=report)
        check = TreeCheck(
            database=database, report=report, on_subjects=_into(spool, report) if with_rows else _nowhere
        )
        check.run(
            entries=reading.chunks(database, "entries", reading.ENTRIES),
            stored=heads.stored(reading.rows(database, "checkpoints", reading.CHECKPOINTS)),
            seen=seen,
        )
        _waiting(database, check, report)
        for (leaf,) in reading.rows(database, "beside", reading.BESIDE):
            report.add(Fault(FaultKind.INSERTED, None, str(leaf)))
        _witnessed(trust, check, report, now)
        if with_rows:
            rows.compare(spool=spool, report=report)
    report.notes.extend([*heads.notes(), *_left_open(trust, report, with_rows)])
    report.finished_at = now
    return report


def _into(spool: Spool, report: Report) -> Any:
    subjects = Subjects(report)

    def keep(entry: int | None, kind: str, told: list[dict[str, Any]]) -> None:
        place = WAITING_ENTRY if entry is None else entry
        for position, label, row, digest in subjects.of(entry, told):
            if digest is not None:
                spool.written(
                    label=label, row=row, entry=place, position=position, digest=bytes.fromhex(digest)
                )
            elif kind == "change":
                spool.removed(label=label, row=row)

    return keep


def _nowhere(entry: int | None, kind: str, told: list[dict[str, Any]]) -> None:
    """Verify the log alone."""


def _waiting(database: psycopg.Connection[Row], check: TreeCheck, report: Report) -> None:
    """Look at the leaves that wait for their place: the rows that they tell of are written already."""
    for row in reading.rows(database, "waiting", reading.WAITING):
        report.waiting += 1
        if row[BODY] is None:
            report.add(Fault(FaultKind.REMOVED, None, f"väntade på sin plats, {row[LEAF]}"))
        else:
            check.look_at(row, None, ANY_TIME)


def _witnessed(trust: Trust, check: TreeCheck, report: Report, now: datetime) -> None:
    if not trust.witnesses or report.witnessed >= report.size:
        return
    if not report.witnessed or check.unwitnessed_at < timestamp(now - LONGEST_UNWITNESSED):
        report.add(Fault(FaultKind.UNWITNESSED, report.witnessed, check.unwitnessed_at))


def _left_open(trust: Trust, report: Report, with_rows: bool) -> list[str]:
    notes = []
    if not trust.witnesses and not trust.seen:
        notes.append(
            _(
                "Inget vittne: den som har haft loggens signeringsnyckel kan ha skrivit om hela loggen eller tagit "
                "bort de senaste bladen. Det går inte att utesluta."
            )
        )
    elif not trust.seen:
        notes.append(
            _(
                "Ingen kontrollpunkt från någon utanför gavs med: att hela databasen har satts tillbaka till en "
                "tidigare dag går inte att utesluta. Ge vittnets adress med --witness-url."
            )
        )
    if report.waiting:
        notes.append(
            _("{count} blad väntar ännu på sin plats och kan ändras utan att det syns.").format(
                count=report.waiting
            )
        )
    if not with_rows:
        notes.append(_("Raderna jämfördes inte med loggen."))
    return notes
