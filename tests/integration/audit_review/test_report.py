"""The year's report to the committee: numbers and lots, and no client, no case, no name."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit import log
from audit.models import Leaf, ReviewItem
from audit.report import content, pdf
from audit.review.choices import ItemKind, Measure, Verdict
from audit.review.months import Month
from audit.review.policies import NotAllowed
from avhopp.web.guard import PAGE_REFUSED
from tests.cast import acting, actor_for
from tests.integration.audit_review.conftest import JANUARY, morning_after
from tests.signed_in import signed_in

pytestmark = pytest.mark.django_db
FEBRUARY = JANUARY.next
CANARY = "Kanariefågelsson"


@pytest.fixture
def year(office):
    """January is judged with a remark that is followed up, and signed too late; February is drawn and waits."""
    office.commit()
    night = JANUARY.starts_at + timedelta(days=9, hours=23)
    case = office.case(at=JANUARY.starts_at, given_name=CANARY, family_name=CANARY)
    office.open(office.cast.supervisor, case, at=night)
    for minute in range(3):
        log.record(
            event=PAGE_REFUSED, actor=actor_for(office.cast.auditor), at=night + timedelta(minutes=minute)
        )
    review = office.draw(JANUARY)
    hits = ReviewItem.objects.filter(review=review, kind=ItemKind.HIT)
    hit = hits.get(person=office.cast.supervisor.pk)
    late = morning_after(JANUARY) + timedelta(days=40)
    office.judge(
        hit, by=office.cast.auditor, verdict=Verdict.REMARK, remark=f"{CANARY} verkar läst.", at=late
    )
    office.follow_up(hit, by=office.cast.auditor, measure=Measure.TALKED, text=CANARY, at=late)
    office.judge_all(review, at=late)
    office.sign(review, at=late)
    office.draw(FEBRUARY, at=late + timedelta(minutes=1))
    return case


def taken_out(office, *, by=None):
    now = morning_after(JANUARY) + timedelta(days=41)
    with acting(by or office.cast.auditor, at=now) as actor:
        return content.take_out(year=2026, by=actor, now=now)


def test_report_tells_what_was_drawn_found_and_done_and_what_was_late(office, year):
    found = taken_out(office)
    january, february = found.months
    assert (january.hits, january.round.remarks, january.round.left) == (2, 1, 0)
    assert january.sample >= 1
    assert january.is_late
    assert january.signed_on == (morning_after(JANUARY) + timedelta(days=40)).date()
    assert february.signed_on is None
    assert found.measures == [(Measure.TALKED, 1)]
    assert (found.open_remarks, found.late_remarks) == (0, 0)
    # The supervisor's reasons are counted; why the auditor herself was found is not.
    codes = {sign.code for sign, _ in found.signs}
    assert {"no_work", "off_hours"} <= codes
    assert "refused" not in codes


def test_report_holds_no_client_no_case_and_no_colleague(office, year):
    from cases.models import Case

    said = json.dumps(pdf._content(taken_out(office)), ensure_ascii=False)
    secrets = [CANARY, Case.objects.get(pk=year).number, str(year), "lock", "Lock"]
    secrets += [user.name for user in office.cast.everyone().values()]
    assert [word for word in secrets if word in said] == []
    assert "Januari" in said
    assert "Signerad 2026-03-13, för sent" in said


def test_that_there_are_decoys_is_not_told(office, year, monkeypatch):
    from audit.review.rank import DECOY, NO_WORK, Reason

    monkeypatch.setattr(content, "reasons_of", lambda item: [Reason(DECOY), Reason(NO_WORK)])
    assert {sign for sign, _ in taken_out(office).signs} == {NO_WORK}


def test_taking_it_out_is_recorded_once_with_the_reviews_that_it_opens(office, year):
    taken_out(office)
    leaf = Leaf.objects.get(event="review.reported")
    assert leaf.kind == "export"
    assert bytes(leaf.body).count(b'"token"') == 2


@pytest.mark.parametrize("role", ["worker", "supervisor", "manager", "administrator"])
def test_nobody_else_takes_it_out(office, year, role):
    with pytest.raises(NotAllowed):
        taken_out(office, by=getattr(office.cast, role))
    assert not Leaf.objects.filter(event="review.reported").exists()


def test_page_gives_an_accessible_pdf_and_no_other_years(office):
    last = Month.of(timezone.localdate().replace(day=1) - timedelta(days=1))
    office.commit(at=last.starts_at)
    office.case(at=last.starts_at)
    office.draw(last, at=timezone.now())
    client = signed_in(office.cast.officer)
    assert f"/logg/kontroll/rapport/{last.year}/" in client.get(reverse("audit:review")).content.decode()
    answer = client.get(reverse("audit:review_report", args=[last.year]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"pdfuaid" in answer.content
    assert client.get(reverse("audit:review_report", args=[1999])).status_code == 404
