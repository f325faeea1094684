"""Django's registration of the programme."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Ärenden"

    def ready(self) -> None:
        from cases import access, changelog, grantcheck, logsearch, reviewing, unit_access
        from cases.queries.imports import register_gate

        access.register()
        register_gate()
        changelog.register()
        grantcheck.register()
        logsearch.register()
        reviewing.register()
        unit_access.register()
