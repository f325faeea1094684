"""The desk at which a decision is written, read through and signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.translation import gettext_noop
from cases.access import Refused
from cases.actions import decisions as verbs
from cases.actions import drafts, law_clocks
from cases.ages import is_child
from cases.catalogue.decision_kinds import KINDS, DecisionKind
from cases.deadlines import INQUIRY_RULES
from cases.forms.decisions import DecisionForm, clock_text
from cases.policies import Question
from cases.queries import decisions, delegations, law
from cases.queries.rows import Decision
from cases.views.desk import Desk
from cases.views.present import decisions as present

# What stands in the way of a signature and is put right in the draft.
OBSTACLES: dict[type[Exception], str] = {
    drafts.NotReadyToSign: gettext_noop("Något saknas i beslutet. Gå tillbaka till utkastet och fyll i det."),
    verbs.ProvisionNotInForce: gettext_noop(
        "Lagrummet gäller inte på beslutsdagen. Välj i utkastet den lydelse som gäller."
    ),
    verbs.WrongProvision: gettext_noop(
        "Lagrummet hör inte till det här slaget av beslut. Välj ett annat i utkastet."
    ),
    law_clocks.CannotBeExtended: gettext_noop(
        "Tidsfristen kan inte förlängas till den dagen. Den har upphört, eller så är dagen inte senare än i dag gäller."
    ),
    law_clocks.SpecialReasonsMissing: gettext_noop(
        "Den här tidsfristen förlängs bara om det finns synnerliga skäl. Ange och motivera dem i utkastet."
    ),
}
IN_THE_DRAFT: tuple[type[Exception], ...] = (*OBSTACLES, verbs.AgeForbids)


class DecisionDesk(Desk[Decision]):
    """A decision before somebody."""

    here = "cases:case_decisions"
    address = "cases:case_decision_draft"
    draft_title = gettext_noop("Utkast till beslut")
    fields = "cases/decision_fields.html"
    shown = "components/record.html"
    signing = "cases/decision_sign.html"

    @property
    def title(self) -> str:  # type: ignore[override]
        return KINDS[DecisionKind(self.row.kind)].name

    def form(self, *, data: Any = None, to_sign: bool = False) -> DecisionForm:
        today = timezone.localdate(self.request.now)
        laws = law.provisions_on(today, uses=(self.row.rule.uses,))
        if self.row.legal_basis and self.row.legal_basis not in laws:
            laws.append(self.row.legal_basis)
        clocks = decisions.extendable(self.opened, day=today)
        return DecisionForm(
            data,
            initial={**self.written(self.row), "version": self.row.version},
            today=today,
            row=self.row,
            laws=laws,
            clocks=[(task, clock_text(rule.name, task)) for task, rule in clocks],
            is_child=is_child(born=self.opened.case.person.birth_date, day=today),
            has_inquiry=any(task.rule in INQUIRY_RULES for task, _rule in clocks),
            to_sign=to_sign,
        )

    def question(self) -> Question:
        return decisions.question(self.row)

    def written(self, row: Decision) -> dict[str, Any]:
        return {name: getattr(row, name) for name in row.content}

    def parts(self, content: Mapping[str, Any]) -> list[dict[str, str]]:
        return present.parts(content)

    def entry(self) -> dict[str, Any]:
        return present.entry(self.row)

    def before_signing(self) -> Mapping[str, Any]:
        """Who may sign today, and what stands in the way of the reader."""
        found = self.row.legal_basis
        today = timezone.localdate(self.request.now)
        unit = self.opened.case.unit_id
        holders = delegations.delegates_on(today, code=found.code, unit=unit) if found else []
        return {"obstacle": self._obstacle(), "delegates": present.delegates(holders)}

    def save(self, *, content: Mapping[str, Any], version: int) -> Decision:
        return verbs.save_draft(content=content, version=version, **self._given())

    def sign(self, *, version: int) -> Decision:
        return verbs.sign(version=version, **self._given())

    def discard(self, *, version: int) -> None:
        verbs.discard(version=version, **self._given())

    def place(self, row: Decision) -> str:
        return reverse("cases:case_decision", args=[self.opened.case.pk, row.pk])

    def _sign(self) -> HttpResponse:
        try:
            return super()._sign()
        except IN_THE_DRAFT:
            # The page for signing says what it is.
            messages.error(self.request, _("Beslutet är inte signerat. Läs vad som står i vägen."))
            return redirect(f"{self.url()}?signera=1")

    def _obstacle(self) -> str:
        try:
            verbs.demand_ready(
                opened=self.opened, decision=self.row, by=self.request.actor, now=self.request.now
            )
        except Refused as refusal:
            return _(str(refusal.verdict.refusal))
        except IN_THE_DRAFT as error:
            return _sentence(error)
        return ""

    def _given(self) -> dict[str, Any]:
        return {
            "opened": self.opened,
            "decision": self.row,
            "by": self.request.actor,
            "now": self.request.now,
        }


def _sentence(error: Exception) -> str:
    return _(error.verdict.reason) if isinstance(error, verbs.AgeForbids) else _(OBSTACLES[type(error)])
