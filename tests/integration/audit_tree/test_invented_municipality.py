"""Every action of the program writes down what it wrote: a whole invented municipality verifies, row by row."""

from __future__ import annotations

import pytest
from django.utils import timezone

from avhopp.demo import municipality

pytestmark = pytest.mark.slow


def test_log_of_a_whole_municipality_agrees_with_every_row(running_log):
    running_log.time = timezone.now()
    municipality.build(now=running_log.time)
    running_log.time = timezone.now()
    assert running_log.sequence(batch=100)
    running_log.witness()
    report = running_log.report(seen=[running_log.witness_copy])
    assert [str(fault) for fault in report.faults] == []
    assert report.rows > 50
