"""What can happen to the record itself: that somebody searches it or reads one of its leaves."""

from __future__ import annotations

from audit.events import Kind, declare
from avhopp.translation import gettext_noop

LOG_SEARCHED = declare("log.searched", Kind.READ, gettext_noop("sökte i åtkomstloggen"))
LEAF_VIEWED = declare("log.leaf_viewed", Kind.READ, gettext_noop("läste en händelse i åtkomstloggen"))
