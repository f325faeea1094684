"""A colleague's word that she is not recused, and where she lives, as far as the question for it needs to know."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from cases.models.row import CaseRow


class ImpartialityStatement(CaseRow):
    """One colleague's word about one case; `created_by` gave it."""

    append_only = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "created_by"], name="one_word_a_colleague")]


class HomeAddress(models.Model):
    """A keyed fingerprint of where a colleague lives (`avhopp.sealed.indexes`); the address itself is kept nowhere.

    She gives it herself, and takes it back when she wants to; it is gone when her account is closed.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="+",
        editable=False,
    )
    fingerprint = models.IntegerField(editable=False)
    written_at = models.DateTimeField(editable=False)

    plain_because: ClassVar[dict[str, str]] = {
        "account": "den anställda",
        "fingerprint": "nycklat avtryck av den anställdas egen adress; säger inget utan nyckeln",
        "written_at": "visas för den anställda själv",
    }
