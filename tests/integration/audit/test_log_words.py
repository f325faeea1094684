"""Every code that the record can hold has a word; the lists are read from the code."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps

from audit import words
from audit.events import EVENTS, Kind
from audit.models import Leaf
from avhopp.sealed.base import SealedModel
from cases import logsearch
from cases.models import Basis
from cases.naming import new_number

ROOT = Path(__file__).resolve().parents[3]


def test_every_sealed_table_has_a_word_for_its_rows():
    labels = {model._meta.label_lower for model in apps.get_models() if issubclass(model, SealedModel)}
    labels -= {"audit.changeentry"}
    assert {label for label in labels if words.subject(label) == label} == set()


def test_every_ground_for_access_has_a_word():
    assert {basis.value for basis in Basis if words.basis(basis.value) == basis.value} == set()


def test_every_kind_and_every_copied_column_has_a_word():
    assert set(words.KIND_NAMES) == set(Kind)
    columns = {field.name for field in Leaf._meta.fields}
    assert columns | {"subjects"} == set(words.COLUMN_NAMES)


def codes(pattern: str) -> set[str]:
    """The codes that the code itself writes, read from its text."""
    files = [
        path for room in ("audit", "avhopp", "cases", "followup") for path in (ROOT / room).rglob("*.py")
    ]
    return {code for path in files for code in re.findall(pattern, path.read_text(encoding="utf-8"))}


def test_every_purpose_that_a_page_states_has_a_word():
    purposes = codes(r'@?page\([^)]*purpose="(\w+)"')
    assert {"casework", "log_review", "followup"} <= purposes
    assert {code for code in purposes if words.purpose(code) == code} == set()


def test_every_ground_that_is_written_has_a_word():
    bases = codes(r'\bbasis="(\w+)"')
    assert {"role", "unit", "none"} <= bases
    assert {code for code in bases if words.basis(code) == code} == set()


def test_every_job_has_a_word():
    jobs = codes(r'job\("(\w+)"\)')
    assert "escalate_overdue_clocks" in jobs
    assert {code for code in jobs if words.role(f"job:{code}") == code} == set()


def test_every_event_has_a_sentence():
    assert all(event.sentence.strip() for event in EVENTS.values())


def test_every_new_case_number_fits_the_form_that_the_log_asks_for():
    from audit import queries

    known = queries.case_numbers()
    assert known is not None
    assert re.fullmatch(known.pattern, logsearch.EXAMPLE)
    assert all(re.fullmatch(known.pattern, new_number(year=2026)) for _ in range(200))
