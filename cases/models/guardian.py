"""Who decides or speaks for a person: the guardians of a child, and a legal representative."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedBooleanField, SealedChoiceField, SealedDateField, SealedTextField
from avhopp.sealed.history import SealedHistoricalRecords
from cases.ages import ADULT_FROM, birthday
from cases.models.row import PersonRow


class Custody(models.TextChoices):
    """What kind of custody a guardian has."""

    JOINT = "joint", _("Gemensam vårdnad")
    SOLE = "sole", _("Ensam vårdnad")
    APPOINTED = "appointed", _("Särskilt förordnad vårdnadshavare")


class Guardian(PersonRow):
    """A guardian (vårdnadshavare) from one day to another; on the child's eighteenth birthday custody ends by law."""

    name = SealedTextField(_("namn"), label="cases.guardian", max_length=200)
    custody = SealedChoiceField(_("vårdnad"), label="cases.guardian", choices=Custody)
    may_be_told = SealedBooleanField(
        _("kan informeras utan fara för barnet?"), label="cases.guardian", blank=True
    )
    note = SealedTextField(_("att tänka på"), label="cases.guardian", blank=True, max_length=1000)
    starts_on = SealedDateField(_("från"), label="cases.guardian", blank=True)
    ends_on = SealedDateField(_("till och med"), label="cases.guardian", blank=True)

    history = SealedHistoricalRecords(label="cases.guardian")

    def is_in_force(self, *, born: date | None, on: date) -> bool:
        """Tell whether she is guardian that day; needs an open scope."""
        has_begun = self.starts_on is None or self.starts_on <= on
        is_over = self.ends_on is not None and self.ends_on < on
        return bool(has_begun and not is_over and not self.is_of_age(born=born, on=on))

    @staticmethod
    def is_of_age(*, born: date | None, on: date) -> bool:
        """Tell whether custody has ended by the child's age alone."""
        return born is not None and birthday(born=born, age=ADULT_FROM) <= on


class RepresentativeKind(models.TextChoices):
    """On which ground somebody represents the person."""

    GOOD_MAN = "good_man", _("God man")
    TRUSTEE = "trustee", _("Förvaltare")
    PUBLIC_COUNSEL = "public_counsel", _("Offentligt biträde")
    AGENT = "agent", _("Ombud")


class Representative(PersonRow):
    """A legal representative (ställföreträdare) from one day to another, and how far the commission goes."""

    kind = SealedChoiceField(_("slag"), label="cases.representative", choices=RepresentativeKind)
    name = SealedTextField(_("namn"), label="cases.representative", max_length=200)
    extent = SealedTextField(
        _("uppdragets omfattning"), label="cases.representative", blank=True, max_length=1000
    )
    starts_on = SealedDateField(_("från"), label="cases.representative", blank=True)
    ends_on = SealedDateField(_("till och med"), label="cases.representative", blank=True)

    history = SealedHistoricalRecords(label="cases.representative")

    def is_in_force(self, *, on: date) -> bool:
        """Tell whether the commission holds that day; needs an open scope."""
        has_begun = self.starts_on is None or self.starts_on <= on
        return bool(has_begun and (self.ends_on is None or on <= self.ends_on))
