"""The Merkle tree of RFC 6962 §2.1 and RFC 9162 §2.1: growing, and the proofs of inclusion and consistency. Pure.

A subtree is named by its level (0 is a leaf hash) and its index at that level, so that proofs can be made from any
store that answers for whole subtrees. Nothing here may read a clock, a key or a table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
# A tree of 2^62 leaves is out of reach; a longer proof is nonsense (C2SP tlog-witness allows 63 lines).
LONGEST_PROOF = 63

Subtree = Callable[[int, int], bytes]


class BadProof(Exception):
    """The proof does not hold: the two trees are not one growing tree, or the leaf is not where it should be."""


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into one (RFC 9162 §2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Completed:
    """The subtrees of one level that an extension completed, from index `first` on."""

    level: int
    first: int
    hashes: list[bytes]


class CompactRange:
    """A tree of any size, held as its at most 62 whole subtrees."""

    def __init__(self, *, size: int = 0, subtree: Subtree | None = None) -> None:
        """Begin empty, or with the first `size` leaves of a stored tree."""
        self.size = size
        # The whole subtree at each level whose bit is set in `size`.
        self._whole: list[bytes | None] = []
        if size:
            assert subtree is not None
            self._whole = [
                subtree(level, (size >> level) - 1) if size >> level & 1 else None
                for level in range(size.bit_length())
            ]

    def extend(self, leaves: Sequence[bytes]) -> list[Completed]:
        """Append leaf hashes; returns the subtrees completed above the leaves, lowest level first."""
        completed: list[Completed] = []
        fresh, level, size = list(leaves), 0, self.size
        self.size += len(fresh)
        while fresh:
            if level == len(self._whole):
                self._whole.append(None)
            left = self._whole[level]
            if left is not None:
                fresh = [left, *fresh]
            self._whole[level] = fresh[-1] if len(fresh) & 1 else None
            pairs = iter(fresh)
            # zip drops an unpaired last subtree, which stays whole at this level.
            fresh = [sha256(b"\x01" + one + two).digest() for one, two in zip(pairs, pairs, strict=False)]
            level += 1
            if fresh:
                completed.append(Completed(level, size >> level, fresh))
        return completed

    def root(self) -> bytes:
        """The root hash of the leaves so far."""
        root: bytes | None = None
        for whole in self._whole:
            if whole is not None:
                root = whole if root is None else node_hash(whole, root)
        return EMPTY_ROOT if root is None else root


def inclusion_proof(*, index: int, size: int, subtree: Subtree) -> list[bytes]:
    """Prove that leaf `index` is in the tree of the first `size` leaves, lowest hash first (RFC 9162 §2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError("the leaf is not in a tree of that size")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_size(end - start)
        if index < middle:
            proof.append(_hash_of(middle, end, subtree))
            end = middle
        else:
            proof.append(_hash_of(start, middle, subtree))
            start = middle
    return proof[::-1]


def consistency_proof(*, old: int, new: int, subtree: Subtree) -> list[bytes]:
    """Prove that the tree of `new` leaves begins with the tree of `old` leaves (RFC 9162 §2.1.4.1)."""
    if not 0 <= old <= new:
        raise ValueError("a tree only grows")
    if old in (0, new):
        return []
    proof: list[bytes] = []
    start, end, is_known = 0, new, True
    while old != end:
        middle = start + _left_size(end - start)
        if old <= middle:
            proof.append(_hash_of(middle, end, subtree))
            end = middle
        else:
            proof.append(_hash_of(start, middle, subtree))
            start, is_known = middle, False
    if not is_known:
        proof.append(_hash_of(start, end, subtree))
    return proof[::-1]


def check_inclusion(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raise `BadProof` unless the leaf hash stands at `index` under `root` (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size or len(proof) > LONGEST_PROOF:
        raise BadProof
    place, last, current = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise BadProof
        if place & 1 or place == last:
            current = node_hash(sibling, current)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            current = node_hash(current, sibling)
        place, last = place >> 1, last >> 1
    if last or current != root:
        raise BadProof


def check_consistency(
    *, old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Raise `BadProof` unless the newer tree begins with the older one (RFC 9162 §2.1.4.2)."""
    if not 0 <= old <= new or len(proof) > LONGEST_PROOF:
        raise BadProof
    if old in (0, new):
        if proof or (old == new and old_root != new_root) or (old == 0 and old_root != EMPTY_ROOT):
            raise BadProof
        return
    # An old tree that is one whole subtree is its own first hash.
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        raise BadProof
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise BadProof
        if place & 1 or place == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        place, last = place >> 1, last >> 1
    if last or first != old_root or second != new_root:
        raise BadProof


def _left_size(leaves: int) -> int:
    """The largest power of two below `leaves`."""
    return 1 << (leaves - 1).bit_length() - 1


def _hash_of(start: int, end: int, subtree: Subtree) -> bytes:
    """Hash leaves `start` to `end`, where `start` is aligned as every right part of a split is."""
    leaves = end - start
    if leaves & (leaves - 1) == 0:
        level = leaves.bit_length() - 1
        return subtree(level, start >> level)
    middle = start + _left_size(leaves)
    return node_hash(_hash_of(start, middle, subtree), _hash_of(middle, end, subtree))
