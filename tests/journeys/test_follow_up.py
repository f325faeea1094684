"""A report leaves: proposed, refused once with its reason, proposed coarser, approved by a second person, taken out.

The worker's part is done here in the test, as it is in a process of its own in operation.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.models import Case
from followup.actions import counting
from followup.models import Release
from followup.steps import Step
from tests.cast import TEST_NUMBER
from tests.followup_made import courses, make_agreement
from tests.journeys.arriving import arrive, press
from tests.journeys.conftest import ROOT, assert_good_page

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def work(page: Page) -> None:
    """Do what the worker does with the release that waits, and read the page anew."""
    release = Release.objects.filter(step__in=(Step.WAITING, Step.APPROVED)).latest("proposed_at")
    counting.count(release=release.pk, clock=timezone.now)
    counting.publish(release=release.pk, clock=timezone.now)
    page.reload()


def propose(page: Page, plan: str) -> None:
    page.get_by_label(plan).check()
    page.get_by_label("Läget vid slutet av").select_option(label="Andra halvåret 2025")
    press(page, "Räkna och pröva")
    expect(page.get_by_role("button", name="Avbryt räkningen")).to_be_visible()


def taken_out(page: Page, form: str, to: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=form).click()
    path = to / f"report.{form.lower()}"
    waiting.value.save_as(path)
    return path


def check(*files: Path) -> subprocess.CompletedProcess[str]:
    """Check released files as a stranger does, who has nothing else."""
    command = [sys.executable, "-m", "followup.disclosure", "check", *map(str, files)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def all_bytes(path: Path) -> bytes:
    """Everything that a file says, unpacked."""
    if path.suffix in {".xlsx", ".ods"}:
        with zipfile.ZipFile(path) as packed:
            return b"".join(packed.read(name) for name in packed.namelist())
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            streams = (o for o in pdf.objects if isinstance(o, pikepdf.Stream))
            return path.read_bytes() + b"".join(
                stream.read_bytes() for stream in streams if "/Filter" in stream
            )
    return path.read_bytes()


def test_report_is_refused_once_then_approved_by_another_and_taken_out(people, cast, tmp_path):
    with transaction.atomic():
        make_agreement(cast)
        courses(cast, 14, met_after=1)
        courses(cast, 2, met_after=9, track="prevention")
        courses(cast, 8, track=None)
        secrets = [TEST_NUMBER, "Provsson", "Kanarieöarna"]
        for case in Case.objects.all():
            secrets += [str(case.pk), case.pk.hex, case.number, case.code_name]
    manager, officer = arrive(people, cast.manager), arrive(people, cast.officer)

    manager.goto("/uppfoljning/redovisningar/")
    press(manager, "Föreslå en redovisning")
    propose(manager, "Utförlig, varje halvår")
    work(manager)
    expect(manager.get_by_text("skulle kunna räknas ut").first).to_be_visible()
    assert_good_page(manager, name="refused")
    officer.goto("/uppfoljning/redovisningar/")
    expect(officer.get_by_text("Andra halvåret 2025")).to_have_count(0)

    press(manager, "Välj en annan plan")
    propose(manager, "Grov, en gång om året")
    work(manager)
    expect(manager.get_by_text("Väntar på godkännande").first).to_be_visible()
    expect(manager.get_by_role("button", name="Godkänn och publicera")).to_have_count(0)

    officer.goto(manager.url)
    press(officer, "Granska och godkänn")
    press(officer, "Godkänn och publicera")
    expect(officer.get_by_text("Godkänd").first).to_be_visible()
    work(officer)
    expect(officer.get_by_text("Publicerad").first).to_be_visible()

    manager.goto("/uppfoljning/")
    files = {form: taken_out(manager, form, tmp_path) for form in ("PDF", "XLSX", "ODS", "CSV", "JSON")}
    for path in files.values():
        content = all_bytes(path)
        assert not [secret for secret in secrets if secret.encode() in content], path.name
    with pikepdf.open(files["PDF"]) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.StructTreeRoot
        assert str(pdf.Root.Lang).startswith("sv")
    said = list(csv.reader(files["CSV"].read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert len(said) > 20

    found = check(files["JSON"])
    assert found.returncode == 0, found.stdout + found.stderr
    content = json.loads(files["JSON"].read_bytes())
    assert content
    changed = tmp_path / "changed.json"
    changed.write_bytes(files["JSON"].read_bytes().replace(b'"25"', b'"30"', 1))
    assert changed.read_bytes() != files["JSON"].read_bytes()
    assert check(changed).returncode == 1
