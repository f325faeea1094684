"""One click on a task: with htmx its line changes where it stands, without it the page comes back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions.tasks import AlreadyEnded, NotToBeReopened
from cases.forms.tasks import BackForm
from cases.queries import todo
from cases.queries.todo import Waiting
from cases.views.present import todo as present


def answer(
    request: ActingRequest, opened: Opened, waiting: Waiting, act: Callable[[], object]
) -> HttpResponse:
    """Do it, and show the line as it is now; where somebody was first, the line says so by itself."""
    form = BackForm(request.POST)
    place = form.cleaned_data["back"] if form.is_valid() else ""
    try:
        act()
    except (AlreadyEnded, NotToBeReopened):
        if not request.htmx:  # type: ignore[attr-defined]
            raise
    now = todo.task_of(opened, waiting.task.pk)
    if request.htmx:  # type: ignore[attr-defined]
        return _line(request, opened, now, place)
    messages.success(request, _("Uppgiften är klar.") if now.task.ended else _("Uppgiften väntar igen."))
    return redirect(_back(opened, place))


def _line(request: ActingRequest, opened: Opened, waiting: Waiting, place: str) -> HttpResponse:
    today = timezone.localdate(request.now)
    shown = present.todo(waiting, reader=request.actor.user, today=today)
    if place == "case" and not waiting.task.ended:
        shown = present.in_its_case(opened, waiting, today=today)
    context = {"todo": shown, "today": today, "place": place, "is_answer": True}
    return render(request, "cases/todo_line.html", context)


def _back(opened: Opened, place: str) -> str:
    if place == "case":
        return reverse("cases:case_tasks", args=[opened.case.pk])
    return reverse("cases:todo" if place == "list" else "start")
