"""Django's registration of the programme."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Ärenden"

    def ready(self) -> None:
        from avhopp.accounts import leaving
        from cases import (
            access,
            changelog,
            decoys,
            enquiry_access,
            erasing,
            grantcheck,
            logsearch,
            reviewing,
            row_rules,
            unit_access,
        )
        from cases.actions.leaving import end_access
        from cases.queries.imports import register_gate

        access.register()
        register_gate()
        changelog.register()
        decoys.register()
        enquiry_access.register()
        erasing.register()
        grantcheck.register()
        leaving.register(end_access)
        logsearch.register()
        reviewing.register()
        row_rules.register()
        unit_access.register()
