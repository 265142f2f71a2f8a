"""Django's settings, derived from the environment."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF

from facialis.clinic.environment import read_environment

django_stubs_ext.monkeypatch()

HERE = Path(__file__).parent
FACIALIS = read_environment()

SECRET_KEY = FACIALIS.secret_key
DEBUG = False
ALLOWED_HOSTS = list(FACIALIS.hosts)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "facialis.clinic.site",
    "facialis.clinic.accounts",
    "facialis.clinic.audit",
    "facialis.clinic.patients",
    "facialis.clinic.visits",
    "facialis.clinic.photographs",
    "facialis.clinic.measurements",
    "facialis.clinic.grading",
    "facialis.clinic.plans",
    "facialis.clinic.treatments",
    "facialis.clinic.followup",
    "facialis.clinic.research",
    "facialis.clinic.operations",
    "facialis.clinic.worker",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "facialis.clinic.site.middleware.sliding_session",
    "facialis.clinic.site.middleware.refusals",
    "facialis.clinic.accounts.middleware.first_things_first",
    "facialis.clinic.site.middleware.no_store",
]

ROOT_URLCONF = "facialis.clinic.urls"
WSGI_APPLICATION = "facialis.clinic.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "facialis.clinic.site.context.shell",
            ],
        },
    }
]

# ---------------------------------------------------------------------------------- database
_SQLITE = f"sqlite:///{FACIALIS.data / 'clinic.sqlite3'}"
_DATABASE: Any = dj_database_url.parse(
    FACIALIS.database_url or _SQLITE,
    conn_max_age=60,
    conn_health_checks=True,  # after the database was restarted nobody is shown a dead connection
)
if _DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    _DATABASE["OPTIONS"] = {
        # A write waits for its turn from the start of the transaction, instead of failing in the middle.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: a signed record is on the disk when the page says so, whatever happens to the power.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
    _DATABASE["CONN_MAX_AGE"] = 0
DATABASES = {"default": _DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# ------------------------------------------------------------------------------------ people
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "facialis.clinic.accounts.adapter.ClinicAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # here; every other session of the person ends
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "facialis.clinic.accounts.forms.SignInForm",
    "reauthenticate": "facialis.clinic.accounts.forms.PasswordAgainForm",
    "change_password": "facialis.clinic.accounts.forms.NewPasswordForm",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 120
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/10m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
# Behind TLS stands one proxy, which says who asked; else limits would count all people together.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if FACIALIS.is_behind_tls else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Facialis"
MFA_TOTP_TOLERANCE = 1  # the clock of a telephone may be half a minute off
MFA_ADAPTER = "facialis.clinic.accounts.second_factor.ClinicMFAAdapter"
MFA_FORMS = {
    "activate_totp": "facialis.clinic.accounts.forms.ActivateAppForm",
    "authenticate": "facialis.clinic.accounts.forms.CodeForm",
    "reauthenticate": "facialis.clinic.accounts.forms.CodeAgainForm",
    "add_webauthn": "facialis.clinic.accounts.forms.AddPasskeyForm",
    "authenticate_webauthn": "facialis.clinic.accounts.forms.PasskeyAuthenticateForm",
    "login_webauthn": "facialis.clinic.accounts.forms.PasskeyLoginForm",
    "reauthenticate_webauthn": "facialis.clinic.accounts.forms.PasskeyProofForm",
}
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey signs records: a device lying about is not enough
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not FACIALIS.is_behind_tls

SESSION_COOKIE_AGE = int(timedelta(minutes=FACIALIS.session_minutes).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "facialis.clinic.site.views.errors.csrf_failure"

CACHES = {
    # Rate limits are counted for all processes of the web together.
    "default": {
        "BACKEND": "facialis.clinic.site.cache.SharedCache",
        "LOCATION": FACIALIS.data / "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # above it Django deletes at random, lockouts that hold, too
    }
}

# ---------------------------------------------------------------------------------- security
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = FACIALIS.is_behind_tls
SECURE_HSTS_SECONDS = 31_536_000 if FACIALIS.is_behind_tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = FACIALIS.is_behind_tls
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if FACIALIS.is_behind_tls else None
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
CSRF_TRUSTED_ORIGINS = (
    [f"https://{host}" for host in FACIALIS.hosts if host != "*"] if FACIALIS.is_behind_tls else []
)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],  # a photograph just taken is shown before it is sent
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["facialis.clinic.photographs.incoming.LimitedUpload"]

# ---------------------------------------------------------------------------- words and time
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]  # each in its own language, for those who look for it
LOCALE_PATHS = [HERE / "locale"]
FORMAT_MODULE_PATH = ["facialis.clinic.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = FACIALIS.time_zone
LANGUAGE_COOKIE_HTTPONLY = True

# ------------------------------------------------------------------------------- static files
STATIC_URL = "static/"
STATIC_ROOT = FACIALIS.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is stored by it
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# ------------------------------------------------------------------------------------ logging
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "facialis.clinic.site.logs.JsonFormatter"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": FACIALIS.log_level},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "WARNING", "handlers": ["out"], "propagate": False},
    },
}
