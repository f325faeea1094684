"""Until when a closed case's file is kept: its last note counts and no reading does, and a hold keeps it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.access import NotVisible, Refused, get_case
from cases.actions import holds
from cases.models import Case, RetentionHold
from cases.queries.retention import noted_models, retention_of
from cases.retention import Reason
from tests.cast import NOW, acting, make_case
from tests.integration.actions.test_programme_actions import close
from tests.signed_in import signed_in
from tests.universe import World
from tests.universe.holds import WHY, put

DUE = date(2031, 3, 2)


@pytest.fixture
def ended(cast, case, opened) -> World:
    close(opened, cast)
    return World(cast, case, opened)


def asked(world, user=None):
    with world.opened(user or world.cast.supervisor) as (found, _):
        return retention_of(found)


def test_case_at_work_has_no_day(cast, case, opened):
    found = asked(World(cast, case, opened))
    assert (found.due_on, found.reasons) == (None, (Reason.OPEN,))


def test_ended_case_is_kept_five_years_from_its_last_note(ended):
    found = asked(ended)
    assert (found.due_on, found.reasons) == (DUE, (Reason.LAST_NOTE,))
    assert found.finish_by == date(2032, 12, 31)


def test_later_document_or_correction_counts_and_reading_does_not(ended, cast):
    for _ in range(3):
        signed_in(cast.supervisor).get(reverse("cases:case", args=[ended.case_id]))
    assert asked(ended).due_on == DUE
    later = NOW + timedelta(days=400)
    with acting(cast.supervisor, at=later) as actor:
        opened = get_case(actor=actor, case=ended.case_id, at=later)
        made = holds.put(opened=opened, values=WHY, by=actor, now=later)
        holds.lift(opened=opened, hold=made, by=actor, now=later)
        # How the work is run is no note of the person.
        assert retention_of(opened).due_on == DUE
        from cases.actions import follow_ups
        from cases.models.follow_up import Point
        from tests.universe.follow_ups import HOW_IT_WENT

        follow_ups.note(opened=opened, point=Point.TWELVE, values=HOW_IT_WENT, by=actor, now=later)
        assert retention_of(opened).due_on == timezone.localdate(later).replace(year=2032)


def test_every_table_with_notes_counts():
    names = {model.__name__ for model in noted_models()}
    assert {
        "Note",
        "Decision",
        "Assessment",
        "Document",
        "Plan",
        "Consent",
        "FollowUp",
        "Disclosure",
    } <= names
    assert not {"Task", "RetentionHold", "Unmasking", "Restriction"} & names


@pytest.mark.parametrize("day", [5, 15, 25])
def test_born_on_a_day_of_research_is_kept(cast, opened, day):
    case = make_case(worker=cast.worker, birth_date=date(1990, 6, day))
    close(lambda user, **more: opened(user, which=case, **more), cast)
    with opened(cast.supervisor, which=case) as (found, _):
        assert retention_of(found).is_forever


def test_hold_keeps_the_file_until_the_last_one_is_lifted(ended, cast):
    first, second = put(ended), put(ended)
    assert asked(ended).reasons == (Reason.HELD,)
    ended.call(cast.supervisor, "holds.lift", hold=first)
    assert asked(ended).due_on is None
    ended.call(cast.supervisor, "holds.lift", hold=second)
    assert asked(ended).due_on == DUE
    with pytest.raises(holds.AlreadyLifted):
        ended.call(cast.supervisor, "holds.lift", hold=second)


def test_only_who_leads_the_case_puts_a_hold(ended, cast):
    with pytest.raises(Refused):
        put(ended, by=cast.worker)
    with pytest.raises(NotVisible):
        put(ended, by=cast.other_supervisor)
    assert not RetentionHold.objects.exists()


def test_page_of_an_ended_case_says_when_and_why_and_nothing_of_another_file(ended, cast):
    person = Case.objects.get(pk=ended.case_id).person_id
    other = make_case(worker=cast.stranger)
    Case.objects.filter(pk=other).update(person=person)
    page = signed_in(cast.supervisor).get(reverse("cases:case", args=[ended.case_id])).content.decode()
    assert "2031-03-02" in page
    assert "Fem år efter den sista anteckningen (16 kap. 1 § SoL)." in page
    assert "2032-12-31" in page


def test_hold_is_put_and_taken_away_on_screen(ended, cast):
    browser = signed_in(cast.supervisor)
    form = reverse("cases:case_hold", args=[ended.case_id])
    key = browser.get(form).context["form"]["key"].value()
    wrong = browser.post(form, {"key": key, "text": "Ring nämnden."})
    assert wrong.status_code == 422
    assert "Ring nämnden." in wrong.content.decode()
    assert browser.post(form, {"key": key, "ground": "court", "text": "Ring nämnden."}).status_code == 302
    page = browser.get(reverse("cases:case", args=[ended.case_id])).content.decode()
    assert "Domstolsprövning eller överklagande pågår" in page
    hold = RetentionHold.objects.get()
    lift = reverse("cases:case_hold_lift", args=[ended.case_id, hold.pk])
    assert browser.post(lift).status_code == 302
    assert "Hindret var redan borttaget." in browser.post(lift, follow=True).content.decode()
    assert (
        "Lägg ett hinder"
        not in signed_in(cast.worker).get(reverse("cases:case", args=[ended.case_id])).content.decode()
    )
