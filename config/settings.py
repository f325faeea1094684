"""The settings, secure by default.

Every value that must differ between installations comes from the environment (`config/env.py`); none of the secrets
has a default. `settings_demo` and `settings_test` relax in one visible place each and refuse to serve anyone beyond
this machine.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from config import env, root_keys, stores

BASE_DIR = Path(__file__).resolve().parent.parent
DEMO = False
DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.secret("SECRET_KEY", length=50)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "")

ORGANISATION = env.identifier("ORGANISATION")
MUNICIPALITY = env.text("MUNICIPALITY")
# The sender that a letter proposes, the municipality's name if empty; it must not tell that the programme exists.
LETTER_SENDER = env.text("LETTER_SENDER", "") or MUNICIPALITY
BASE_URL = env.text("BASE_URL")

ROOT_KEYS = root_keys.held()
ROOT_KEY = env.choice("ROOT_KEY", "file", among=ROOT_KEYS, needs=root_keys.NEEDS)
# Whether research needs everybody's files here (13 kap. 1 § SoF: four areas in all), and not only some birth days'.
RETENTION_KEEPS_EVERYBODY = env.flag("RETENTION_KEEPS_EVERYBODY", default=False)
# How long backups are kept; after that the keys of an emptied epoch are destroyed, and with them what lies in
# older ones.
BACKUP_DAYS = env.integer("BACKUP_DAYS", 90)

INSTALLED_APPS = [
    "config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "avhopp.database",
    "avhopp.accounts",
    "avhopp.sealed",
    "avhopp.backup",
    "avhopp.web",
    "audit",
    "cases",
    "followup",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "auditlog",
    "csp",
    "django_htmx",
    "guardian",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "avhopp.web.middleware.RequestReference",
    "avhopp.web.middleware.SafeHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "avhopp.accounts.middleware.SessionLimits",
    "avhopp.accounts.middleware.SecondFactor",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "avhopp.web.middleware.FailClosed",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "avhopp.web.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The application role owns nothing; the owner is used by `migrate --database=owner` alone.
DATABASES = {"default": env.database("DATABASE_URL")}
if env.text("DATABASE_OWNER_URL", ""):
    # No request may open a connection as the owner, not even an empty transaction.
    DATABASES["owner"] = {**env.database("DATABASE_OWNER_URL"), "ATOMIC_REQUESTS": False}
DATABASE_ROUTERS = ["avhopp.database.router.OwnerRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SERIALIZATION_MODULES = {"json": "avhopp.sealed.serializer"}

# people
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "cases.backends.GrantBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    # ASVS 5.0 6.2.1, 6.2.4, 6.2.9
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "avhopp.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "avhopp.accounts.adapters.SealedMFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Avhopp"
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_IDLE = timedelta(minutes=15)
SESSION_ABSOLUTE = timedelta(hours=8)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "avhopp.accounts.lockout.username"
AXES_HANDLER = "avhopp.accounts.lockout.LeanHandler"
AXES_LOCKOUT_CALLABLE = "avhopp.accounts.lockout.respond"
AXES_CLIENT_IP_CALLABLE = "avhopp.web.client.address"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 0)

# object permissions, versions, change log
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_RAISE_403 = False
GUARDIAN_RENDER_403 = False
AUDITLOG_LOGENTRY_MODEL = "audit.ChangeEntry"
SIMPLE_HISTORY_HISTORY_ID_USE_UUID = True
SIMPLE_HISTORY_ENABLED = True

# the browser
SESSION_COOKIE_NAME = "__Host-avhopp"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# The limits are kept by SessionLimits; the stored session outlives them, so that it can say that they passed.
SESSION_COOKIE_AGE = int((SESSION_ABSOLUTE + timedelta(hours=16)).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "avhopp.web.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "frontend" / "dist"]
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "documents": stores.documents(),
}

# documents
# A page takes no files unless it puts another handler in place: Django's own write what is sent to a disk in clear.
FILE_UPLOAD_HANDLERS = ["avhopp.files.uploads.NoFiles"]
DOCUMENT_MAX_BYTES = env.integer("DOCUMENT_MEGABYTES", 50) * 1024 * 1024
# Where clamd listens: a path, or host:port. Empty: documents are marked as not scanned.
CLAMD = env.text("CLAMD", "")

# language and time
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
LOCALE_PATHS = [BASE_DIR / "avhopp" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# the record's tree: public keys alone, for verifying; the private ones belong to other processes (docs/log-format.md)
LOG_PUBLIC_KEY = env.text("LOG_PUBLIC_KEY", "")
WITNESS_PUBLIC_KEY = env.text("WITNESS_PUBLIC_KEY", "")
WITNESS_URL = env.text("WITNESS_URL", "")
# Who runs the witness, as it is shown; without a name it is shown as not independent.
WITNESS_OPERATOR = env.text("WITNESS_OPERATOR", "")

# work by the clock
CELERY_BROKER_URL = env.text("BROKER_URL")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "avhopp@localhost")

# what leaves the process
# Error reports with frame variables would carry opened text (security.md §7).
DEFAULT_EXCEPTION_REPORTER = "avhopp.web.reports.WithoutVariables"
DEFAULT_EXCEPTION_REPORTER_FILTER = "avhopp.web.reports.NothingButNames"
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"plain": {"()": "avhopp.web.reports.WithoutExceptionText"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "bare": {"format": "%(message)s"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["plain"]},
        # Standard output holds the SIEM's lines and nothing else; whatever else is logged goes to standard error.
        "siem": {"class": "logging.StreamHandler", "formatter": "bare", "stream": "ext://sys.stdout"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.db.backends": {"level": "WARNING"},
        "avhopp.siem": {
            "handlers": ["siem"],
            "level": "INFO" if env.flag("LOG_LINES", default=True) else "CRITICAL",
            "propagate": False,
        },
    },
}

STATISTICS_THRESHOLD = 5
