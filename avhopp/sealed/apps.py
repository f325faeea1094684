"""Django's registration of the key tables."""

from django.apps import AppConfig


class SealedConfig(AppConfig):
    name = "avhopp.sealed"
    label = "sealed"
    verbose_name = "Nycklar"
