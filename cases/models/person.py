"""A person whom the programme helps. Everything about her is sealed under her own key."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.base import SealedModel
from avhopp.sealed.fields import SealedBooleanField, SealedChoiceField, SealedDateField, SealedTextField
from avhopp.sealed.history import SealedHistoricalRecords
from avhopp.sealed.indexes import birth_bucket


class IdentityKind(models.TextChoices):
    """domain.md §2, identity numbers; only the first two have a check digit that can be trusted."""

    PERSONNUMMER = "personnummer", _("Personnummer")
    SAMORDNINGSNUMMER = "samordningsnummer", _("Samordningsnummer")
    INTERIM = "interim", _("Tillfälligt nummer eller reservnummer")
    UNKNOWN = "unknown", _("Okänt")


class CoordinationLevel(models.TextChoices):
    """How well the identity behind a samordningsnummer is proved (domain.md §2, identity numbers)."""

    PROVED = "proved", _("Styrkt identitet")
    LIKELY = "likely", _("Sannolik identitet")
    UNCERTAIN = "uncertain", _("Osäker identitet")


class BirthDateSource(models.TextChoices):
    """Where the date of birth comes from; a date taken out of a number may be another than the real one."""

    PROVED = "proved", _("Styrkt")
    STATED = "stated", _("Uppgivet av personen")
    NUMBER = "number", _("Hämtat ur numret")
    ESTIMATED = "estimated", _("Uppskattat")


class LegalSex(models.TextChoices):
    """Kept apart from the number."""

    WOMAN = "woman", _("Kvinna")
    MAN = "man", _("Man")
    UNKNOWN = "unknown", _("Okänt")


class Protection(models.TextChoices):
    """Levels of protected identity (OSL 22:1, folkbokföringslagen 16 §)."""

    NONE = "none", _("Inga skyddade uppgifter")
    MARKED = "marked", _("Sekretessmarkering")
    REGISTERED = "registered", _("Skyddad folkbokföring")


class Person(SealedModel):
    """One natural person. The link between a real and an assumed identity is never stored (OSL 21:3)."""

    sealed_scope = "id"

    identity_kind = SealedChoiceField(_("slag av nummer"), label="cases.person", choices=IdentityKind)
    identity_number = SealedTextField(_("nummer"), label="cases.person", blank=True, max_length=32)
    coordination_level = SealedChoiceField(
        _("samordningsnumrets nivå"), label="cases.person", blank=True, choices=CoordinationLevel
    )
    given_name = SealedTextField(_("förnamn"), label="cases.person", max_length=200)
    family_name = SealedTextField(_("efternamn"), label="cases.person", blank=True, max_length=200)
    called_name = SealedTextField(_("tilltalsnamn"), label="cases.person", blank=True, max_length=200)
    birth_date = SealedDateField(_("födelsedatum"), label="cases.person", blank=True)
    birth_date_source = SealedChoiceField(
        _("födelsedatumets källa"), label="cases.person", blank=True, choices=BirthDateSource
    )
    legal_sex = SealedChoiceField(_("juridiskt kön"), label="cases.person", choices=LegalSex)
    protection = SealedChoiceField(_("skyddade personuppgifter"), label="cases.person", choices=Protection)
    protection_authority = SealedTextField(
        _("myndighet som har beslutat"), label="cases.person", blank=True, max_length=200
    )
    protection_review_on = SealedDateField(_("prövas på nytt"), label="cases.person", blank=True)
    language = SealedTextField(_("språk"), label="cases.person", blank=True, max_length=100)
    needs_interpreter = SealedBooleanField(_("behöver tolk"), label="cases.person", blank=True)
    deceased_on = SealedDateField(_("avliden"), label="cases.person", blank=True)
    created_at = models.DateTimeField(editable=False)
    intake_bucket = models.PositiveSmallIntegerField(editable=False)

    history = SealedHistoricalRecords(label="cases.person")

    plain_because = {
        "created_at": "drift; säger inget om vem",
        "intake_bucket": "avkortat blindindex, delas av många; hittar den som kan vara känd redan",
    }

    class Meta:
        indexes = [models.Index(fields=["intake_bucket"], name="person_by_bucket")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the bucket of the birth date as it is now, so that the index is never stale."""
        wanted = kwargs.get("update_fields")
        if wanted is None or "birth_date" in wanted or self._state.adding:
            if self.birth_date is not None or self.intake_bucket is None:
                self.intake_bucket = birth_bucket(self.birth_date)
            if wanted is not None:
                kwargs["update_fields"] = {*wanted, "intake_bucket"}
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        """The name in the order it is spoken; needs an open scope."""
        return f"{self.given_name} {self.family_name}".strip()
