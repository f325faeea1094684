"""The forms with which the destruction of a file is proposed, approved and stopped."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.forms.fields import RowForm, Text


class ProposalForm(RowForm):
    """Something for the one who decides, if there is anything to say."""

    comment = Text(label=_("Kommentar till den som godkänner"), required=False, max_length=1000, rows=3)


class ApprovalForm(RowForm):
    """Nothing to fill in: the page says what will happen."""


class StopForm(RowForm):
    """Why the file must not be destroyed now."""

    reason = Text(label=_("Varför stoppas gallringen?"), max_length=1000, rows=3)
