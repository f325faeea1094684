"""What can happen in the follow-up, as the record names it."""

from __future__ import annotations

from audit.events import Kind, declare
from avhopp.translation import gettext_noop

AGREEMENT_REGISTERED = declare(
    "followup.agreement_registered", Kind.CHANGE, gettext_noop("lade in en samverkansöverenskommelse")
)
FIGURE_FROZEN = declare(
    "followup.figure_frozen", Kind.CHANGE, gettext_noop("fastställde en siffra i uppföljningen")
)
READ = declare("followup.read", Kind.READ, gettext_noop("läste uppföljningen"))

PURPOSES = {
    "followup": gettext_noop("uppföljning av överenskommelsen"),
    "agreement": gettext_noop("en samverkansöverenskommelse"),
    "freeze": gettext_noop("en siffra som fastställs en gång"),
}
