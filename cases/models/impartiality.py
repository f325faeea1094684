"""A colleague's word that she is not recused, given when her name is like the client's."""

from __future__ import annotations

from django.db import models

from cases.models.row import CaseRow


class ImpartialityStatement(CaseRow):
    """One colleague's word about one case; `created_by` gave it."""

    append_only = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "created_by"], name="one_word_a_colleague")]
