"""The directions of import hold, and each contract is seen to fail when it is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).parent / "lint-imports"
PACKAGES = ("config", "avhopp", "audit", "cases", "followup")
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
# Contract: the file that breaks it, and the line that does.
VIOLATIONS = {
    "foundation": ("avhopp/web/client.py", "import cases.workflow"),
    "programme": ("cases/policies.py", "import followup.models"),
    "one-door": ("followup/views/overview.py", "import cases.models"),
    "interface": ("cases/views/start.py", "from cases.models import Case"),
    "crypto": ("cases/actions/notes.py", "from avhopp.crypto.seal import DataKey"),
    "keyring": ("cases/access.py", "from avhopp.sealed import keyring"),
    "rules": ("cases/workflow.py", "from django.conf import settings"),
    "storeys": ("cases/queries/work.py", "from cases.actions import notes"),
    "demo": ("cases/tasks.py", "from avhopp.demo import colleagues"),
    "wiring": ("audit/log.py", "from config import env"),
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The packages and the contracts, to break things in."""
    target = tmp_path_factory.mktemp("copy")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, target / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", target)
    return target


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINTER, "--no-cache", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_every_contract_has_a_planted_violation():
    assert set(VIOLATIONS) == set(CONTRACTS)


def test_every_contract_holds(copy):
    result = lint(copy)
    assert result.returncode == 0, result.stdout
    assert f"{len(CONTRACTS)} kept, 0 broken" in result.stdout


@pytest.mark.parametrize("contract", sorted(VIOLATIONS))
def test_a_planted_violation_breaks_its_contract(copy, contract):
    path, line = VIOLATIONS[contract]
    source = (copy / path).read_text()
    (copy / path).write_text(f"{source}\n{line}\n")
    try:
        result = lint(copy, "--contract", contract)
    finally:
        (copy / path).write_text(source)
    assert result.returncode == 1, result.stdout
    assert "0 kept, 1 broken" in result.stdout
