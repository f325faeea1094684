"""The facts that figures are counted from: what has happened, coded, in which half-year. Never about whom."""

from __future__ import annotations

from avhopp.sealed.base import SealedModel
from avhopp.sealed.fields import SealedJSONField, SealedTextField
from followup.vault import FACTS


class Fact(SealedModel):
    """What has happened in one course of events, from the first contact on.

    `mark` lets the nightly reading find the row again while the case lives; it is cut when the case's key is
    destroyed, and the row is then a count like any other.
    """

    shared_scope = FACTS

    mark = SealedTextField(label="followup.fact")
    happened = SealedJSONField(label="followup.fact")

    plain_because: dict[str, str] = {}


class Heard(SealedModel):
    """What a verb of the programme has said since the last reading, coded; the reading takes it in and removes it."""

    # The reading is the worker's.
    worker_may = "SELECT, INSERT, DELETE"
    shared_scope = FACTS

    mark = SealedTextField(label="followup.heard")
    happened = SealedJSONField(label="followup.heard")

    plain_because: dict[str, str] = {}
