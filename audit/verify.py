"""Verifies the whole log: the tree, the signatures, the witness's, the times, the copies, and the rows as they are.

Reads one snapshot and writes nothing. What cannot be excluded with what it was given, it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from audit.events import timestamp
from audit.note import VerifyKey
from audit.verification import grants, reading, receipts, rows
from audit.verification.faults import Fault, FaultKind, Report
from audit.verification.heads import Heads, seen_head
from audit.verification.spool import Spool
from audit.verification.tree import TreeCheck
from avhopp.database.rows import gives_all

# A witness may be away for a while; what is older than this should have been cosigned.
LONGEST_UNWITNESSED = timedelta(minutes=15)


class NotEveryRow(Exception):
    """The database gives this role some rows alone, so they cannot be compared: connect as the worker's role."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What the verifier brings: the log's public key, the witnesses', checkpoints and receipts that others hold."""

    log: VerifyKey
    witnesses: Sequence[VerifyKey] = ()
    seen: Sequence[str] = ()
    receipts: Iterable[str] = ()


def verify(*, trust: Trust, now: datetime, with_rows: bool = True) -> Report:
    """Verify everything and report.

    Raises `NotBelievable` when a given checkpoint is signed by nobody known, and `NotEveryRow`.
    """
    if with_rows and not gives_all():
        raise NotEveryRow
    report = Report()
    seen = [seen_head(raw=raw, log=trust.log, witnesses=trust.witnesses) for raw in trust.seen]
    with reading.snapshot() as database, Spool() as spool:
        heads = Heads(log=trust.log, witnesses=trust.witnesses, report=report)
        on_subjects = rows.keeping(spool=spool, report=report) if with_rows else rows.ignoring
        check = TreeCheck(database=database, report=report, on_subjects=on_subjects)
        check.run(
            entries=reading.chunks(database, "entries", reading.ENTRIES),
            stored=heads.stored(reading.rows(database, "checkpoints", reading.CHECKPOINTS)),
            seen=seen,
        )
        check.look_at_waiting(reading.rows(database, "waiting", reading.WAITING))
        # Places are unique, so without a queue the numbers tell; a queue may name one leaf twice to hide another.
        if report.waiting or reading.count(database) != check.leaves:
            for (leaf,) in reading.beside(database):
                report.add(Fault(FaultKind.INSERTED, None, str(leaf)))
        _witnessed(trust, check, report, now)
        receipts.compare(database=database, lines=trust.receipts, report=report)
        if with_rows:
            rows.compare(spool=spool, report=report)
            grants.compare(database=database, spool=spool, report=report)
    report.notes.extend([*heads.notes(), *_left_open(trust, report, with_rows)])
    report.finished_at = now
    return report


def _witnessed(trust: Trust, check: TreeCheck, report: Report, now: datetime) -> None:
    if not trust.witnesses or report.witnessed >= report.size:
        return
    is_late = bool(check.unwitnessed_at) and check.unwitnessed_at < timestamp(now - LONGEST_UNWITNESSED)
    if not report.witnessed or is_late:
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
