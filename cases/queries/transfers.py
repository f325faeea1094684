"""The requests of an opened case that another municipality takes it over."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from cases.access import NotVisible, Opened
from cases.ages import is_child
from cases.models import Task, Transfer

INQUIRY = "inquiry_child"
REPLY = "transfer_reply"


def transfers_of(opened: Opened) -> list[Transfer]:
    """Every request, newest first."""
    return list(Transfer.objects.filter(case=opened.case).order_by("-created_at", "-id"))


def transfer_of(opened: Opened, transfer: UUID) -> Transfer:
    """One request of the case; raises `NotVisible`."""
    found = Transfer.objects.filter(pk=transfer, case=opened.case).first()
    if found is None:
        raise NotVisible
    return found


def reply_due(opened: Opened, transfer: Transfer) -> date | None:
    """The day after which IVO may be asked (SoL 29:11)."""
    clock = Task.objects.filter(case=opened.case, rule=REPLY, about=transfer.pk).first()
    return clock.due_on if clock else None


def has_childs_inquiry(opened: Opened, *, on: date) -> bool:
    """Tell whether an inquiry about a child is under way, which is finished here although she moves (SoL 29:9)."""
    is_young = is_child(born=opened.case.person.birth_date, day=on)
    return is_young and Task.objects.filter(case=opened.case, rule=INQUIRY, ended="").exists()
