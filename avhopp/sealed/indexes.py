"""The blind indexes: a bucket of a birth date, so that intake can find who may be known already, and a fingerprint of a
colleague's own home, so that she is asked about jäv in a case from the same address (ADR 0006).

The bucket has six bits of a keyed hash: sixty-four buckets, each shared by many as soon as there are some hundred
people. Whoever reads the database sees only that two people share one. The fingerprint is of staff alone; no client's
address has one stored.
"""

from __future__ import annotations

import secrets
from datetime import date

from django.conf import settings
from django.db import transaction

from avhopp.crypto.blind_index import MOST_BITS, BlindIndex, IndexRoot, new_index_root, open_index_root
from avhopp.sealed import keyring
from avhopp.sealed.models import IndexRoot as StoredRoot

VERSION = 1
# Safe for 128 to 4,096 people by `blind_index.allowed_bits`; with fewer a bucket is lonelier, and says as little.
BITS = 6
_held: dict[int, IndexRoot] = {}


def birth_bucket(born: date | None) -> int:
    """The bucket of a birth date; a random one when there is none, since an empty column would be seen."""
    if born is None:
        return secrets.randbelow(2**BITS)
    index = BlindIndex(_root(), label="cases.person", fields=["birth_date"], name="intake", bits=BITS)
    return index.of(born.isoformat())


def home_fingerprint(street: str, postcode: str) -> int:
    """The fingerprint of a home, of 31 bits: two different ones share it once in two thousand million."""
    fields = ["street", "postcode"]
    index = BlindIndex(_root(), label="cases.homeaddress", fields=fields, name="impartiality", bits=MOST_BITS)
    return index.of(street, postcode)


def _root() -> IndexRoot:
    held = _held.get(VERSION)
    if held is not None:
        return held
    row = StoredRoot.objects.filter(version=VERSION).first()
    if row is None:
        held_by = settings.ROOT_KEY
        _, wrapped = new_index_root(keyring.provider(held_by), org=settings.ORGANISATION, version=VERSION)
        # Another process may be first: then hers is the root and ours is forgotten.
        row = StoredRoot.objects.get_or_create(
            version=VERSION, defaults={"root": held_by, "wrapped": wrapped}
        )[0]
    root = open_index_root(
        keyring.provider(row.root), bytes(row.wrapped), org=settings.ORGANISATION, version=VERSION
    )
    # Kept only once it is certainly there: a root that was rolled back must not go on making indexes.
    transaction.on_commit(lambda: _held.update({VERSION: root}))
    return root
