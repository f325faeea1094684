"""What the record tells of accounts and sign-in. Pure.

Who did it is the leaf's actor; whom it concerns is the leaf's `about`. No event carries an address that
somebody typed: people type passwords into the wrong field.
"""

from audit.events import Kind, declare
from avhopp.translation import gettext_noop

SIGNED_IN = declare("account.signed_in", Kind.ACCOUNT, gettext_noop("loggade in"))
SIGN_IN_FAILED = declare(
    "account.sign_in_failed", Kind.REFUSAL, gettext_noop("ett försök att logga in misslyckades")
)
SIGN_IN_LOCKED = declare(
    "account.sign_in_locked",
    Kind.REFUSAL,
    gettext_noop("ett försök att logga in avvisades efter för många misslyckade försök"),
)
SIGNED_OUT = declare("account.signed_out", Kind.ACCOUNT, gettext_noop("loggade ut"))
SESSION_EXPIRED = declare(
    "account.session_expired", Kind.ACCOUNT, gettext_noop("loggades ut när tiden gått ut")
)
SESSIONS_ENDED = declare(
    "account.sessions_ended", Kind.ACCOUNT, gettext_noop("avslutade inloggningar till ett konto")
)
REAUTHENTICATED = declare(
    "account.reauthenticated", Kind.ACCOUNT, gettext_noop("bekräftade på nytt vem hon är")
)
REAUTHENTICATION_FAILED = declare(
    "account.reauthentication_failed", Kind.REFUSAL, gettext_noop("kunde inte bekräfta på nytt vem hon är")
)

FACTOR_ADDED = declare("account.factor_added", Kind.ACCOUNT, gettext_noop("lade till en andra faktor"))
FACTOR_REMOVED = declare("account.factor_removed", Kind.ACCOUNT, gettext_noop("tog bort en andra faktor"))
FACTOR_FAILED = declare("account.factor_failed", Kind.REFUSAL, gettext_noop("angav en felaktig andra faktor"))
RECOVERY_CODES_MADE = declare(
    "account.recovery_codes_made", Kind.ACCOUNT, gettext_noop("skapade reservkoder")
)
RECOVERY_CODE_USED = declare("account.recovery_code_used", Kind.ACCOUNT, gettext_noop("använde en reservkod"))
PASSWORD_CHANGED = declare("account.password_changed", Kind.ACCOUNT, gettext_noop("bytte lösenord"))

CREATED = declare("account.created", Kind.ACCOUNT, gettext_noop("lade upp ett konto"))
CLOSED = declare("account.closed", Kind.ACCOUNT, gettext_noop("stängde ett konto"))
REOPENED = declare("account.reopened", Kind.ACCOUNT, gettext_noop("öppnade ett stängt konto"))
ROLE_CHANGED = declare("account.role_changed", Kind.ACCOUNT, gettext_noop("ändrade rollen på ett konto"))
UNIT_CHANGED = declare(
    "account.unit_changed", Kind.ACCOUNT, gettext_noop("flyttade ett konto till en annan enhet")
)
AUTHORISED_FOR_CHILDREN = declare(
    "account.authorised_for_children",
    Kind.ACCOUNT,
    gettext_noop("antecknade att någon är behörig för arbete med barn"),
)
AUTHORISATION_ENDED = declare(
    "account.authorisation_ended",
    Kind.ACCOUNT,
    gettext_noop("antecknade att någon inte är behörig för arbete med barn"),
)
LINK_MADE = declare(
    "account.link_made", Kind.ACCOUNT, gettext_noop("skapade en engångslänk för att välja lösenord")
)
LINK_USED = declare("account.link_used", Kind.ACCOUNT, gettext_noop("valde lösenord med en engångslänk"))
ASKED = declare("account.asked", Kind.ACCOUNT, gettext_noop("begärde en ändring av ett konto"))
DECLINED = declare("account.declined", Kind.ACCOUNT, gettext_noop("godkände inte en ändring av ett konto"))
