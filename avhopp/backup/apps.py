"""Makes the package an app, for its commands."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """The app of copies; it has no models."""

    name = "avhopp.backup"
    label = "avhopp_backup"
