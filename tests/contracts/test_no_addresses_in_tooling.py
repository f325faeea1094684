"""The lock files and the tools name no place to download from: that is the machine's business, not the repository's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = ["Makefile", "pyproject.toml", ".pre-commit-config.yaml", ".ci/run", "frontend/package.json"]
LOCKS = ["requirements.lock", "requirements-uv.lock", "tests/bench/peers.lock", "frontend/package-lock.json"]
# A service on this machine may be named; nothing else may.
ADDRESS = re.compile(
    r"[a-z][a-z+]*://(?!(?:[^/@\s]*@)?127\.0\.0\.1\b)|--(?:extra-)?index-url\b|--find-links\b", re.I
)
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*==\S+", re.I | re.M)


@pytest.mark.parametrize("name", [*NAMED, *LOCKS, "frontend/.npmrc"])
def test_file_names_no_address(name):
    assert ADDRESS.findall((ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text", ["https://example.org/x", "git+ssh://a/b", "--index-url x", "redis://10.0.0.1"]
)
def test_an_address_would_be_found(text):
    assert ADDRESS.search(text)


@pytest.mark.parametrize("name", [name for name in LOCKS if name.endswith(".lock")])
def test_every_pinned_package_has_a_hash(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(PINNED.findall(text)) == len(blocks)
    assert [block.split(" ")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_every_node_package_has_a_hash():
    import json

    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_every_direct_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.search(r"^dependencies = \[\n(.*?)^\]", text, re.S | re.M)
    assert listed
    assert [line for line in listed[1].splitlines() if "#" not in line] == []
