"""The organisation's own rows are held to the record like the sealed ones: law and delegations cannot be slipped in."""

from __future__ import annotations

from audit.verification.faults import FaultKind


def faults(running_log) -> set[FaultKind]:
    return {fault.kind for fault in running_log.report().faults}


def test_shipped_provisions_are_no_fault_and_one_put_in_past_the_application_is(running_log):
    running_log.grow()
    assert faults(running_log) == set()
    running_log.tamper(
        "INSERT INTO cases_legalbasis"
        " (id, code, use, place, title, note, needs_committee, is_uncertain, valid_from)"
        " SELECT gen_random_uuid(), 'own', use, place, title, note, needs_committee, is_uncertain, valid_from"
        " FROM cases_legalbasis WHERE code = 'sol_11_1'"
    )
    assert faults(running_log) == {FaultKind.ROW_UNKNOWN}


def test_shipped_provision_that_was_edited_past_the_application_is_named(running_log):
    running_log.grow()
    with running_log.owner() as owner:
        owner.execute("ALTER TABLE cases_legalbasis DISABLE TRIGGER USER")
        owner.execute("UPDATE cases_legalbasis SET needs_committee = false WHERE code = 'sol_22_placement'")
    assert faults(running_log) == {FaultKind.ROW_UNKNOWN}
