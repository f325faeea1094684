"""Django's registration of the key tables."""

from django.apps import AppConfig

from avhopp.translation import gettext_noop


class SealedConfig(AppConfig):
    name = "avhopp.sealed"
    label = "sealed"
    verbose_name = "Nycklar"

    def ready(self) -> None:
        from audit import words
        from avhopp.sealed.keeping import events  # noqa: F401 - declares what leaves may tell

        words.register(
            jobs={"keys": gettext_noop("Systemet, som vårdar nycklarna")},
            purposes={"keys": gettext_noop("vård av nycklar")},
        )
