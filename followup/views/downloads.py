"""The report as files. Each leaves a leaf that says who took it out, in which form, and up to which release."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from followup import signing
from followup.actions import reading
from followup.queries import ledger
from followup.queries.choices import Agreement
from followup.queries.report import report
from followup.report import flat, pdf, sheets
from followup.report.content import Report
from followup.views import frame
from followup.views.answers import ANSWERS

FORMS: dict[str, tuple[str, Callable[[Report], bytes]]] = {
    "pdf": ("application/pdf", pdf.write),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheets.write_xlsx),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", sheets.write_ods),
    "csv": ("text/csv; charset=utf-8", flat.write_csv),
}


def _download(form: str) -> Callable[..., HttpResponseBase]:
    @page(right=Right.READ_FOLLOWUP, purpose="export", answers=ANSWERS)
    def view(request: ActingRequest) -> HttpResponse:
        agreement = frame.chosen(request)
        kind, write = FORMS[form]
        data = write(report(agreement=agreement, today=reading.today_at(request.now)))
        reading.export(agreement=agreement, what=form, by=request.actor, now=request.now)
        return file(data, name=f"uppfoljning.{form}", kind=kind)

    return view


report_pdf, report_xlsx, report_ods, report_csv = (_download(form) for form in FORMS)


@page(right=Right.READ_FOLLOWUP, purpose="export", answers=ANSWERS)
def report_json(request: ActingRequest) -> HttpResponse:
    """Everything that has been released, signed; anybody can check it without us."""
    agreement = frame.chosen(request)
    data = _signed(agreement)
    reading.export(agreement=agreement, what="json", by=request.actor, now=request.now)
    return file(data, name="redovisningar.json", kind="application/json")


def file(data: bytes, *, name: str, kind: str) -> HttpResponse:
    """Answer with a file to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=kind, headers=headers)


def _signed(agreement: Agreement) -> bytes:
    published = ledger.published(agreement)
    if not published:
        raise reading.NotThere
    return signing.bundle(releases=ledger.files_of(agreement), note=published[-1].signature)
