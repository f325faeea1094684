"""Makes the package an app, so that its `migrate` replaces Django's and its start-up check is run."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks

from avhopp.database.checks import application_role_is_bound


class DatabaseConfig(AppConfig):
    """The app of the database's guards; it has no models."""

    name = "avhopp.database"
    label = "avhopp_database"

    def ready(self) -> None:
        """Register the check; it runs where Django is told that it may ask the database."""
        checks.register(application_role_is_bound, checks.Tags.database)
