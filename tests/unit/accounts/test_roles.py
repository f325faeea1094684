"""The matrix of roles and rights, as a manager reads it."""

from __future__ import annotations

import pytest

from avhopp.accounts.roles import RIGHT_SENTENCES, RIGHTS, ROLE_NAMES, Right, Role, may_try

MATRIX = """
case_worker: handle_enquiries open_cases read_cases report_incidents request_stages see_readers write_notes
co_worker: read_cases report_incidents write_notes
supervisor: approve_stages grant_access handle_enquiries manage_unit open_cases read_cases report_incidents \
see_readers write_notes
auditor: keep_decoys lead_review search_log
data_protection_officer: approve_accounts approve_releases keep_decoys read_followup review_auditors \
search_log
safety_manager: approve_releases prepare_followup read_followup
administrator: approve_accounts manage_accounts manage_catalogue see_keys
"""


@pytest.mark.parametrize("unknown", ["", "superuser", "CASE_WORKER", "anonymous", "job:nightly"])
def test_unknown_role_may_try_nothing(unknown):
    assert not any(may_try(role=unknown, right=right) for right in Right)


def test_matrix_is_the_one_that_was_decided():
    written = "\n".join(f"{role}: {' '.join(sorted(RIGHTS[role]))}" for role in Role)
    assert written == MATRIX.strip()


def test_systemadministrator_reaches_no_case_and_no_log():
    assert RIGHTS[Role.ADMINISTRATOR] == {
        Right.APPROVE_ACCOUNTS,
        Right.MANAGE_ACCOUNTS,
        Right.MANAGE_CATALOGUE,
        Right.SEE_KEYS,
    }


def test_nobody_who_reads_cases_reads_the_log_or_manages_accounts():
    for role, rights in RIGHTS.items():
        if Right.READ_CASES in rights:
            assert not rights & {Right.SEARCH_LOG, Right.MANAGE_ACCOUNTS, Right.APPROVE_ACCOUNTS}, role


def test_nobody_both_asks_for_a_stage_and_approves_one():
    assert not any({Right.REQUEST_STAGES, Right.APPROVE_STAGES} <= rights for rights in RIGHTS.values())


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_name_and_a_right(role):
    assert ROLE_NAMES[role]
    assert RIGHTS[role]
    assert all(may_try(role=role.value, right=right) for right in RIGHTS[role])


@pytest.mark.parametrize("right", Right)
def test_every_right_has_a_sentence_and_somebody_who_has_it(right):
    assert RIGHT_SENTENCES[right].endswith(".")
    assert any(right in rights for rights in RIGHTS.values())
