"""Makes tests/vectors/merkle/trees.json with pymerkle, sharing no code with what it judges.

Run it in a throw-away environment: `pip install pymerkle==7.0.0`, then `python make_merkle_vectors.py`. The leaves are
derived from their numbers, so a second run writes the same bytes. pymerkle puts the leaf itself first in an inclusion
path; it is dropped here. Its consistency proofs are not those of the standard, so only its roots are kept for them.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pymerkle

FOLDER = Path(__file__).parent / "merkle"
SIZES = [*range(1, 35), 63, 64, 65, 100, 127, 128, 129, 255, 256, 257, 300, 511, 512, 513]


def leaf(number: int) -> bytes:
    return hashlib.shake_256(b"avhopp merkle vector %d" % number).digest(1 + number % 90)


def main() -> None:
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for number in range(max(SIZES)):
        tree.append_entry(leaf(number))
    inclusion = []
    for size in SIZES:
        for index in sorted({0, size // 3, size // 2, size - 1}):
            path = tree.prove_inclusion(index + 1, size).serialize()["path"]
            inclusion.append({"index": index, "size": size, "proof": path[1:]})
    vectors = {
        "roots": {size: tree.get_root(size).hex() for size in SIZES},
        "inclusion": inclusion,
    }
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "trees.json").write_text(json.dumps(vectors, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
