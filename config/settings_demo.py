"""The demo's settings, and the only place where it relaxes.

Made for one machine and invented people: plain HTTP on the loopback interface, mail written to a folder, secrets made
at the first start. It takes neither database nor secrets from the environment, so that it can never meet an
installation's, and it refuses to serve anyone beyond this machine.
"""

import json
import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from avhopp.demo.directory import DemoDirectory, prepare, public_keys

_root = Path(__file__).resolve().parent.parent
DEMO_DIRECTORY = DemoDirectory(Path(os.environ.get("DEMO_DIRECTORY") or _root / ".demo").absolute())
_secrets = prepare(DEMO_DIRECTORY)
_port = os.environ.get("PORT") or "8000"
_here = {"127.0.0.1", "localhost"}
_hosts = set(filter(None, os.environ.get("ALLOWED_HOSTS", "").split(",")))
if not _hosts <= _here:
    raise ImproperlyConfigured(
        "Demon visas bara på den här datorn. Ta bort ALLOWED_HOSTS ur miljön, "
        "eller kör config.settings med en egen databas."
    )

# The addresses hold no secret: the embedded server knows the account that started it.
_addresses = {
    "app": "postgresql://avhopp_demo_app@/avhopp_demo",
    "worker": "postgresql://avhopp_demo_worker@/avhopp_demo",
    "owner": "postgresql://avhopp_demo_owner@/avhopp_demo",
    "witness": "",
}
if DEMO_DIRECTORY.addresses.exists():
    _addresses = json.loads(DEMO_DIRECTORY.addresses.read_text(encoding="utf-8"))

for _name, _value in {
    "SECRET_KEY": _secrets["secret_key"],
    "ORGANISATION": _secrets["organisation"],
    "ROOT_KEY_PATH": str(DEMO_DIRECTORY.root_key),
    "DATABASE_URL": _addresses["worker" if os.environ.get("DEMO_PROCESS") == "worker" else "app"],
    "DATABASE_OWNER_URL": _addresses["owner"],
    "BROKER_URL": "filesystem://",
    "DOCUMENTS_PATH": str(DEMO_DIRECTORY.documents),
    "S3_BUCKET": "",
    "CLAMD": "",
    "ALLOWED_HOSTS": "127.0.0.1,localhost",
    "CSRF_TRUSTED_ORIGINS": "",
    "MUNICIPALITY": "Exempelköpings kommun",
    "BASE_URL": f"http://127.0.0.1:{_port}",
    "DEFAULT_FROM_EMAIL": "avhopp@exempelkoping.example",
    "TRUSTED_PROXIES": "0",
    "WITNESS_URL": _addresses["witness"],
    # Nobody collects the lines of a demo.
    "LOG_LINES": "nej",
    # It runs beside the log on one machine, so nobody may call it independent.
    "WITNESS_OPERATOR": "",
    **public_keys(DEMO_DIRECTORY),
}.items():
    os.environ[_name] = _value
    os.environ.pop(f"{_name}_FILE", None)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE  # noqa: E402

DEMO = True
INSTALLED_APPS = [*INSTALLED_APPS, "avhopp.demo"]
MIDDLEWARE = ["avhopp.demo.middleware.OnlyThisMachine", *MIDDLEWARE]

# A browser on this machine speaks plain HTTP, where cookies named __Host- and marked Secure are not kept.
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_NAME = "avhopp-demo"
CSRF_COOKIE_NAME = "csrf-demo"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DEMO_DIRECTORY.mail
STATIC_ROOT = DEMO_DIRECTORY.static
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data_folder_in": str(DEMO_DIRECTORY.broker),
    "data_folder_out": str(DEMO_DIRECTORY.broker),
    "control_folder": str(DEMO_DIRECTORY.broker),
    "store_processed": False,
}

# The application's statements are planned once a connection, not once a call; half the time of building the demo.
DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 3
