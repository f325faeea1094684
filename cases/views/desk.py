"""Writing a draft: saving, autosaving, reading through, signing, and two people on one draft.

What was typed is never lost: whatever goes wrong, the answer holds the text. Text that a colleague has saved, or one's
own other tab, is only written over after it has been shown beside what was sent. Notes, mappings and assessments each
say what they are in a subclass.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import NotVisible, Opened
from cases.actions import drafts
from cases.forms.drafts import DraftForm, VersionForm
from cases.policies import Question
from cases.queries.rows import Assessment, Decision, NeedsMapping, Note, Plan
from cases.views import confirming, frame
from cases.views.present.drafts import author

Row = TypeVar("Row", Note, NeedsMapping, Assessment, Plan, Decision)


class Desk(Generic[Row]):
    """One draft before one person. `address` names its page, and its other addresses begin with that name."""

    here: ClassVar[str]
    address: ClassVar[str]
    writes: ClassVar[Question]
    title: ClassVar[str]
    draft_title: ClassVar[str]
    # What the form's fields look like, and how the text is shown once it is written.
    fields: ClassVar[str] = "forms/fields.html"
    shape: ClassVar[str] = "app-form--note"
    shown: ClassVar[str]
    signing: ClassVar[str] = "cases/draft_sign.html"

    def __init__(self, request: ActingRequest, opened: Opened, row: Row) -> None:
        self.request, self.opened = request, opened
        self.row: Row = row

    # What a kind of draft says of itself.

    def form(self, *, data: Any = None, to_sign: bool = False) -> DraftForm:
        """The form with what is saved, or with what was sent."""
        raise NotImplementedError

    def written(self, row: Row) -> dict[str, Any]:
        """What of a row is written by hand, as the form holds it."""
        raise NotImplementedError

    def parts(self, content: Mapping[str, Any]) -> list[dict[str, str]]:
        """What is written, under its headings."""
        raise NotImplementedError

    def entry(self) -> dict[str, Any]:
        """The row as the template `shown` reads it, without buttons."""
        raise NotImplementedError

    def save(self, *, content: Mapping[str, Any], version: int) -> Row:
        """Save what was typed."""
        raise NotImplementedError

    def sign(self, *, version: int) -> Row:
        """Sign what was saved."""
        raise NotImplementedError

    def discard(self, *, version: int) -> None:
        """Throw the draft away."""
        raise NotImplementedError

    def begun_correction(self) -> Row | None:
        """The correction that somebody has begun."""
        raise NotImplementedError

    def correct(self) -> Row:
        """Begin a correction."""
        raise NotImplementedError

    def question(self) -> Question:
        """What the policy is asked before somebody writes."""
        return Question.CORRECT_NOTE if self.row.corrects_id else self.writes

    def before_signing(self) -> Mapping[str, Any]:
        """What the page for signing shows beside the text."""
        return {}

    # What all of them do.

    def answer(self) -> HttpResponse:
        """Show the editor or the page for signing, or do what the pressed button says."""
        if self.row.is_signed:
            return self._already_signed()
        self.opened.demand(self.question())
        if self.request.method != "POST":
            return self._reading_through() if "signera" in self.request.GET else self._editor(self.form())
        if self.request.POST.get("do") == "sign":
            return self._sign()
        is_review = self.request.POST.get("do") == "review"
        form = self.form(data=self.request.POST, to_sign=is_review)
        if not form.is_valid():
            return self._editor(form)
        try:
            self._save(form)
        except drafts.DraftConflict as error:
            return self._conflict(form, error.current)
        if is_review:
            return redirect(f"{self.url()}?signera=1")
        messages.success(self.request, _("Utkastet är sparat."))
        return redirect(self.url())

    def autosaved(self) -> HttpResponse:
        """Save what stands in the form now, and say so in the fragment that htmx puts in its place."""
        if self.row.is_signed:
            return self._fragment(409, _("Det är redan signerat. Texten här är inte sparad; kopiera den."))
        form = self.form(data=self.request.POST)
        if not form.is_valid():
            # The first error is enough to know where to look; the form shows them all when it is saved by its button.
            name, errors = next(iter(form.errors.items()))
            label = form.fields[name].label if name in form.fields else ""
            return self._fragment(
                422, _("Inte sparat. %(label)s: %(error)s") % {"label": label, "error": errors[0]}
            )
        try:
            saved = self._save(form)
        except drafts.DraftConflict as error:
            return self._fragment(409, self._late(error.current))
        return self._fragment(200, "", version=saved.version)

    def discarded(self) -> HttpResponse:
        """Ask, then throw a draft of one's own away."""
        if self.row.is_signed or self.row.author_id != self.request.actor.user:
            raise NotVisible
        if self.request.method != "POST":
            return confirming.discarding(
                self.request, self.opened, self.here, version=self.row.version, back=self.url()
            )
        self.discard(version=self._version())
        messages.success(self.request, _("Utkastet är kastat."))
        return redirect(self.here, self.opened.case.pk)

    def corrected(self) -> HttpResponse:
        """Ask, then begin a correction; the one that was begun before, if there is one."""
        self.opened.demand(Question.CORRECT_NOTE)
        begun = self.begun_correction()
        if self.request.method != "POST" and begun is None and self.row.is_signed:
            return confirming.correcting(self.request, self.opened, self.here, back=self.place(self.row))
        draft = begun or self.correct()
        return redirect(self.address, self.opened.case.pk, draft.pk)

    def url(self, suffix: str = "") -> str:
        """The draft's own address, or another that begins with its name."""
        return reverse(f"{self.address}{suffix}", args=[self.opened.case.pk, self.row.pk])

    @property
    def autosave_url(self) -> str:
        """Where the draft is saved while it is written."""
        return self.url("_autosave")

    @property
    def discard_url(self) -> str:
        """Where the draft is thrown away."""
        return self.url("_discard")

    def place(self, row: Row) -> str:
        """Where a signed row is read."""
        return f"{reverse(self.here, args=[self.opened.case.pk])}#n-{row.pk}"

    def _version(self) -> int:
        """The version that the person had before her; one that nobody ever had when it is missing."""
        form = VersionForm(self.request.POST)
        return int(form.cleaned_data["version"]) if form.is_valid() else 0

    def _show(self, template: str, content: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
        page = {"desk": self, "is_correction": self.row.corrects_id is not None, **content}
        return frame.show(self.request, self.opened, template, here=self.here, content=page, status=status)

    def _already_signed(self) -> HttpResponse:
        """Lead to the signed row; text sent after somebody else had signed is shown, so that it can be kept."""
        if self.request.method == "POST" and self.request.POST.get("do") != "sign":
            form = self.form(data=self.request.POST)
            form.is_valid()
            content = {"yours": self.parts(form.cleaned_data), "entry": self.entry()}
            return self._show("cases/draft_locked.html", content, status=409)
        return redirect(self.place(self.row))

    def _save(self, form: DraftForm) -> Row:
        wanted = form.content()
        try:
            return self.save(content=wanted, version=form.cleaned_data["version"])
        except drafts.DraftConflict as error:
            current: Any = error.current
            # The page waits for its own autosave before it sends anything more (frontend/js/htmx.mjs).
            there = {name: getattr(current, name) for name in wanted}
            if any(there[name] != value for name, value in wanted.items() if value or there[name]):
                raise
            return current  # type: ignore[no-any-return]

    def _is_own(self, current: Any) -> bool:
        return bool(current.updated_by_id == self.request.actor.user)

    def _late(self, current: Any) -> str:
        if self._is_own(current):
            return _(
                "Utkastet har sparats någon annanstans, kanske i en annan flik. Din text ligger kvar här. "
                "Spara utkastet för att jämföra texterna."
            )
        return _(
            "En kollega har sparat före dig. Din text ligger kvar här. Spara utkastet för att jämföra texterna."
        )

    def _editor(
        self, form: DraftForm, *, status: int = 0, content: Mapping[str, Any] | None = None
    ) -> HttpResponse:
        original: Any = self.row.corrects
        page = {
            "form": form,
            "is_own": self.row.author_id == self.request.actor.user,
            "author": author(self.row.author),
            "original": self.parts({**self.written(original), "correction_reason": ""}) if original else [],
            **(content or {}),
        }
        return self._show("cases/draft_edit.html", page, status=status or (422 if form.errors else 200))

    def _conflict(self, form: DraftForm, current: Any) -> HttpResponse:
        data = {**dict(form.data.items()), "version": str(current.version)}
        # What is sent from this page has been compared with the version that it shows.
        typed = self.form(data=data)
        content = {
            "is_conflict": True,
            "yours": self.parts(form.content()),
            "theirs": self.parts(self.written(current)),
            "theirs_by": current.updated_by.name,
            "theirs_is_own": self._is_own(current),
            "theirs_at": current.updated_at,
        }
        return self._editor(typed, status=409, content=content)

    def _reading_through(self) -> HttpResponse:
        content = {
            "entry": self.entry(),
            "form": VersionForm(initial={"version": self.row.version}),
            "reason": self.row.correction_reason,
            **self.before_signing(),
        }
        return self._show(self.signing, content)

    def _sign(self) -> HttpResponse:
        try:
            # Nothing but the version is sent: what is signed is what was saved and read through.
            signed = self.sign(version=self._version())
        except drafts.NotReadyToSign:
            messages.error(self.request, _("Något saknas. Fyll i det och granska igen."))
            return redirect(self.url())
        except drafts.DraftConflict:
            messages.warning(
                self.request, _("Utkastet har ändrats sedan du läste det. Läs det igen innan du signerar.")
            )
            return redirect(f"{self.url()}?signera=1")
        messages.success(self.request, _("Texten är signerad och låst."))
        return redirect(self.place(signed))

    def _fragment(self, status: int, text: str, *, version: int | None = None) -> HttpResponse:
        context = {
            "state": "failed" if text else "saved",
            "text": text,
            "at": timezone.localtime(self.request.now),
            "version": version,
        }
        return render(self.request, "cases/draft_autosave.html", context, status=status)
