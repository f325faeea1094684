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

    @staticmethod
    def follow(case: Case) -> None:
        """Note that the tasks of a case follow its person's birth date as it is stored now."""
        stored = bytes(case.person.__dict__["birth_date"])
        watch = BirthDateWatch(case=case, followed=hashlib.sha256(stored).digest())
        # One statement for the first and for every later time.
        BirthDateWatch.objects.bulk_create(
            [watch], update_conflicts=True, unique_fields=["case"], update_fields=["followed"]
        )
