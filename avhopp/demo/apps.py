"""Django's registration of the demo; only `config.settings_demo` installs it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "avhopp.demo"
    label = "demo"
    verbose_name = "Demo"
