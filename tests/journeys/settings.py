"""Settings of the server that the journeys meet: the suite's, with hashed and compressed files as in production."""

import os

from config import settings as production
from config.settings_test import *  # noqa: F403

STORAGES = production.STORAGES
STATIC_ROOT = os.environ.get("JOURNEY_STATIC_ROOT", "")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = os.environ.get("JOURNEY_MAIL", "")
