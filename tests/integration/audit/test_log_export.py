"""What a reviewer takes out of the log as a file: what she found, as texts, on record, no more than can be read."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from audit import search
from audit.models import Leaf
from cases.models import Case
from tests.signed_in import signed_in

from .test_log_search import ask, written

FORMS = ("xlsx", "ods", "csv")


@pytest.fixture
def auditor(cast):
    return signed_in(cast.auditor)


def taken(client, form, location=""):
    return client.get(reverse(f"audit:log_{form}") + location)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_holds_what_was_found_and_is_recorded(cast, auditor, form):
    written(user=cast.worker)
    answer = taken(auditor, form)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="atkomstlogg.{form}"'
    assert answer.headers["Cache-Control"] == "no-store"
    leaf = Leaf.objects.get(event="log.exported")
    assert leaf.actor == cast.auditor.pk
    assert f'"log_export?form={form}&since=' in bytes(leaf.body).decode()


def test_workbook_has_a_row_a_leaf_and_no_formula(cast, auditor):
    cast.worker.name = "=HYPERLINK(1)"
    cast.worker.save()
    written(user=cast.worker)
    [sheet] = openpyxl.load_workbook(io.BytesIO(taken(auditor, "xlsx").content)).worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("tidpunkt", "vem", "roll", "vad", "grund", "galler", "natadress", "blad", "stammer")
    assert [row[1] for row in rows[1:]] == ["=HYPERLINK(1)"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert "'=HYPERLINK(1)" in taken(auditor, "csv").content.decode("utf-8-sig")


def test_only_what_was_searched_for_is_taken_out_and_a_case_stays_unnamed(cast, auditor, case):
    number = Case.objects.get(pk=case).number
    answer, location = ask(auditor, number=number)
    text = taken(auditor, "csv", "?" + location.partition("?")[2]).content.decode("utf-8-sig")
    # The head, and the search itself, which is told of since.
    assert len(text.splitlines()) - 2 == len(answer.context["found"].readings)
    assert number not in text
    assert number not in bytes(Leaf.objects.get(event="log.exported").body).decode()


def test_more_than_can_be_read_is_refused_with_what_to_do(cast, auditor, monkeypatch):
    monkeypatch.setattr(search, "MOST", 1)
    written(user=cast.worker)
    written(user=cast.worker)
    answer = auditor.get(reverse("audit:log_csv"), follow=True)
    assert "Avgränsa sökningen" in answer.content.decode()
    assert not Leaf.objects.filter(event="log.exported").exists()


@pytest.mark.parametrize("who", ["worker", "supervisor", "manager", "administrator"])
def test_nobody_else_takes_anything_out(cast, who):
    for form in FORMS:
        assert taken(signed_in(getattr(cast, who)), form).status_code == 403


def test_search_that_is_not_kept_gives_no_file_with_everything(cast, auditor, case):
    _, location = ask(auditor, number=Case.objects.get(pk=case).number)
    other = signed_in(cast.officer)
    answer = taken(other, "csv", "?" + location.partition("?")[2])
    assert answer.headers["Location"] == reverse("audit:log")
    assert not Leaf.objects.filter(event="log.exported").exists()
