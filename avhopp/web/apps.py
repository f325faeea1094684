"""Django's registration of what every page shares."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "avhopp.web"
    label = "web"
