"""A register is checked row by row, and becomes cases all or none."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from audit.models import Leaf
from cases import tasks
from cases.models import Case, RegisterImport
from cases.models.register_import import ImportState
from tests.cast import acting
from tests.unit.cases.test_register import HEAD, csv_of

NEW = "/enheten/inlasning/ny/"
FULL = [*HEAD, "Personnummer", "Födelsedatum"]


def line(row: int, **changes):
    values = {
        "track": "Avhopparärende",
        "name": f"Prov{row}",
        "sex": "Man",
        "source": "Polisen",
        "responsible": "Worker",
        "need": "Vill lämna.",
        "opened": "1/3/2026",
        "number": "",
        "born": "1990-06-07",
    }
    return list({**values, **changes}.values())


FAULTS = [
    {"track": "Annat"},
    {"name": ""},
    {"sex": "?"},
    {"source": "Grannen"},
    {"responsible": "Okänd"},
    {"need": ""},
    {"opened": "2999-01-01"},
    {"number": "19900607-2385"},
    {"born": "1890-01-01"},
    {"born": "31/2/1990"},
]


@pytest.fixture
def boss(browse, cast):
    return browse(cast.supervisor)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch, django_capture_on_commit_callbacks):
    """Run each task where it is handed on."""
    from celery import current_app

    run = {"cases.check_register": tasks.check_register, "cases.read_register": tasks.read_register}
    monkeypatch.setattr(current_app, "send_task", lambda name, args: run[name].run(*args))


def send(client, capture, lines, *, key=None):
    key = key or client.get(NEW).context["form"]["key"].value()
    file = SimpleUploadedFile("register.csv", csv_of(";", FULL, *lines).encode())
    with capture(execute=True):
        return client.post(NEW, {"file": file, "key": key})


def test_every_fault_is_named_with_its_line_and_nothing_is_read_in(
    boss, cast, django_capture_on_commit_callbacks
):
    lines = [line(n) for n in range(30)]
    for number, fault in enumerate(FAULTS):
        lines[number * 3] = line(number, **fault)
    address = send(boss, django_capture_on_commit_callbacks, lines).url
    page = boss.get(address).content.decode()
    named = {int(found) for found in re.findall(r'<th scope="row"[^>]*>\s*(\d+)', page)}
    assert named == {number * 3 + 2 for number in range(len(FAULTS))}
    assert Case.objects.count() == 0
    assert boss.post(address).status_code == 409


def test_right_register_becomes_cases_and_its_rows_are_emptied(
    boss, cast, django_capture_on_commit_callbacks
):
    address = send(boss, django_capture_on_commit_callbacks, [line(n) for n in range(3)]).url
    assert "Alla rader stämmer" in boss.get(address).content.decode()
    assert Case.objects.count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        boss.post(address)
    found = RegisterImport.objects.get()
    assert found.state == ImportState.DONE
    assert Case.objects.count() == 3
    assert set(Case.objects.values_list("responsible", flat=True)) == {cast.worker.pk}
    assert Leaf.objects.filter(event="case.opened", actor=cast.supervisor.pk).count() == 3
    with acting(cast.supervisor):
        assert found.rows == []


def test_number_that_stands_twice_is_a_fault(boss, django_capture_on_commit_callbacks):
    lines = [line(n, number="19900607-2384") for n in range(2)]
    page = boss.get(send(boss, django_capture_on_commit_callbacks, lines).url).content.decode()
    assert "Numret står också på rad 2" in page


def test_what_breaks_half_way_takes_everything_back(
    boss, cast, django_capture_on_commit_callbacks, monkeypatch
):
    from cases import importing

    address = send(boss, django_capture_on_commit_callbacks, [line(n) for n in range(5)]).url
    opened, real = [], importing.open_case

    def broken(**arguments):
        if len(opened) == 3:
            raise ValueError("power cut")
        opened.append(real(**arguments))
        return opened[-1]

    monkeypatch.setattr(importing, "open_case", broken)
    with pytest.raises(ValueError), django_capture_on_commit_callbacks(execute=True):
        boss.post(address)
    assert Case.objects.count() == 0
    assert RegisterImport.objects.get().state == ImportState.FAILED
    assert "Inget är inläst" in boss.get(address).content.decode()


def test_form_sent_twice_brings_one_register(boss, django_capture_on_commit_callbacks):
    key = boss.get(NEW).context["form"]["key"].value()
    first, second = (send(boss, django_capture_on_commit_callbacks, [line(1)], key=key) for _ in range(2))
    assert first.url == second.url
    assert RegisterImport.objects.count() == 1


def test_task_that_runs_twice_reads_in_once(boss, django_capture_on_commit_callbacks):
    address = send(boss, django_capture_on_commit_callbacks, [line(1)]).url
    with django_capture_on_commit_callbacks(execute=True):
        boss.post(address)
    tasks.read_register.run(str(RegisterImport.objects.get().pk))
    tasks.check_register.run(str(RegisterImport.objects.get().pk))
    assert Case.objects.count() == 1


def test_rows_are_sealed_while_they_wait(boss, django_capture_on_commit_callbacks):
    send(boss, django_capture_on_commit_callbacks, [line(1, name="Kanariefågel")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT rows, faults FROM cases_registerimport")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert "Kanariefågel".encode() not in stored


def test_another_supervisor_does_not_see_it(browse, cast, boss, django_capture_on_commit_callbacks):
    address = send(boss, django_capture_on_commit_callbacks, [line(1)]).url
    other = browse(cast.other_supervisor)
    missing = other.get(reverse("cases:import", args=["0" * 8 + "-0000-4000-8000-" + "0" * 12]))
    assert (other.get(address).status_code, other.get(address).content) == (404, missing.content)


@pytest.mark.parametrize("who", ["worker", "co_worker", "auditor", "manager", "administrator"])
def test_who_does_not_manage_a_unit_cannot_bring_one(browse, cast, who):
    assert browse(getattr(cast, who)).get(NEW).status_code == 403


@pytest.mark.slow
def test_five_thousand_rows_are_read_in_when_the_fifty_faulty_ones_are_repaired(
    boss, cast, django_capture_on_commit_callbacks
):
    right = [line(number) for number in range(5000)]
    wrong = list(right)
    faulty = range(7, 5000, 100)
    for place, number in enumerate(faulty):
        wrong[number] = line(number, **FAULTS[place % len(FAULTS)])
    refused = boss.get(send(boss, django_capture_on_commit_callbacks, wrong).url).content.decode()
    named = {int(found) for found in re.findall(r'<th scope="row"[^>]*>\s*(\d+)', refused)}
    assert named == {number + 2 for number in faulty}
    assert RegisterImport.objects.get().state == ImportState.FAULTY
    assert Case.objects.count() == 0
    address = send(boss, django_capture_on_commit_callbacks, right).url
    with django_capture_on_commit_callbacks(execute=True):
        assert boss.post(address).status_code == 302
    assert Case.objects.count() == 5000
