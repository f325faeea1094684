"""Att göra on screen: one click with and without JavaScript, nothing sealed in lists, a file that says only days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from audit.models import Leaf
from cases.access import get_case
from cases.actions import tasks
from cases.models import FollowUp, Task
from cases.models.task import TaskKind
from tests.cast import NOW, acting, make_case
from tests.universe.follow_ups import HOW_IT_WENT

SECRET = "Ring skolkuratorn om pojken"


@pytest.fixture
def todo(cast, case) -> Task:
    """Something of the worker's to do tomorrow."""
    with acting(cast.worker) as actor:
        return tasks.add(
            opened=get_case(actor=actor, case=case, at=NOW),
            kind=TaskKind.CALL,
            text=SECRET,
            due_on=timezone.localdate() + timedelta(days=1),
            assigned_to=cast.worker.pk,
            by=actor,
            now=NOW,
        )


def url(name: str, task: Task) -> str:
    return reverse(f"cases:{name}", args=[task.case_id, task.pk])


@pytest.mark.parametrize("page", ["start", "cases:todo"])
def test_lists_say_the_kind_and_the_case_and_open_nothing(browse, cast, todo, page):
    before = Leaf.objects.count()
    text = browse(cast.worker).get(reverse(page)).content.decode()
    assert "Ring eller hör av dig" in text
    assert "Om 1 dag" in text
    assert SECRET not in text
    assert "Provsson" not in text
    assert Leaf.objects.count() == before


def test_case_shows_what_is_to_be_done_with_its_text(browse, cast, todo):
    for name in ("case", "case_tasks"):
        text = browse(cast.worker).get(reverse(f"cases:{name}", args=[todo.case_id])).content.decode()
        assert SECRET in text


def test_one_click_without_javascript_comes_back_to_where_it_was_pressed(browse, cast, todo):
    client = browse(cast.worker)
    answer = client.post(url("case_task_done", todo), {"back": "list"})
    assert (answer.status_code, answer.url) == (302, reverse("cases:todo"))
    assert Task.objects.get(pk=todo.pk).ended == "done"
    done = client.get(reverse("cases:todo"), {"visa": "klara"}).content.decode()
    assert url("case_task_reopen", todo) in done


def test_one_click_with_htmx_gives_the_line_and_a_way_back(browse, cast, todo):
    client = browse(cast.worker)
    line = client.post(url("case_task_done", todo), {"back": "start"}, headers={"HX-Request": "true"})
    text = line.content.decode()
    assert (line.status_code, text.count("<li"), "<html" in text) == (200, 1, False)
    assert url("case_task_reopen", todo) in text
    again = client.post(url("case_task_reopen", todo), {"back": "start"}, headers={"HX-Request": "true"})
    assert url("case_task_done", todo) in again.content.decode()
    assert Task.objects.get(pk=todo.pk).ended == ""


def test_second_click_of_two_tabs_shows_that_it_is_done(browse, cast, todo):
    client = browse(cast.worker)
    client.post(url("case_task_done", todo), {"back": "list"})
    assert client.post(url("case_task_done", todo), {"back": "list"}).status_code == 409
    line = client.post(url("case_task_done", todo), {"back": "list"}, headers={"HX-Request": "true"})
    assert "Klart" in line.content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", ""])
def test_nobody_is_sent_elsewhere(browse, cast, todo, back):
    answer = browse(cast.worker).post(url("case_task_done", todo), {"back": back})
    assert answer.url == reverse("start")


def test_task_is_added_and_handed_over(browse, cast, case):
    client = browse(cast.worker)
    page = client.get(reverse("cases:case_task_new", args=[case]))
    sent = {
        "key": page.context["form"]["key"].value(),
        "kind": "meet",
        "text": SECRET,
        "due_on": (timezone.localdate() + timedelta(days=3)).isoformat(),
        "assigned_to": str(cast.worker.pk),
    }
    for _ in range(2):
        answer = client.post(reverse("cases:case_task_new", args=[case]), sent)
        assert answer.url == reverse("cases:case_tasks", args=[case])
    (made,) = Task.objects.filter(case=case, rule="")
    client.post(url("case_task_hand_over", made), {"to": str(cast.supervisor.pk)})
    assert Task.objects.get(pk=made.pk).assigned_to_id == cast.supervisor.pk


def test_form_refuses_a_day_that_has_been(browse, cast, case):
    client = browse(cast.worker)
    key = client.get(reverse("cases:case_task_new", args=[case])).context["form"]["key"].value()
    sent = {"key": key, "kind": "meet", "text": "x", "due_on": "2020-01-01", "assigned_to": cast.worker.pk}
    answer = client.post(reverse("cases:case_task_new", args=[case]), sent)
    assert answer.status_code == 422
    assert "Dagen har redan varit" in answer.content.decode()


def test_what_nobody_can_do_any_more_comes_to_the_supervisor(browse, cast, todo):
    from cases.models import CaseGrant

    assert "ingen kan göra den" not in browse(cast.supervisor).get(reverse("cases:todo")).content.decode()
    CaseGrant.objects.filter(user=cast.worker).update(expires_at=NOW)
    assert "ingen kan göra den" in browse(cast.supervisor).get(reverse("cases:todo")).content.decode()
    assert SECRET not in browse(cast.worker).get(reverse("cases:todo")).content.decode()


def test_calendar_file_holds_days_and_nothing_else(browse, cast, todo):
    make_case(worker=cast.worker, at=timezone.now(), track="prevention", birth_date=date(2012, 9, 14))
    answer = browse(cast.worker).get(reverse("cases:todo_days"))
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Content-Disposition"] == 'attachment; filename="tidsfrister.ics"'
    assert answer["Cache-Control"] == "no-store"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert {str(event["SUMMARY"]) for event in events} == {"Tidsfrist – logga in"}
    days = [event.decoded("DTSTART") for event in events]
    assert timezone.localdate() + timedelta(days=1) in days
    assert days == sorted(set(days))
    assert {name for event in events for name in event} == {
        "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "CLASS", "TRANSP",
    }  # fmt: skip
    number = todo.case.number.encode()
    for said in (number, todo.case.code_name.encode(), b"avhopp", b"http", str(todo.pk).encode()):
        assert said not in answer.content.lower()
    assert Leaf.objects.filter(event="task.days_exported", about=cast.worker.pk).count() == 1


def test_follow_up_is_written_down_on_an_ended_case(browse, cast):
    from tests.integration.clocks.conftest import Life

    opened = date(2026, 3, 2)
    life = Life(cast, make_case(worker=cast.worker), opened)
    life.move("inquiry")
    life.move("closed", closure_reason="own_request")
    client, address = browse(cast.worker), reverse("cases:case_follow_up_new", args=[life.case])
    form = client.get(address).context["form"]
    sent = {**HOW_IT_WENT, "key": form["key"].value(), "months": "6", "happened_on": "2026-09-01"}
    assert client.post(address, sent).url == reverse("cases:case", args=[life.case])
    made = FollowUp.objects.get(case=life.case)
    page = client.get(reverse("cases:case", args=[life.case])).content.decode()
    assert "Eget kontrakt" in page
    assert reverse("cases:case_follow_up", args=[life.case, made.pk]) in page
    assert "follow_up_6" not in life.open_clocks()


def test_received_day_is_asked_for_and_first_meetings_are_measured(browse, cast):
    from cases.actions import enquiries
    from tests.universe.enquiries import contact

    client = browse(cast.worker)
    assert "När kom anmälan eller ansökan in?" in client.get(reverse("cases:case_new")).content.decode()
    today = timezone.localdate()
    received = timezone.now() - timedelta(days=5)
    with acting(cast.worker) as actor:
        for waited in (1, 5):
            made = enquiries.register(**contact(received_at=received), by=actor, now=NOW)
            on = timezone.localdate(received) + timedelta(days=waited)
            enquiries.note_first_meeting(enquiry=made, on=min(on, today), by=actor, now=NOW)
    text = client.get(reverse("cases:enquiries")).content.decode()
    assert "Senaste tre månaderna: 1 av 2 första möten hölls i tid." in text
    page = client.get(reverse("cases:enquiry", args=[made.pk])).content.decode()
    assert "efter 5 dagar, senare än utlovat" in page
