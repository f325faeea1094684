"""What must hold before anybody is served: each check has a sentence that says what to do.

`manage.py check` shows them. The web server and the worker call `refuse_to_start`, because Django itself runs no
checks there. The database is asked only where a caller names it.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.translation import gettext as _

from avhopp.accounts import queries
from avhopp.database import rows
from avhopp.database.checks import application_role_is_bound
from avhopp.database.roles import worker_beside
from avhopp.demo.colleagues import ADMINISTRATOR, DATABASE

TAG = "start"
logger = logging.getLogger(__name__)

Apps = Sequence[AppConfig] | None


def register() -> None:
    """Tell Django of the checks; called once when the application starts."""
    for check in (debug_stays_here, demo_stays_here, demo_has_its_own_database, root_key_is_held_elsewhere):
        checks.register(check, TAG)
    checks.register(no_demo_data, TAG, checks.Tags.database)


def refuse_to_start(*, is_worker: bool = False) -> None:
    """Raise `ImproperlyConfigured` with every sentence when something is wrong; log what is merely unwise."""
    databases = [DEFAULT_DB_ALIAS]
    found = [
        *checks.run_checks(tags=[TAG], databases=databases),
        *application_role_is_bound(None, databases=databases),
        *_has_its_role(is_worker=is_worker),
    ]
    # A server that forks its workers must not hand them one connection.
    connections.close_all()
    errors = [message for message in found if message.is_serious()]
    if errors:
        raise ImproperlyConfigured("\n".join(f"{error.msg} {error.hint}" for error in errors))
    for message in found:
        logger.warning("%s %s", message.msg, message.hint)


def debug_stays_here(app_configs: Apps, **kwargs: Any) -> list[checks.CheckMessage]:
    """Refuse DEBUG, whose pages quote variables, where others can see them."""
    elsewhere = [host for host in settings.ALLOWED_HOSTS if not _is_here(host)]
    if not settings.DEBUG or not elsewhere:
        return []
    return [
        checks.Error(
            _("DEBUG är på, och ALLOWED_HOSTS släpper in andra datorer (%s).") % ", ".join(elsewhere),
            hint=_("Sätt DEBUG=nej, eller låt ALLOWED_HOSTS bara ha localhost och 127.0.0.1."),
            id="config.E001",
        )
    ]


def demo_stays_here(app_configs: Apps, **kwargs: Any) -> list[checks.CheckMessage]:
    """Refuse the demo, where a click signs anyone in, for a host beyond this machine."""
    elsewhere = [host for host in settings.ALLOWED_HOSTS if not _is_here(host)]
    if not settings.DEMO or not elsewhere:
        return []
    return [
        checks.Error(
            _("Demon är på, och ALLOWED_HOSTS släpper in andra datorer (%s).") % ", ".join(elsewhere),
            hint=_("Demon visas bara på den här datorn. Använd config.settings för alla andra."),
            id="config.E002",
        )
    ]


def demo_has_its_own_database(app_configs: Apps, **kwargs: Any) -> list[checks.CheckMessage]:
    """Refuse the demo with any database but the one that its own embedded server holds."""
    databases = connections.settings.values()
    own = all(db["NAME"] == DATABASE and not db["PORT"] and _is_socket(db["HOST"]) for db in databases)
    if not settings.DEMO or own:
        return []
    return [
        checks.Error(
            _("Demon är på, men databasen är inte demons egen."),
            hint=_("Starta demon med make demo. Den har en egen server och rör ingen annan databas."),
            id="config.E003",
        )
    ]


def no_demo_data(
    app_configs: Apps, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Refuse a real installation whose database holds the demo's invented people."""
    if settings.DEMO or DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    if queries.account_id(email=ADMINISTRATOR.email) is None:
        return []
    return [
        checks.Error(
            _("Databasen innehåller demons påhittade konton."),
            hint=_(
                "Låt DATABASE_URL peka på en tom databas. Demons data får aldrig blandas med riktiga uppgifter."
            ),
            id="config.E004",
        )
    ]


def root_key_is_held_elsewhere(app_configs: Apps, **kwargs: Any) -> list[checks.CheckMessage]:
    """Warn when the key to everything is a file beside the application."""
    if settings.DEMO or settings.ROOT_KEY != "file":
        return []
    return [
        checks.Warning(
            _("VARNING: rotnyckeln ligger i en fil. Den som kopierar filen och databasen kan läsa allt."),
            hint=_(
                "Låt en nyckeltjänst eller en säkerhetsmodul hålla rotnyckeln innan riktiga uppgifter läggs in."
            ),
            id="config.W001",
        )
    ]


def _has_its_role(*, is_worker: bool) -> list[checks.CheckMessage]:
    """The worker sees every row, and so may nobody who shows pages."""
    role = str(connections.settings[DEFAULT_DB_ALIAS]["USER"])
    if is_worker and not rows.gives_all():
        return [
            checks.Error(
                _("Arbetaren har en databasroll som inte ser alla rader."),
                hint=_("Låt arbetarens DATABASE_URL peka på rollen %s.") % worker_beside(role=role),
                id="config.E005",
            )
        ]
    if not is_worker and role == worker_beside(role=role):
        return [
            checks.Error(
                _("Webben har arbetarens databasroll, som ser alla rader."),
                hint=_("Låt webbens DATABASE_URL peka på applikationens roll."),
                id="config.E006",
            )
        ]
    return []


def _is_here(host: str) -> bool:
    name = host.strip("[]")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _is_socket(host: str) -> bool:
    # Empty before the server has started: libpq then tries this machine's own socket, where no such database is.
    return host == "" or host.startswith("/")
