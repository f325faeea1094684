"""`make bench-sealed`: sealed fields against plain ones, and against the two packages that a project would pick else.

A thousand rows of one case, each with eight texts of 48 characters; the four tables are alike in everything else. What
is written is taken back. The peers come from `peers.lock` and are installed for this measurement alone.
Exits with 1 when a goal of issue 6 is missed by more than the spread.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import django

ROWS, FIELDS, ROUNDS = 1_000, 8, 25
TEXT = "Kom i tid till mötet på kontoret, utan anmärkning"[:48]
PEERS = {"fernet": "django-fernet-encrypted-fields", "model": "django-encrypted-model-fields"}
HOME = Path(__file__).resolve().parents[2] / ".bench-peers"
NAMES = [f"text{number}" for number in range(FIELDS)]
# What is measured: at most so many times plain, and at least so many times quicker than either peer.
GOALS = {"read, all opened": (5.0, 2.0), "read, none opened": (2.0, 6.0), "written": (2.3, 1.8)}


def models_of() -> dict[str, Any]:
    """The four tables, by what their fields are made of."""
    from django.db import models
    from encrypted_fields.fields import EncryptedTextField as FernetText
    from encrypted_model_fields.fields import EncryptedTextField as ModelText

    from avhopp.sealed.base import SealedModel
    from avhopp.sealed.fields import SealedTextField

    def made(kind: str, base: type, field: Callable[[str], Any]) -> Any:
        meta = type("Meta", (), {"app_label": "floor", "managed": False, "db_table": f"floor_{kind}"})
        columns: dict[str, Any] = {name: field(name) for name in NAMES}
        if not issubclass(base, SealedModel):
            columns["id"] = models.UUIDField(primary_key=True, default=uuid4)
        of_case = {"case": models.UUIDField(), "sealed_scope": "case", "Meta": meta, "__module__": __name__}
        return type(f"Rows{kind.capitalize()}", (base,), {**columns, **of_case})

    return {
        "plain": made("plain", models.Model, lambda name: models.TextField()),
        "sealed": made("sealed", SealedModel, lambda name: SealedTextField(label="floor.sealed")),
        "fernet": made("fernet", models.Model, lambda name: FernetText()),
        "model": made("model", models.Model, lambda name: ModelText()),
    }


def acts(model: Any, case: UUID) -> dict[str, Callable[[], float]]:
    """What is measured of one table, each giving seconds."""
    from django.db import transaction

    def timed(act: Callable[[], Any]) -> Callable[[], float]:
        def measured() -> float:
            begun = time.perf_counter()
            act()
            return time.perf_counter() - begun

        return measured

    def read(names: list[str]) -> None:
        for row in model.objects.all():
            for name in names:
                if len(getattr(row, name)) != len(TEXT):
                    raise AssertionError(f"{model.__name__}.{name}")

    def written() -> float:
        with transaction.atomic():
            took = timed(lambda: write(model, case))()
            transaction.set_rollback(True)
        return took

    return {
        "read, all opened": timed(lambda: read(NAMES)),
        "read, two opened": timed(lambda: read(NAMES[:2])),
        "read, none opened": timed(lambda: read([])),
        "written": written,
    }


def write(model: Any, case: UUID) -> None:
    """Write the thousand rows in one go."""
    model.objects.bulk_create(model(case=case, **dict.fromkeys(NAMES, TEXT)) for _ in range(ROWS))


def compare() -> list[Any]:
    """Measure every table in every round; the two goals of an act are two lines, and a peer's is turned round."""
    from django.utils import timezone

    from avhopp.accounts.models import Unit
    from avhopp.sealed import scope as scopes
    from tests.bench.floor.models import make_tables
    from tests.bench.made import colleague
    from tests.bench.ratios import against, measure
    from tests.cast import acting

    models = models_of()
    make_tables(list(models.values()))
    worker, case = colleague("handlaggare", "case_worker", Unit.objects.create(name="Enhet")), uuid4()
    found = []
    with acting(worker, at=timezone.now()):
        scope = scopes.current()
        scope.mint(case, kind="case")
        for model in models.values():
            write(model, case)
        by_table = {name: acts(model, case) for name, model in models.items()}
        for act in by_table["plain"]:
            measured = measure({name: by_table[name][act] for name in models}, rounds=ROUNDS)
            most, least = GOALS.get(act, (None, None))
            goals = {"sealed": most} if most else {}
            sealed, *_ = against({n: measured[n] for n in ("plain", "sealed")}, base="plain", goals=goals)
            found.append(replace(sealed, what=f"{act}, beside plain"))
            for peer, package in PEERS.items():
                goals = {"sealed": round(1 / least, 3)} if least else {}
                line, *_ = against({n: measured[n] for n in (peer, "sealed")}, base=peer, goals=goals)
                found.append(replace(line, what=f"{act}, beside {package}"))
    return found


def main() -> int:
    from avhopp.database.testing import migrated_template, pointing_at
    from tests.bench import report

    with migrated_template() as template:
        with pointing_at(urls=template.clone(name="bench")):
            results = compare()
        template.drop(name="bench")
    print(report.table(results))
    return report.status(results)


if __name__ == "__main__":
    sys.path.append(str(HOME))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    from django.conf import settings

    settings.SALT_KEY, settings.FIELD_ENCRYPTION_KEY = "salt", "A" * 43 + "="
    django.setup()
    sys.exit(main())
