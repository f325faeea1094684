"""Which birth date the age tasks of a case follow, so that the clock finds a changed one without opening anything."""

from __future__ import annotations

import hashlib

from django.db import models

from cases.models.case import Case


class BirthDateWatch(models.Model):
    """The digest of the sealed birth date when the tasks were set; says nothing of the date itself."""

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, primary_key=True, related_name="birth_date_watch", editable=False
    )
    followed = models.BinaryField(max_length=32, editable=False)

    plain_because = {"case": "slumptal", "followed": "kontrollsumma över ett förseglat värde"}

    def __str__(self) -> str:
        return f"cases.birthdatewatch {self.pk}"

    @classmethod
    def follow(cls, case: Case) -> None:
        """Note that the tasks of a case follow its person's birth date as it is stored now."""
        stored = bytes(case.person.__dict__["birth_date"])
        cls.objects.update_or_create(case=case, defaults={"followed": hashlib.sha256(stored).digest()})
