"""Django's registration of the record."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "Åtkomstlogg"

    def ready(self) -> None:
        from audit.decoys import access as decoy_access
        from audit.review import access

        access.register()
        decoy_access.register()
