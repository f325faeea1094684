"""Nothing under avhopp.crypto brings Django or Celery with it."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import avhopp.crypto


def test_importing_all_of_crypto_imports_no_framework() -> None:
    names = [found.name for found in pkgutil.walk_packages(avhopp.crypto.__path__, "avhopp.crypto.")]
    assert "avhopp.crypto.seal" in names
    program = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "unwanted = {'django', 'celery', 'kombu', 'psycopg'}\n"
        "print([name for name in sys.modules if name.split('.')[0] in unwanted])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(avhopp.crypto.__path__[0]).parents[1],
    )
    assert told.stdout.strip() == "[]"
