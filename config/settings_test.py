"""Settings of the test suite: everything as in production, but secrets made for the run and plain HTTP on this machine.

`tests/plugin_database.py` fills in the databases. Nothing here switches a protection off that a test should meet.
"""

import os
import secrets
import tempfile
from pathlib import Path

from avhopp.crypto.providers.file import create_key_file

_directory = tempfile.TemporaryDirectory(prefix="avhopp-test-")
_key = Path(os.environ.get("ROOT_KEY_PATH") or Path(_directory.name) / "root.key")
if not _key.exists():
    create_key_file(_key)
for _name, _value in {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "ORGANISATION": "00000000-0000-4000-8000-000000000001",
    "MUNICIPALITY": "Provkommun",
    "BASE_URL": "http://localhost",
    "ROOT_KEY_PATH": str(_key),
    "DATABASE_URL": "postgresql://placeholder/placeholder",
    "DATABASE_OWNER_URL": "postgresql://placeholder/placeholder",
    "BROKER_URL": "memory://",
    "DOCUMENTS_PATH": str(Path(_directory.name) / "documents"),
}.items():
    os.environ.setdefault(_name, _value)

from config.settings import *  # noqa: E402, F403

SECURE_SSL_REDIRECT = False
SESSION_COOKIE_NAME = "avhopp"
CSRF_COOKIE_NAME = "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Nothing is collected for the suite; the journeys collect and hash the real files.
STATIC_ROOT = Path(_directory.name)
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
