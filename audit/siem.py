"""Tells the municipality's SIEM that something happened: one line of JSON for each committed leaf, on standard output.

The form is the Elastic Common Schema. A line holds what happened as a code, when, and the leaf's id and hash, and
nothing of who did it or to whom: whoever may know that looks the leaf up in the log. The hash is a receipt for the
seconds before the leaf has its place in the tree: it leaves this machine with the line, and whoever removes the leaf
cannot call it back.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.events import Event, Kind, leaf_hash, timestamp

VERSION = "8.17.0"
DATASET = "avhopp.log"
logger = logging.getLogger("avhopp.siem")
CATEGORIES: dict[Kind, tuple[str, tuple[str, ...]]] = {
    Kind.READ: ("database", ("access",)),
    Kind.CHANGE: ("database", ("change",)),
    Kind.REFUSAL: ("database", ("access", "denied")),
    Kind.EXPORT: ("file", ("access",)),
    Kind.GRANT: ("iam", ("change",)),
    Kind.ACCOUNT: ("iam", ("user", "info")),
    Kind.KEY: ("configuration", ("change",)),
}
# What whoever watches the municipality's systems should look at now.
ALERTS = frozenset({"decoy.opened", "log.fault_found", "account.sign_in_locked", "emergency.taken"})
_SIGN_IN = "account.sign_in"


def send(*, leaf: UUID, at: datetime, event: Event, request: str, body: bytes) -> None:
    """Write the leaf's line when its transaction has committed; never when it is taken back."""
    if logger.isEnabledFor(logging.INFO):
        text = line(leaf=leaf, at=at, event=event, request=request, body=body)

        def write() -> None:
            logger.info("%s", text)

        # A pipe that is gone stops no work: the record itself is what must not fail.
        transaction.on_commit(write, robust=True)


def line(*, leaf: UUID, at: datetime, event: Event, request: str, body: bytes) -> str:
    """Give the line of one leaf."""
    category, types = CATEGORIES[event.kind]
    is_sign_in = event.code.startswith(_SIGN_IN) or event.code == "account.signed_in"
    is_refusal = event.kind is Kind.REFUSAL
    said: dict[str, Any] = {
        "@timestamp": timestamp(at),
        "ecs": {"version": VERSION},
        "service": {"name": "avhopp"},
        "event": {
            "id": str(leaf),
            "action": event.code,
            "kind": "alert" if event.code in ALERTS else "event",
            "category": ["authentication" if is_sign_in else category],
            "type": list(types),
            "outcome": "failure" if is_refusal else "success",
            "dataset": DATASET,
            "hash": leaf_hash(body).hex(),
        },
    }
    if request:
        said["trace"] = {"id": request}
    return json.dumps(said, separators=(",", ":"), ensure_ascii=True)
