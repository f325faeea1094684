"""A short, deliberately imprecise fingerprint that finds possible duplicates at intake, and nothing else.

So few bits are kept that strangers share a value; whoever uses it opens and compares the candidates.
Cutting the fingerprint hides who is unique, not what is common: index only combinations that nobody can
count, never a gang, a status, a risk, a postcode or a name alone. Not a constraint: uniqueness needs a lock
on the bucket and a comparison. Bounds after CipherSweet's planning rules; the measurements are in
security.md §5.
"""

from __future__ import annotations

import hmac
import math
import unicodedata
from collections.abc import Sequence
from os import urandom
from typing import NamedTuple
from uuid import UUID

from .algorithms import subkey
from .encoding import length_prefixed
from .providers import RootKeyProvider
from .secret import KEY_BYTES, SecretHolder, require_key

NORMALISATION = "1"
FEWEST_ROWS = 16
MOST_BITS = 31
"""So that a value fits PostgreSQL's integer."""


class UnsafePlan(ValueError):
    """The indexes would say too much, or too little to be of use; the message says how many bits fit."""


class IncompleteInput(ValueError):
    """A part is missing or blank: store no index, since one for blanks would list everybody with a blank."""

    def __init__(self) -> None:
        super().__init__("a blind index needs every part, and none of them blank")


class IndexRoot(SecretHolder):
    """An organisation's root of blind indexes.

    Apart from the epoch keys, so that a new epoch does not force every index to be computed again.
    """

    __slots__ = ("_raw",)

    def __init__(self, raw: bytes) -> None:
        require_key(raw)
        self._raw = raw

    def derive(self, info: bytes) -> bytes:
        """Derive one index's key."""
        return subkey(self._raw, info)


class BlindIndex(SecretHolder):
    """One index over a fixed list of fields. Make it once per process and organisation."""

    __slots__ = ("_key", "bits", "fields")

    def __init__(self, root: IndexRoot, *, label: str, fields: Sequence[str], name: str, bits: int) -> None:
        if not fields or not 1 <= bits <= MOST_BITS:
            raise ValueError(f"a blind index needs at least one field and 1 to {MOST_BITS} bits")
        self.fields = tuple(fields)
        self.bits = bits
        # Unambiguous: everything but `fields` stands at a fixed place from the front or the back.
        self._key = root.derive(length_prefixed("cms.bidx.v1", label, *fields, name, NORMALISATION))

    def of(self, *parts: str) -> int:
        """Compute the index of one row's parts, in the order of `fields`: a number of `bits` bits."""
        normal = [normalise(part) for part in parts]
        if len(normal) != len(self.fields) or not all(normal):
            raise IncompleteInput()
        digest = hmac.digest(self._key, length_prefixed(*normal), "sha256")
        return int.from_bytes(digest[:4], "big") >> (32 - self.bits)


class Planned(NamedTuple):
    """An index as planned: the bits kept, and the bits of the input to somebody who knows the town."""

    bits: int
    entropy: float


def new_index_root(root: RootKeyProvider, *, org: UUID, version: int) -> tuple[IndexRoot, bytes]:
    """Make an index root; returns it ready for use, and wrapped by the root key for the table."""
    raw = urandom(KEY_BYTES)
    return IndexRoot(raw), root.wrap_index_root(raw, org=org, version=version)


def open_index_root(root: RootKeyProvider, wrapped: bytes, *, org: UUID, version: int) -> IndexRoot:
    """Unwrap an index root, or raise CannotOpen."""
    return IndexRoot(root.unwrap_index_root(wrapped, org=org, version=version))


def normalise(text: str) -> str:
    """Bring spellings together: compatibility forms (NFKD), case, runs of space. Accents stay."""
    return " ".join(unicodedata.normalize("NFKD", text).casefold().split())


def allowed_bits(*, rows: int) -> range:
    """Say how many bits all indexes of a row may have together, for the number of rows expected.

    With R rows and b bits a value is shared by R / 2^b rows on average, which shall lie between 2 and √R.
    """
    if rows < FEWEST_ROWS:
        raise UnsafePlan(f"an index over fewer than {FEWEST_ROWS} rows points at people: compare all instead")
    exponent = math.log2(rows)
    return range(math.ceil(exponent / 2), math.floor(exponent - 1) + 1)


def require_safe(*, rows: int, indexes: Sequence[Planned]) -> None:
    """Refuse indexes that together keep too many bits, or too few, for the number of rows expected."""
    allowed = allowed_bits(rows=rows)
    total = sum(min(index.bits, index.entropy) for index in indexes)
    if not allowed[0] <= total <= allowed[-1]:
        raise UnsafePlan(
            f"the indexes keep {total:g} bits together; {rows} rows allow {allowed[0]} to {allowed[-1]}"
        )
