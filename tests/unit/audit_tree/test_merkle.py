"""The tree and its proofs: answers of another implementation and of the published reference tree, and laws."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import merkle
from audit.events import leaf_hash

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "merkle" / "trees.json").read_text())
# The reference tree of RFC 6962's first implementation, used by every log since (transparency-dev/merkle, testonly).
REFERENCE = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
REFERENCE_ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
REFERENCE_CONSISTENCY = {
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
    (6, 7): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
LEAVES = [leaf_hash(hashlib.shake_256(b"avhopp merkle vector %d" % n).digest(1 + n % 90)) for n in range(513)]


def reader(leaves):
    """Answer for whole subtrees straight from the definition."""

    @cache
    def subtree(level: int, index: int) -> bytes:
        if level == 0:
            return leaves[index]
        return merkle.node_hash(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1))

    return subtree


def root_of(leaves) -> bytes:
    tree = merkle.CompactRange()
    tree.extend(leaves)
    return tree.root()


@pytest.mark.parametrize("size", sorted(map(int, VECTORS["roots"])))
def test_roots_are_those_of_another_implementation(size):
    assert root_of(LEAVES[:size]).hex() == VECTORS["roots"][str(size)]


def test_inclusion_proofs_are_those_of_another_implementation():
    subtree = reader(LEAVES)
    for case in VECTORS["inclusion"]:
        proof = merkle.inclusion_proof(index=case["index"], size=case["size"], subtree=subtree)
        assert [part.hex() for part in proof] == case["proof"]


def test_consistency_proofs_hold_between_the_roots_of_another_implementation():
    subtree = reader(LEAVES)
    roots = {int(size): bytes.fromhex(root) for size, root in VECTORS["roots"].items()}
    for old, old_root in roots.items():
        for new, new_root in roots.items():
            if old <= new:
                proof = merkle.consistency_proof(old=old, new=new, subtree=subtree)
                merkle.check_consistency(old=old, old_root=old_root, new=new, new_root=new_root, proof=proof)


def test_reference_tree_of_the_standard():
    leaves = [leaf_hash(bytes.fromhex(text)) for text in REFERENCE]
    assert {size: root_of(leaves[:size]).hex() for size in REFERENCE_ROOTS} == REFERENCE_ROOTS
    for (old, new), expected in REFERENCE_CONSISTENCY.items():
        proof = merkle.consistency_proof(old=old, new=new, subtree=reader(leaves))
        assert [part.hex() for part in proof] == expected


def test_empty_tree_is_the_hash_of_nothing():
    assert merkle.CompactRange().root() == hashlib.sha256(b"").digest()


@given(st.lists(st.integers(0, 40), max_size=8))
def test_tree_grown_in_any_steps_is_the_same_tree_with_the_same_parts(steps):
    leaves, taken, tree, parts = LEAVES[: sum(steps)], 0, merkle.CompactRange(), {}
    for step in steps:
        for part in tree.extend(leaves[taken : taken + step]):
            parts |= {(part.level, part.first + n): digest for n, digest in enumerate(part.hashes)}
        taken += step
    assert tree.root() == root_of(leaves)
    subtree = reader(leaves)
    expected = {
        (level, index): subtree(level, index)
        for level in range(1, len(leaves).bit_length())
        for index in range(len(leaves) >> level)
    }
    assert parts == expected
    assert merkle.CompactRange(size=len(leaves), subtree=subtree).root() == tree.root()


@given(st.integers(1, 130), st.data())
def test_inclusion_proof_holds_for_its_leaf_and_place_alone(size, data):
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index=index, size=size, subtree=reader(LEAVES))
    right = {
        "leaf": LEAVES[index],
        "index": index,
        "size": size,
        "proof": proof,
        "root": root_of(LEAVES[:size]),
    }
    merkle.check_inclusion(**right)
    wrong = [
        {"leaf": LEAVES[size]},
        {"root": bytes(32)},
        {"index": size},
        {"proof": [*proof, bytes(32)]},
        {"size": 2 * size},
    ]
    wrong += [{"proof": proof[:-1]}] if proof else []
    wrong += [{"index": (index + 1) % size}] if size > 1 else []
    for change in wrong:
        with pytest.raises(merkle.BadProof):
            merkle.check_inclusion(**{**right, **change})


@given(st.integers(0, 130), st.integers(1, 130), st.data())
def test_consistency_proof_holds_for_its_two_trees_alone(old, more, data):
    new = old + more
    proof = merkle.consistency_proof(old=old, new=new, subtree=reader(LEAVES))
    old_root = root_of(LEAVES[:old])
    right = {"old": old, "old_root": old_root, "new": new, "new_root": root_of(LEAVES[:new]), "proof": proof}
    merkle.check_consistency(**right)
    wrong = [{"old_root": bytes(32)}, {"proof": [*proof, bytes(32)]}, {"old": new + 1}]
    if old:
        wrong += [{"new_root": bytes(32)}]
        place = data.draw(st.integers(0, len(proof) - 1))
        wrong += [{"proof": [*proof[:place], bytes(32), *proof[place + 1 :]]}, {"proof": proof[:-1]}]
    for change in wrong:
        with pytest.raises(merkle.BadProof):
            merkle.check_consistency(**{**right, **change})


@given(st.integers(1, 64), st.integers(0, 63), st.integers(1, 40))
def test_another_history_has_no_consistency_proof(old, changed, more):
    changed %= old
    forged = [*LEAVES[:changed], bytes(32), *LEAVES[changed + 1 :]]
    new = old + more
    for history in (LEAVES, forged):
        proof = merkle.consistency_proof(old=old, new=new, subtree=reader(history))
        with pytest.raises(merkle.BadProof):
            merkle.check_consistency(
                old=old,
                old_root=root_of(LEAVES[:old]),
                new=new,
                new_root=root_of(forged[:new]),
                proof=proof,
            )
