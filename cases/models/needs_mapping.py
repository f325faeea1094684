"""A mapping of needs (kartläggning): one dated, signed picture of every area; the next one is compared with it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedDateField, SealedJSONField, SealedTextField
from cases.models.signed import CorrectableRow


class NeedsMapping(CorrectableRow):
    """`areas` holds, by the area's code, its `score` (0–4 or none), `state`, `goal` and `priority`."""

    content: ClassVar[tuple[str, ...]] = ("mapped_on", "areas", "client_view", "summary", "correction_reason")

    mapped_on = SealedDateField(_("kartlagt"), label="cases.needs_mapping")
    areas = SealedJSONField(_("behovsområden"), label="cases.needs_mapping")
    client_view = SealedTextField(
        _("den enskildes egen bild"), label="cases.needs_mapping", blank=True, max_length=4000
    )
    summary = SealedTextField(_("sammanfattning"), label="cases.needs_mapping", blank=True, max_length=4000)
    correction_reason = SealedTextField(
        _("skäl för rättelsen"), label="cases.needs_mapping", blank=True, max_length=1000
    )

    class Meta(CorrectableRow.Meta):
        indexes = [models.Index(fields=["case", "-created_at"], name="needs_mapping_by_case")]

    @property
    def scores(self) -> dict[str, int | None]:
        """The score of each area; needs an open scope."""
        return {area: said.get("score") for area, said in (self.areas or {}).items()}

    def is_complete(self, today: date) -> bool:
        dated = self.mapped_on is not None and self.mapped_on <= today
        scored = any(score is not None for score in self.scores.values())
        return dated and scored and (self.corrects_id is None or bool(self.correction_reason.strip()))
