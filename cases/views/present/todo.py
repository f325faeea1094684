"""One thing to do, wherever it is shown: in a list that opens nothing, or in its case with all that is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from avhopp.translation import gettext_noop
from cases.access import Opened
from cases.catalogue.deadline_rules import EXTENSION_NAMES, Extension
from cases.deadlines import AGE_RULES, FIRST_MEETING, FOLLOW_UPS
from cases.policies import Question
from cases.queries.choices import TaskEnd, TaskKind
from cases.queries.rows import Case, Task
from cases.queries.todo import Waiting

# Where a clock that cannot be ticked off is brought to its end.
PLACES: dict[str, str] = {
    "preliminary": "cases:case_stages",
    "inquiry_child": "cases:case_stages",
    "emergency_review": "cases:case_access",
    **dict.fromkeys(FOLLOW_UPS.values(), "cases:case_follow_up_new"),
}


HEADINGS = {
    "late": gettext_noop("Försenat"),
    "today": gettext_noop("I dag"),
    "soon": gettext_noop("Inom två veckor"),
    "later": gettext_noop("Senare"),
}
SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class Todo:
    """It has a last day, or waits since a day and says how in a tag. `note` and `facts` are shown in its case alone."""

    title: str
    verb: str
    hint: str
    url: str
    near: date
    id: str = ""
    due: date | None = None
    tag: str = ""
    colour: str = ""
    raised: bool = False
    note: str = ""
    facts: tuple[str, ...] = ()
    links: tuple[dict[str, str], ...] = ()
    done_url: str = ""
    undo_url: str = ""
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What is due in a stretch of time, under its heading."""

    title: str
    todos: list[Todo] = field(default_factory=list)


def named(case: Case) -> str:
    """A case in a list that opens nothing: its number and the code name by which it is spoken of."""
    return f"{case.number} · {case.code_name}"


def title(waiting: Waiting) -> str:
    """What is to be done, in words that may stand in a list."""
    if waiting.task.rule:
        return _(waiting.name or waiting.task.rule)
    return str(TaskKind(waiting.task.kind).label)


def todo(waiting: Waiting, *, reader: UUID | None, today: date) -> Todo:
    """A task in a list; nothing sealed is read."""
    task = waiting.task
    return Todo(
        id=f"u-{task.pk}",
        title=title(waiting),
        verb=_("Öppna ärendet"),
        hint=_hint(waiting, reader),
        url=f"{reverse('cases:case_tasks', args=[task.case_id])}#u-{task.pk}",
        near=task.due_on,
        raised=task.escalated_at is not None,
        is_done=bool(task.ended),
        done_url=_done_url(waiting),
        undo_url=_undo_url(waiting, reader, today),
        **_when(task, today),
    )


def in_its_case(opened: Opened, waiting: Waiting, *, today: date) -> Todo:
    """A task in its opened case: with its text, the law it rests on, and what can be done with it."""
    task = waiting.task
    shown = todo(waiting, reader=opened.actor.user, today=today)
    may_handle = bool(opened.may(Question.HANDLE_TASK))
    due = task.birthday or task.due_on
    return replace(
        shown,
        hint=_("Ansvarig: %(name)s") % {"name": task.assigned_to.name},
        url=_place(task),
        near=due,
        due=due,
        tag="",
        note=task.text,
        facts=tuple(_facts(waiting)),
        links=tuple(_links(opened, task)) if may_handle else (),
        done_url=shown.done_url if may_handle else "",
    )


def ended(waiting: Waiting) -> dict[str, Any]:
    """A task that has ended, as `components/record.html` reads it; in its opened case."""
    task = waiting.task
    rows = [
        {"key": _("Vad"), "value": task.text},
        {"key": _("Senast"), "day": task.birthday or task.due_on},
        {"key": _("Avslutad"), "day": task.ended_at},
        {"key": _("Av"), "value": task.ended_by.name if task.ended_by else _("Systemet")},
        {"key": _("Varför"), "value": task.end_reason},
    ]
    colour = "green" if task.ended == TaskEnd.DONE else "grey"
    return {
        "id": f"u-{task.pk}",
        "title": title(waiting),
        "tags": [{"text": TaskEnd(task.ended).label, "colour": colour}],
        "rows": [row for row in rows if row.get("value") or row.get("day")],
    }


def groups(todos: Iterable[Todo], *, today: date) -> list[Group]:
    """Late, today, soon, later; without those that are empty. What waits without a last day is soon."""
    found = {name: Group(_(heading)) for name, heading in HEADINGS.items()}
    for one in todos:
        found[_stretch(one, today)].todos.append(one)
    return [group for group in found.values() if group.todos]


def day_of(moment: datetime) -> date:
    """The Stockholm day of a moment."""
    return timezone.localdate(moment)


def _stretch(one: Todo, today: date) -> str:
    left = (one.near - today).days
    if one.due is None:
        return "soon" if left <= SOON_DAYS else "later"
    if left <= 0:
        return "late" if left < 0 else "today"
    return "soon" if left <= SOON_DAYS else "later"


def _when(task: Task, today: date) -> dict[str, Any]:
    if task.rule not in AGE_RULES:
        return {"due": task.due_on}
    month = date_format(task.due_on, "F Y")
    is_now = (task.due_on.year, task.due_on.month) <= (today.year, today.month)
    return {"tag": _("I %(month)s") % {"month": month}, "colour": "yellow" if is_now else "grey"}


def _hint(waiting: Waiting, reader: UUID | None) -> str:
    task = waiting.task
    if task.assigned_to_id == reader or task.ended:
        return named(task.case)
    who = _("ingen kan göra den") if waiting.is_orphan else task.assigned_to.name
    return f"{named(task.case)} · {who}"


def _place(task: Task) -> str:
    if task.rule == FIRST_MEETING:
        return reverse("cases:enquiry", args=[task.about])
    place = PLACES.get(task.rule)
    return reverse(place, args=[task.case_id]) if place else ""


def _done_url(waiting: Waiting) -> str:
    if waiting.task.ended or not waiting.by_hand:
        return ""
    return reverse("cases:case_task_done", args=[waiting.task.case_id, waiting.task.pk])


def _undo_url(waiting: Waiting, reader: UUID | None, today: date) -> str:
    task = waiting.task
    if task.ended != TaskEnd.DONE or task.ended_at is None or not waiting.by_hand or waiting.repeats:
        return ""
    if task.ended_by_id != reader or day_of(task.ended_at) != today:
        return ""
    return reverse("cases:case_task_reopen", args=[task.case_id, task.pk])


def _facts(waiting: Waiting) -> Iterable[str]:
    task = waiting.task
    if task.rule and task.rule not in AGE_RULES:
        yield _("Räknas från %(day)s") % {"day": f"{task.starts_on:%Y-%m-%d}"}
    if waiting.provision:
        yield waiting.provision
        extension = _(EXTENSION_NAMES[Extension(waiting.extension)])
        yield _("Förlängning: %(what)s") % {"what": extension[:1].lower() + extension[1:]}
    if task.extended_by:
        yield _("Förlängd med beslut")
    if task.escalated_at:
        yield _("Lyft till arbetsledaren %(day)s") % {"day": f"{day_of(task.escalated_at):%Y-%m-%d}"}


def _links(opened: Opened, task: Task) -> Iterable[dict[str, str]]:
    ids = [opened.case.pk, task.pk]
    yield {"label": _("Lämna över"), "url": reverse("cases:case_task_hand_over", args=ids)}
    if task.rule and opened.may(Question.DROP_CLOCK):
        yield {"label": _("Ta bort tidsfristen"), "url": reverse("cases:case_task_drop", args=ids)}
