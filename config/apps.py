"""Registers the start-up checks with Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Inställningar"

    def ready(self) -> None:
        from config import checks

        checks.register()
