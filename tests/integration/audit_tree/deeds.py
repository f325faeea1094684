"""What the tests of tampering share: how a fault is looked for in the system and in the export alike."""

from __future__ import annotations

from audit import events
from audit.models import Sequenced
from audit.verification.faults import FaultKind
from tests.integration.audit_tree.conftest import ACTOR, EVENT

# What only the system can see: its own subtrees, and what its own keys open.
GRANTS = {FaultKind.GRANT_UNKNOWN, FaultKind.GRANT_CHANGED, FaultKind.GRANT_GONE}
ONLY_INSIDE = {FaultKind.NODE, FaultKind.TOKEN, FaultKind.KEY_GONE, *GRANTS}


def found(running, **given):
    """The faults that the system finds; the one-file verifier must find the same in an export."""
    report = running.report(**given)
    kinds = {fault.kind.value for fault in report.faults if fault.kind not in ONLY_INSIDE}
    assert kinds == running.standalone_faults(**given)
    return {(fault.kind, fault.entry) for fault in report.faults}, report


def leaf_at(place: int):
    return Sequenced.objects.get(seq=place).leaf


def forged_body(leaf, *, at):
    return events.encode(
        leaf=leaf,
        at=at,
        event=EVENT,
        actor=ACTOR,
        about=None,
        basis="forged",
        purpose="",
        subjects=[],
        payload=None,
    )
