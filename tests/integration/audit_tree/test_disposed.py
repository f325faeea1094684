"""A case whose keys are destroyed leaves a log that is whole and that ties nobody to it."""

from __future__ import annotations

import pytest

from audit.models import Leaf
from audit.verification.faults import FaultKind
from tests.destroyed import destroy_file
from tests.integration.audit_tree.deeds import found


def test_log_of_a_disposed_case_is_whole_and_ties_nobody_to_it(running_log, cast, case, foreign_case):
    import base64
    import json

    from avhopp.crypto import token
    from avhopp.crypto.envelope import CannotOpen
    from avhopp.sealed import keyring

    running_log.grow()
    root = running_log.report().root
    scopes = destroy_file(running_log.urls, case, by=cast.worker, approver=cast.supervisor)
    report = running_log.report(seen=[running_log.witness_copy])
    assert report.is_whole
    assert report.root == root
    assert report.disposed
    with pytest.raises(keyring.KeyDestroyed):
        keyring.load(scopes)
    left = keyring.load([foreign_case])[foreign_case]
    for leaf in Leaf.objects.all():
        written = bytes(leaf.body)
        assert not any(str(scope).encode() in written or scope.hex.encode() in written for scope in scopes)
        for subject in json.loads(written)["subjects"]:
            for key in left:
                try:
                    opened_token = token.open_subject(key, base64.b64decode(subject["token"]))
                except CannotOpen:
                    continue
                assert not any(scope.bytes in opened_token for scope in scopes)


def test_key_row_deleted_instead_of_destroyed_is_named(running_log, cast, case):
    running_log.grow()
    running_log.tamper("DELETE FROM sealed_scopekey WHERE scope = %s", [case])
    assert FaultKind.KEY_GONE in {kind for kind, _ in found(running_log)[0]}
