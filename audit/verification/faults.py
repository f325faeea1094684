"""What can be wrong with the log, in words, and what a verification tells. Pure.

A report says as plainly what it could not exclude as what it found: silence about a missing witness would be a lie.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from avhopp.translation import gettext_noop

# A log that has been rewritten has a fault in every entry; the first ones say it all.
MOST_KEPT = 200


class FaultKind(StrEnum):
    """The kinds of fault; the value is the code that machines read."""

    EDITED = "edited"
    MOVED = "moved"
    REMOVED = "removed"
    GAP = "gap"
    INSERTED = "inserted"
    REPLACED = "replaced"
    BACKDATED = "backdated"
    COPY = "copy"
    PAYLOAD = "payload"
    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"
    CHECKPOINT = "checkpoint"
    CHECKPOINT_GONE = "checkpoint_gone"
    NODE = "node"
    COSIGNATURE = "cosignature"
    UNWITNESSED = "unwitnessed"
    TRUNCATED = "truncated"
    FORKED = "forked"
    ROW_CHANGED = "row_changed"
    ROW_GONE = "row_gone"
    ROW_UNKNOWN = "row_unknown"
    GRANT_UNKNOWN = "grant_unknown"
    GRANT_CHANGED = "grant_changed"
    GRANT_GONE = "grant_gone"
    RECEIPT = "receipt"
    TOKEN = "token"  # noqa: S105 - a kind of fault
    KEY_GONE = "key_gone"


SENTENCES: dict[FaultKind, str] = {
    FaultKind.EDITED: gettext_noop("bladets innehåll har ändrats"),
    FaultKind.MOVED: gettext_noop("bladet har bytt plats med ett annat"),
    FaultKind.REMOVED: gettext_noop("bladet är borttaget"),
    FaultKind.GAP: gettext_noop("platsen i trädet saknas"),
    FaultKind.INSERTED: gettext_noop("bladet har lagts in vid sidan av loggen"),
    FaultKind.REPLACED: gettext_noop("trädet är inte det som signerades"),
    FaultKind.BACKDATED: gettext_noop("bladets tid stämmer inte med när det fick sin plats"),
    FaultKind.COPY: gettext_noop("sökkolumnerna säger något annat än bladet"),
    FaultKind.PAYLOAD: gettext_noop("den förseglade detaljen är utbytt"),
    FaultKind.UNREADABLE: gettext_noop("bladet har ingen känd form"),
    FaultKind.UNSIGNED: gettext_noop("bladet står efter den sista signerade kontrollpunkten"),
    FaultKind.CHECKPOINT: gettext_noop("kontrollpunkten är inte giltigt signerad"),
    FaultKind.CHECKPOINT_GONE: gettext_noop("kontrollpunkten saknas"),
    FaultKind.NODE: gettext_noop("ett lagrat delträd stämmer inte"),
    FaultKind.COSIGNATURE: gettext_noop("vittnets underskrift är inte giltig"),
    FaultKind.UNWITNESSED: gettext_noop(
        "vittnet har inte medsignerat det här bladet, fast det borde ha gjort det"
    ),
    FaultKind.TRUNCATED: gettext_noop("blad som har funnits är borta; någon utanför har sett fler än så här"),
    FaultKind.FORKED: gettext_noop("någon utanför har sett en annan logg än den här"),
    FaultKind.ROW_CHANGED: gettext_noop("raden är inte den som loggen senast såg skrivas"),
    FaultKind.ROW_GONE: gettext_noop("raden är borta utan att loggen vet om det"),
    FaultKind.ROW_UNKNOWN: gettext_noop("raden finns utan att loggen vet om det"),
    FaultKind.GRANT_UNKNOWN: gettext_noop("åtkomsten finns utan att loggen vet om det"),
    FaultKind.GRANT_CHANGED: gettext_noop("åtkomsten är inte den som loggen senast såg"),
    FaultKind.GRANT_GONE: gettext_noop("åtkomsten är borta utan att loggen vet om det"),
    FaultKind.RECEIPT: gettext_noop("bladet som någon utanför har kvitto på finns inte eller är ett annat"),
    FaultKind.TOKEN: gettext_noop("det förseglade ämnet eller detaljen går inte att öppna"),
    FaultKind.KEY_GONE: gettext_noop("nyckeln till ämnet är borttagen, inte gallrad"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `entry` is the leaf's place in the tree from 0, None for what has none; `about` says more."""

    kind: FaultKind
    entry: int | None = None
    about: str = ""

    def __str__(self) -> str:
        where = "" if self.entry is None else f"plats {self.entry}: "
        return f"{where}{SENTENCES[self.kind]}{f' ({self.about})' if self.about else ''}"


@dataclass(slots=True)
class Report:
    """What a verification found. `notes` are what it could not exclude."""

    size: int = 0
    checkpoints: int = 0
    witnessed: int = 0
    first_at: str = ""
    root: bytes = b""
    rows: int = 0
    grants: int = 0
    receipts: int = 0
    disposed: int = 0
    waiting: int = 0
    count: int = 0
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    finished_at: datetime | None = None

    def add(self, fault: Fault) -> None:
        """Count a fault, and keep it if it is among the first."""
        self.count += 1
        if len(self.faults) < MOST_KEPT:
            self.faults.append(fault)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.count

    @property
    def first(self) -> Fault | None:
        """The fault that stands first in the log; one without a place comes after those that have one."""
        return min(self.faults, key=lambda f: (f.entry is None, f.entry or 0), default=None)
