"""The form that takes a register in, and the fragment that says how far it has come."""

from __future__ import annotations

from typing import Any

from celery import current_app
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_protect

from avhopp.files.uploads import NoFiles
from avhopp.web.guard import ActingRequest
from avhopp.web.polling import STOP_ASKING
from cases.actions import imports
from cases.actions.once import AlreadyDone
from cases.forms.register import UploadForm
from cases.queries.rows import RegisterImport
from cases.register import HEADINGS, MOST_BYTES, NEEDED
from cases.views.present import imports as present

# What a form has beside its file.
FORM_BYTES = 64 * 1024


class InMemory(MemoryFileUploadHandler):
    """Keeps the file in memory alone, whatever its size up to ours, so that it never lies on a disk in clear."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.activated = content_length <= MOST_BYTES + FORM_BYTES


def keep_in_memory(request: ActingRequest) -> None:
    """Let the file of the request be read into memory; raises if the body was read already."""
    request.upload_handlers = [InMemory(request), NoFiles(request)]


@csrf_protect
def answer(request: ActingRequest) -> HttpResponse:
    """Show the form, or take the file in and have it checked."""
    form = UploadForm(request.POST or None, request.FILES or None, person=request.actor.person)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        try:
            found = imports.bring(
                rows=form.cleaned_data["file"], by=request.actor, now=request.now, new_id=key
            )
        except AlreadyDone:
            return redirect("cases:import", key)
        hand_over(found, "cases.check_register")
        return redirect("cases:import", found.pk)
    columns = [{"name": names[0], "needed": key in NEEDED} for key, names in HEADINGS.items()]
    status = 422 if form.errors else 200
    return render(request, "cases/import_new.html", {"form": form, "columns": columns}, status=status)


def hand_over(register: RegisterImport, task: str) -> None:
    """Give a task the register's id once what it needs is certainly there."""
    transaction.on_commit(lambda: current_app.send_task(task, args=[str(register.pk)]))


def progress(request: ActingRequest, register: RegisterImport) -> HttpResponse:
    """The fragment; when the work has ended, the word to stop and to show the whole page."""
    shown = present.progress(register)
    if shown["is_at_work"]:
        return render(request, "cases/import_progress.html", {"progress": shown})
    response = HttpResponse(status=STOP_ASKING)
    response.headers["HX-Redirect"] = reverse("cases:import", args=[register.pk])
    return response
