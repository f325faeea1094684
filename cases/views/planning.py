"""The forms of a new task, of one that is handed over, and of a clock that is dropped."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import law_clocks, tasks
from cases.forms.tasks import AddTaskForm, DropClockForm, HandOverForm
from cases.queries import people
from cases.queries.choices import TaskKind
from cases.queries.rows import Task
from cases.queries.todo import Waiting
from cases.views import recording
from cases.views.present import todo as present
from cases.views.recording import Sheet

HERE = "cases:case"


def adding(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or add the task."""
    form = AddTaskForm(
        request.POST or None,
        person=request.actor.person,
        today=timezone.localdate(request.now),
        people=people.with_access(opened, at=request.now),
        initial={"assigned_to": str(request.actor.person)},
    )
    sheet = _sheet(opened, _("Ny uppgift"), _("Spara uppgiften"), _("Uppgiften är sparad."))
    return recording.answer(request, opened, form, sheet, lambda: _add(request, opened, form))


def handing_over(request: ActingRequest, opened: Opened, waiting: Waiting) -> HttpResponse:
    """Show the form, or hand the task over."""
    others = [
        user for user in people.with_access(opened, at=request.now) if user.pk != waiting.task.assigned_to_id
    ]
    form = HandOverForm(request.POST or None, people=others)
    sheet = _sheet(
        opened,
        _("Lämna över uppgiften"),
        _("Lämna över"),
        _("Uppgiften är överlämnad."),
        lead=_("%(task)s. Bara den som har åtkomst till ärendet kan ta över.")
        % {"task": present.title(waiting)},
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: tasks.hand_over(
            opened=opened, task=waiting.task, to=form.cleaned_data["to"], by=request.actor, now=request.now
        ),
    )


def dropping(request: ActingRequest, opened: Opened, waiting: Waiting) -> HttpResponse:
    """Show the form, or drop the clock."""
    form = DropClockForm(request.POST or None)
    sheet = _sheet(
        opened,
        _("Ta bort tidsfristen"),
        _("Ta bort tidsfristen"),
        _("Tidsfristen gäller inte längre. Skälet står kvar i ärendet."),
        lead=_("%(task)s. Längre tid ges med ett beslut, inte så här.") % {"task": present.title(waiting)},
        kind="warning",
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: law_clocks.drop(
            opened=opened,
            task=waiting.task,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            now=request.now,
        ),
    )


def _add(request: ActingRequest, opened: Opened, form: AddTaskForm) -> Task:
    values = form.values()
    return tasks.add(
        opened=opened,
        kind=TaskKind(values["kind"]),
        text=values["text"],
        due_on=values["due_on"],
        assigned_to=values["assigned_to"],
        by=request.actor,
        now=request.now,
        new_id=form.new_id,
    )


def _sheet(opened: Opened, title: str, label: str, done: str, *, lead: str = "", kind: str = "") -> Sheet:
    back = reverse("cases:case_tasks", args=[opened.case.pk])
    return Sheet(title=title, label=label, here=HERE, back=back, done=done, lead=lead, kind=kind)
