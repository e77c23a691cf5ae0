"""Every setting, read from the environment; `docs/settings.md` is generated from the calls below."""

from pathlib import Path

import pghistory
from django.utils.translation import gettext_lazy as _
from environs import Env

from radrum.cms import *  # noqa: F403  (the constants of Wagtail: WAGTAIL_…)
from radrum.embedded import data_folder, secret, sub_folder

env = Env()
ROOT = Path(__file__).parent
CHECKOUT = ROOT.parent

# What this installation is
DEMO = env.bool("RADRUM_DEMO", default=False)  # an exercise: invented content, mail kept as files
DEBUG = env.bool("RADRUM_DEBUG", default=False)  # error pages with details; never on a server
_relax = env.bool("RADRUM_RELAX_TOTP", default=False)  # a second factor is not required; demo only
RELAX_TOTP = DEMO and _relax
BASE_URL = env.str("RADRUM_BASE_URL", default="http://127.0.0.1:8000")  # how links in mail begin
ALLOWED_HOSTS = env.list("RADRUM_HOSTS", default=["127.0.0.1", "localhost"])  # names the server answers to
HTTPS = env.bool("RADRUM_HTTPS", default=BASE_URL.startswith("https:"))  # cookies and redirects demand TLS
SECRET_KEY = env.str("RADRUM_SECRET_KEY", default="") or secret("django")  # signs sessions; made in keys/
AUDIT_KEY = env.str("RADRUM_AUDIT_KEY", default="") or secret("audit")  # seals the trail; made in keys/
DATA = Path(env.str("RADRUM_DATA", default="") or data_folder())  # keys, files, embedded database
ANSWER_DAYS = env.int("RADRUM_ANSWER_DAYS", default=10)  # working days promised for an answer
REGISTER_PREFIX = env.str("RADRUM_REGISTER_PREFIX", default="RR")  # how references begin: RR 2026/0001

# Database: the application's role for everything, the owner's for migrations
AS_OWNER = env.bool("RADRUM_AS_OWNER", default=False)  # set by the command line for migrations
_url = env.str("DATABASE_URL", default="postgres://radrum_app@/radrum")  # as the application's role
_owner_url = env.str("DATABASE_OWNER_URL", default="") or _url  # as the owner's role, to migrate
_max_age = env.int("RADRUM_DB_MAX_AGE", default=60)  # seconds a connection is kept
_role = "DATABASE_OWNER_URL" if AS_OWNER else "DATABASE_URL"
_database = env.dj_db_url(_role, default=_owner_url if AS_OWNER else _url)
DATABASES = {"default": {**_database, "CONN_MAX_AGE": _max_age, "CONN_HEALTH_CHECKS": True}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_ours = ["core", "accounts", "guidance", "screening", "knowledge", "monitoring", "community", "cases"]
INSTALLED_APPS = [
    "radrum",
    *(f"radrum.{name}" for name in _ours),
    "radrum.collaborations",
    "radrum.programme",
    *WAGTAIL_APPS,  # noqa: F405
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "radrum.accounts.web.KeepPostedTextMiddleware",
    "radrum.accounts.web.ActingMiddleware",
    "radrum.accounts.web.SecondFactorMiddleware",
]
ROOT_URLCONF = "radrum.urls"
WSGI_APPLICATION = "radrum.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "radrum.menu.page",
            ],
        },
    }
]

# Language and time
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# Static files: our own, and Designsystemet's as npm leaves them
STATIC_URL = "/static/"
STATIC_ROOT = sub_folder("static")
MEDIA_ROOT, MEDIA_URL = DATA / "media", "/media/"
_ds = CHECKOUT / "node_modules" / "@digdir"
_vendor = {
    "ds": _ds / "designsystemet-css" / "dist" / "src",
    "ds-theme": _ds / "designsystemet-theme" / "src" / "themes",
}
STATICFILES_DIRS = [ROOT / "static", *((prefix, path) for prefix, path in _vendor.items() if path.is_dir())]
_collected = (STATIC_ROOT / "staticfiles.json").exists()  # `radrum collectstatic` has been run
WHITENOISE_USE_FINDERS = not _collected
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _collected
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend", WAGTAIL_BACKEND]  # noqa: F405
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "room"
ACCOUNT_ADAPTER = "radrum.accounts.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account begins with an invitation to the address
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told by mail
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "start"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "rådrum"
SESSION_COOKIE_AGE = env.int("RADRUM_SESSION_SECONDS", default=8 * 3600)  # a sign-in lasts a working day
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "radrum_session"
CSRF_FAILURE_VIEW = "radrum.pages.csrf_failure"

# Headers
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
_behind_proxy = env.bool("RADRUM_BEHIND_PROXY", default=False)  # trust the proxy's word on TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _behind_proxy else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "img-src": ["'self'", "data:"],  # the QR code of a second factor is a data image
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Mail leaves only from the worker
_sender = env.str("RADRUM_MAIL_FROM", default="rådrum <no-reply@radrum.example>")  # sender of every mail
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _sender
_mail = env.dj_email_url("RADRUM_MAIL_URL", default="smtp://127.0.0.1:25")  # smtp://user:password@host:port
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_BACKEND"], _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20
if DEMO:
    EMAIL_BACKEND, EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", DATA / "mail"

# History and jobs
PGHISTORY_BASE_MODEL = "radrum.core.guarded.Event"
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PROCRASTINATE_IMPORT_PATHS = ["radrum.schedule"]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}  # arguments of finished jobs are not kept

_log_level = env.str("RADRUM_LOG_LEVEL", default="WARNING")  # how much is logged
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_arguments": {"()": "radrum.logs.WithoutArguments"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_arguments"]}
    },
    "root": {"handlers": ["console"], "level": _log_level},
}
