"""The one blind index: a bucket of a birth date, so that intake can find who may be known already (ADR 0006).

Six bits of a keyed hash: sixty-four buckets, each shared by many as soon as there are some hundred people. A bucket
says nothing without the root key; whoever reads the database sees only that two people share one.
"""

from __future__ import annotations

import secrets
from datetime import date

from django.conf import settings
from django.db import transaction

from avhopp.crypto.blind_index import BlindIndex, new_index_root, open_index_root
from avhopp.sealed import keyring
from avhopp.sealed.models import IndexRoot

VERSION = 1
# Safe for 128 to 4,096 people by `blind_index.allowed_bits`; with fewer a bucket is lonelier, and says as little.
BITS = 6
_held: dict[int, BlindIndex] = {}


def birth_bucket(born: date | None) -> int:
    """The bucket of a birth date; a random one when there is none, since an empty column would be seen."""
    return secrets.randbelow(2**BITS) if born is None else _index().of(born.isoformat())


def _index() -> BlindIndex:
    held = _held.get(VERSION)
    if held is not None:
        return held
    row = IndexRoot.objects.filter(version=VERSION).first()
    if row is None:
        held_by = settings.ROOT_KEY
        _, wrapped = new_index_root(keyring.provider(held_by), org=settings.ORGANISATION, version=VERSION)
        # Another process may be first: then hers is the root and ours is forgotten.
        row = IndexRoot.objects.get_or_create(
            version=VERSION, defaults={"root": held_by, "wrapped": wrapped}
        )[0]
    root = open_index_root(
        keyring.provider(row.root), bytes(row.wrapped), org=settings.ORGANISATION, version=VERSION
    )
    index = BlindIndex(root, label="cases.person", fields=["birth_date"], name="intake", bits=BITS)
    # Kept only once its root is certainly there: a root that was rolled back must not go on making buckets.
    transaction.on_commit(lambda: _held.update({VERSION: index}))
    return index
