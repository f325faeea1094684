"""A person whom the programme helps. Everything about her is sealed under her own key."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.base import SealedModel
from avhopp.sealed.fields import SealedBooleanField, SealedChoiceField, SealedDateField, SealedTextField
from avhopp.sealed.history import SealedHistoricalRecords


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

    history = SealedHistoricalRecords(label="cases.person")

    plain_because = {"created_at": "drift; säger inget om vem"}

    @property
    def full_name(self) -> str:
        """The name in the order it is spoken; needs an open scope."""
        return f"{self.given_name} {self.family_name}".strip()
