"""What may be done in a review, by whom, how many leaves it leaves, and what the database refuses by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from audit import log
from audit.events import Kind, declare
from audit.models import Leaf, ReviewCycle, ReviewItem
from audit.review import access, drawing, judging, mind, queries
from audit.review.choices import ItemKind, Measure, Verdict
from audit.review.months import Month
from audit.review.policies import NotAllowed
from avhopp.sealed.scope import CryptoScope, Denied
from cases.reviewing import COMPARED
from tests.cast import acting, actor_for
from tests.integration.audit_review.conftest import BEGIN, JANUARY, MARCH, morning_after

DID = declare("test.did", Kind.ACCOUNT, "gjorde något")
NIGHT = JANUARY.starts_at + timedelta(days=9, hours=23)


@pytest.fixture
def drawn(office):
    """January: the co-worker, the auditor and the officer have done something; a night's reading without work."""
    office.commit()
    case = office.case()
    office.open(office.cast.supervisor, case, at=NIGHT)
    for user in (office.cast.worker, office.cast.auditor, office.cast.officer):
        log.record(event=DID, actor=actor_for(user), at=NIGHT)
    return office.draw(JANUARY)


def item_of(review, person, kind=None):
    found = ReviewItem.objects.filter(review=review, person=person)
    return (found.filter(kind=kind) if kind else found).first()


def a_sample_of(office, user):
    """A month in which this person alone has acted, drawn."""
    office.commit()
    log.record(event=DID, actor=actor_for(user), at=NIGHT)
    review = office.draw(JANUARY)
    return review, item_of(review, user)


def not_reads():
    return Leaf.objects.exclude(kind="read").count()


def test_reading_at_night_without_work_is_a_hit_with_its_reasons(office, drawn):
    hit = item_of(drawn, office.cast.supervisor, ItemKind.HIT)
    with acting(office.cast.auditor) as actor:
        access.open_item(item=hit.pk, actor=actor, at=morning_after(JANUARY))
        assert {code for code, _ in hit.finding["reasons"]} == {"no_work", "off_hours"}


def test_each_act_leaves_one_leaf(office):
    before = not_reads()
    office.commit()
    assert not_reads() == before + 1
    log.record(event=DID, actor=actor_for(office.cast.worker), at=NIGHT)
    before = not_reads()
    review = office.draw(JANUARY)
    assert not_reads() == before + 1
    item = item_of(review, office.cast.worker)
    office.judge(item, by=office.cast.auditor, verdict=Verdict.REMARK, remark="Varför?")
    assert not_reads() == before + 2
    office.follow_up(item, by=office.cast.auditor)
    assert not_reads() == before + 3
    office.sign(review)
    assert not_reads() == before + 4


def test_draw_is_refused_for_a_month_that_goes_on_and_done_once_for_one_that_has_ended(office):
    office.commit()
    with pytest.raises(drawing.NotToBeDrawn):
        office.draw(JANUARY, at=JANUARY.ends_at - timedelta(seconds=1))
    office.draw(JANUARY)
    with pytest.raises(drawing.AlreadyDrawn):
        office.draw(JANUARY)


def test_months_are_drawn_in_their_order(office):
    office.commit()
    with pytest.raises(drawing.NotToBeDrawn):
        office.draw(JANUARY.next, at=morning_after(MARCH))


def test_no_month_before_the_first_commitment_is_reviewed(office):
    office.commit(at=MARCH.starts_at + timedelta(days=2))
    assert queries.months(now=morning_after(MARCH)) == [MARCH]


def test_years_seeds_are_chosen_once(office):
    office.commit()
    held = ReviewCycle.objects.get(year=2026).commitment
    office.commit()
    with pytest.raises(drawing.AlreadyCommitted):
        mind.commit(year=2026, by=log_job(), now=BEGIN)
    assert ReviewCycle.objects.get(year=2026).commitment == held


def log_job():
    from audit.events import job

    return job("mind_the_review")


def test_next_years_seeds_are_chosen_a_month_ahead(db):
    assert mind.missing_years(today=date(2026, 11, 30)) == [2026]
    assert mind.missing_years(today=date(2026, 12, 1)) == [2026, 2027]


@pytest.mark.parametrize("who", ["officer", "worker", "supervisor", "administrator", "manager"])
def test_only_an_auditor_draws(office, who):
    office.commit()
    with pytest.raises(NotAllowed):
        office.draw(JANUARY, by=getattr(office.cast, who))


def test_auditor_judges_a_colleague_and_not_herself(office):
    _, item = a_sample_of(office, office.cast.worker)
    office.judge(item, by=office.cast.auditor)
    assert queries.verdict_of(item=item.pk) == Verdict.CLEAR


def test_auditors_own_events_are_judged_by_the_officer_alone(office):
    _, item = a_sample_of(office, office.cast.auditor)
    assert item.for_officer
    with pytest.raises(NotAllowed):
        office.judge(item, by=office.cast.auditor)
    other = second_auditor(office)
    with pytest.raises(NotAllowed):
        office.judge(item, by=other)
    office.judge(item, by=office.cast.officer)


def test_officers_own_events_are_judged_by_an_auditor(office):
    _, item = a_sample_of(office, office.cast.officer)
    with pytest.raises(NotAllowed):
        office.judge(item, by=office.cast.officer)
    office.judge(item, by=office.cast.auditor)


def second_auditor(office):
    from avhopp.accounts.models import User

    return User.objects.create_user(
        email="auditor2@example.invalid", name="Annan Granskare", title="", role="auditor", unit=None
    )


def test_nobody_who_changes_her_role_moves_her_events_to_herself(office):
    """Drawn as a case worker, judged after she has become an auditor: still not hers."""
    _, item = a_sample_of(office, office.cast.worker)
    office.cast.worker.role = "auditor"
    office.cast.worker.save()
    with pytest.raises(NotAllowed):
        office.judge(item, by=office.cast.worker)


def test_database_refuses_a_verdict_about_oneself(office):
    _, item = a_sample_of(office, office.cast.worker)
    office.judge(item, by=office.cast.auditor)
    with pytest.raises(IntegrityError, match="nobody_judges_herself"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_reviewverdict (id, review_id, item_id, number, person_id, verdict, remark,"
                " judged_by_id, judged_at) SELECT gen_random_uuid(), review_id, item_id, 2, judged_by_id, verdict,"
                " remark, judged_by_id, judged_at FROM audit_reviewverdict"
            )


def test_remark_needs_words_and_a_new_verdict_leaves_the_old_one_readable(office):
    _, item = a_sample_of(office, office.cast.worker)
    with pytest.raises(judging.RemarkMissing):
        office.judge(item, by=office.cast.auditor, verdict=Verdict.REMARK, remark="  ")
    office.judge(item, by=office.cast.auditor, verdict=Verdict.REMARK, remark="Fråga chefen.")
    office.judge(item, by=office.cast.auditor)
    assert queries.verdict_of(item=item.pk) == Verdict.CLEAR
    with acting(office.cast.auditor) as actor:
        access.open_item(item=item.pk, actor=actor, at=morning_after(JANUARY))
        assert [one.remark for one in queries.verdicts(item=item.pk)] == ["", "Fråga chefen."]


def test_month_is_signed_when_all_is_judged_and_never_judged_after(office, drawn):
    with pytest.raises(judging.NotAllJudged):
        office.sign(drawn)
    office.judge_all(drawn)
    with pytest.raises(NotAllowed):
        office.sign(drawn, by=office.cast.officer)
    office.sign(drawn)
    item = item_of(drawn, office.cast.supervisor)
    with pytest.raises(judging.AlreadySigned):
        office.judge(item, by=office.cast.auditor)
    with pytest.raises(judging.AlreadySigned):
        office.sign(drawn)


def test_remark_is_followed_up_once_also_after_the_signature(office):
    review, item = a_sample_of(office, office.cast.worker)
    with pytest.raises(judging.NoRemark):
        office.follow_up(item, by=office.cast.auditor)
    office.judge(item, by=office.cast.auditor, verdict=Verdict.REMARK, remark="Varför?")
    office.sign(review)
    assert [one.pk for one in queries.open_remarks(actor=actor_for(office.cast.auditor))] == [item.pk]
    office.follow_up(item, by=office.cast.auditor, measure=Measure.TALKED)
    assert queries.open_remarks(actor=actor_for(office.cast.auditor)) == []
    with pytest.raises(judging.NoRemark):
        office.follow_up(item, by=office.cast.auditor)


@pytest.mark.parametrize(
    "table",
    ["reviewcycle", "review", "reviewitem", "reviewverdict", "reviewfollowup", "reviewsignature"],
)
def test_rows_of_a_review_are_never_changed(db, table):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE audit_{table} SET id = id")


def test_nothing_of_a_review_opens_for_those_who_take_no_part(office, drawn):
    item = item_of(drawn, office.cast.supervisor, ItemKind.HIT)
    for user in (office.cast.supervisor, office.cast.administrator):
        with acting(user), pytest.raises(Denied):
            assert item.finding
    with pytest.raises(Denied):
        assert item.finding


def test_years_seed_opens_by_the_draw_alone(office):
    office.commit()
    cycle = ReviewCycle.objects.get(year=2026)
    with acting(office.cast.auditor), pytest.raises(Denied):
        assert cycle.root


def test_names_are_compared_by_a_job_that_leaves_a_leaf_and_the_auditor_opens_no_case(office):
    office.commit()
    office.open(office.cast.supervisor, office.case(), at=NIGHT)
    office.draw(JANUARY)
    (leaf,) = Leaf.objects.filter(event=COMPARED.code)
    assert (leaf.actor, leaf.role, leaf.basis) == (None, "job:compare_for_review", "log_review")
    assert not Leaf.objects.filter(event="case.viewed", actor=office.cast.auditor.pk).exists()


@pytest.mark.parametrize(
    ("staff", "client", "is_connected"),
    [
        ("Alma Ovanligsson", "Ovanligsson", True),
        ("Alma ovanligsson-Ek", "Berg Ovanligsson", True),
        ("Ovanligsson Ek", "Ovanligsson", False),
        ("Alma Åberg", "Aberg", False),
        ("Alma", "Alma", False),
    ],
)
def test_same_family_name_is_a_sign_of_a_connection(office, staff, client, is_connected):
    office.commit()
    office.cast.supervisor.name = staff
    office.cast.supervisor.save()
    office.open(office.cast.supervisor, office.case(family_name=client), at=NIGHT)
    hit = item_of(office.draw(JANUARY), office.cast.supervisor, ItemKind.HIT)
    with acting(office.cast.auditor) as actor:
        access.open_item(item=hit.pk, actor=actor, at=morning_after(JANUARY))
        assert ("connected" in {code for code, _ in hit.finding["reasons"]}) is is_connected


class TestClock:
    """What the clock tells whom, and how often."""

    DUE = JANUARY.due_on

    def at(self, day):
        from audit.review.months import midnight

        return midnight(day) + timedelta(hours=7)

    def test_those_who_review_are_reminded_a_week_before_and_the_officer_when_it_is_late(self, office, drawn):
        early, soon, late = (
            self.DUE - timedelta(days=8),
            self.DUE - timedelta(days=7),
            self.DUE + timedelta(1),
        )
        assert mind.to_remind(now=self.at(early)) == []
        assert mind.to_remind(now=self.at(soon)) == [office.cast.auditor.pk]
        assert mind.to_escalate(now=self.at(self.DUE)) == []
        assert mind.to_escalate(now=self.at(late)) == [office.cast.officer.pk]

    def test_nobody_is_told_of_a_month_that_is_signed(self, office, drawn):
        office.judge_all(drawn)
        office.sign(drawn)
        assert mind.to_remind(now=self.at(self.DUE)) == []
        assert mind.to_escalate(now=self.at(self.DUE + timedelta(days=1))) == []

    def test_remark_that_waits_too_long_is_told_of(self, office):
        review, item = a_sample_of(office, office.cast.worker)
        given = morning_after(JANUARY)
        office.judge(item, by=office.cast.auditor, verdict=Verdict.REMARK, remark="Varför?", at=given)
        office.sign(review)
        day = queries.follow_up_due(judged_at=given)
        others = [m for m in queries.months(now=self.at(day)) if m != JANUARY]
        for month in others:
            office.judge_all(office.draw(month))
            office.sign(queries.rounds(now=morning_after(month))[0].review)
        assert mind.to_escalate(now=self.at(day)) == []
        assert mind.to_escalate(now=self.at(day + timedelta(days=1))) == [office.cast.officer.pk]

    def test_mail_says_nothing_and_comes_once_a_day(self, office, drawn, mailoutbox):
        now = self.at(self.DUE)
        mind.remind(person=office.cast.auditor.pk, by=log_job(), now=now)
        with pytest.raises(mind.AlreadyTold):
            mind.remind(person=office.cast.auditor.pk, by=log_job(), now=now + timedelta(hours=3))
        mind.remind(person=office.cast.auditor.pk, by=log_job(), now=now + timedelta(days=1))
        assert {message.body for message in mailoutbox} == {"Du har en ny händelse i Avhopp. Logga in."}
        assert Leaf.objects.filter(event="review.reminded", about=office.cast.auditor.pk).count() == 2

    def test_officer_is_told_once_a_week(self, office, drawn, mailoutbox):
        now = self.at(self.DUE + timedelta(days=1))
        mind.escalate(person=office.cast.officer.pk, by=log_job(), now=now)
        with pytest.raises(mind.AlreadyTold):
            mind.escalate(person=office.cast.officer.pk, by=log_job(), now=now + timedelta(days=6))
        mind.escalate(person=office.cast.officer.pk, by=log_job(), now=now + timedelta(days=8))
        assert len(mailoutbox) == 2


def test_task_commits_to_the_years_and_may_run_again(db):
    from audit.tasks import mind_the_review

    mind_the_review()
    found = list(ReviewCycle.objects.values_list("year", "commitment"))
    assert found
    mind_the_review()
    assert list(ReviewCycle.objects.values_list("year", "commitment")) == found


def test_actor_without_an_account_takes_no_part(office):
    nobody = replace(actor_for(office.cast.auditor), user=None)
    _, item = a_sample_of(office, office.cast.worker)
    with CryptoScope(actor=nobody, purpose="test", at=BEGIN), pytest.raises(NotAllowed):
        access.open_item(item=item.pk, actor=nobody, at=BEGIN)


def test_month_reads_its_own_code():
    assert Month.parse(MARCH.code) == MARCH
    with pytest.raises(ValueError):
        Month.parse("2026-13")
