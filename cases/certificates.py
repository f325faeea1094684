"""Certificates of destruction, and how one is checked: by its digest in the log, the log's own tree, and the keys.

The certificate is canonical JSON; a copy that was indented or reordered on its way is the same certificate, and one
with another word is not.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg
from django.db import connection

from audit import checkpoint, merkle
from audit.events import canonical, leaf_hash
from audit.models import Leaf
from audit.models_tree import Sequenced, SignedCheckpoint
from audit.note import BadNote, NotSigned, VerifyKey
from audit.tree_store import MissingPart, StoredTree
from avhopp.sealed.keeping.events import FILES_DESTROYED
from avhopp.sealed.models import KeyState, ScopeKey

FORMAT = "avhopp-disposal/1"


class NotACertificate(Exception):
    """The text is no certificate of ours, or is damaged."""


class NotProven(Exception):
    """The certificate does not hold; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Proven:
    """Where the certificate stands in the log, and under which signed checkpoint."""

    files: int
    keys: int
    at: datetime
    place: int
    size: int


def digest_of(text: str) -> str:
    """The SHA-256 of a certificate, in hexadecimal."""
    try:
        said = json.loads(text)
        if said["format"] != FORMAT:
            raise NotACertificate
        return hashlib.sha256(canonical(said)).hexdigest()
    except (ValueError, KeyError, TypeError):
        raise NotACertificate from None


def prove(*, text: str, log: VerifyKey) -> Proven:
    """Find the certificate in the log, and its leaf in the signed tree; raises `NotACertificate` or `NotProven`."""
    digest, said = digest_of(text), json.loads(text)
    leaf = _leaf(digest)
    if leaf is None:
        raise NotProven("Loggen känner inte till beviset. Det är ändrat eller kommer från ett annat system.")
    place, size = _proven_in_the_tree(leaf, log)
    living = ScopeKey.objects.filter(pk__in=[UUID(key) for key in said["keys"]])
    if living.exclude(state=KeyState.DESTROYED).exists():
        raise NotProven("En nyckel som beviset säger är förstörd finns kvar. Kör manage.py verify_log.")
    return Proven(len(said["files"]), len(said["keys"]), leaf.at, place, size)


def _leaf(digest: str) -> Leaf | None:
    for leaf in Leaf.objects.filter(event=FILES_DESTROYED.code).order_by("at"):
        # What the leaf says is its body; the columns are copies.
        purpose = str(json.loads(bytes(leaf.body))["purpose"])
        if f"certificate={digest}&" in purpose:
            return leaf
    return None


def _proven_in_the_tree(leaf: Leaf, log: VerifyKey) -> tuple[int, int]:
    placed = Sequenced.objects.filter(leaf=leaf.pk).first()
    signed = SignedCheckpoint.objects.order_by("-number").first()
    if placed is None or signed is None or placed.seq >= signed.size:
        raise NotProven("Händelsen har inte fått sin plats i loggen än. Vänta en minut och försök igen.")
    connection.ensure_connection()
    under: psycopg.Connection = connection.connection
    try:
        head, _ = checkpoint.opened(signed.note, key=log)
        proof = merkle.inclusion_proof(index=placed.seq, size=head.size, subtree=StoredTree(under))
        merkle.check_inclusion(
            leaf=leaf_hash(bytes(leaf.body)), index=placed.seq, size=head.size, proof=proof, root=head.root
        )
    except (BadNote, NotSigned, MissingPart, merkle.BadProof):
        raise NotProven("Loggens träd bär inte beviset. Kör manage.py verify_log.") from None
    return placed.seq, head.size
