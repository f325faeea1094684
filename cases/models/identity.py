"""What a person has been called and numbered beside her present identity. Shown in her file alone, never in a list.

An assumed identity (fingerade uppgifter) has no place here: the link to it is never stored (OSL 21:3).
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedDateField, SealedTextField
from avhopp.sealed.history import SealedHistoricalRecords
from cases.models.person import CoordinationLevel, IdentityKind
from cases.models.row import PersonRow


class AliasKind(models.TextChoices):
    """What sort of other name it is."""

    NICKNAME = "nickname", _("Smeknamn")
    FORMER = "former", _("Tidigare namn")
    SPELLING = "spelling", _("Annan stavning")
    ONLINE = "online", _("Namn på nätet")


class Alias(PersonRow):
    """Another name that she is known by."""

    kind = SealedChoiceField(_("slag"), label="cases.alias", choices=AliasKind)
    text = SealedTextField(_("alias"), label="cases.alias", max_length=200)

    history = SealedHistoricalRecords(label="cases.alias")


class EarlierNumber(PersonRow):
    """A number that another has replaced, such as a samordningsnummer on folkbokföring. Written once."""

    kind = SealedChoiceField(_("slag av nummer"), label="cases.earliernumber", choices=IdentityKind)
    number = SealedTextField(_("nummer"), label="cases.earliernumber", max_length=32)
    level = SealedChoiceField(
        _("samordningsnumrets nivå"), label="cases.earliernumber", blank=True, choices=CoordinationLevel
    )
    replaced_on = SealedDateField(_("ersatt"), label="cases.earliernumber")
