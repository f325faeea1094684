"""Plain Django as a new project starts with it, for the start-up time alone."""

SECRET_KEY = "the floor serves nobody"
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "tests.bench.floor",
]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "floor"}}
USE_TZ = True
