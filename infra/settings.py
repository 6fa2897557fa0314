"""All settings, one file, from the environment (see infra/environment.py). No second settings module exists."""

from pathlib import Path
from typing import Any

from infra import environment as env
from infra import providers
from infra.installed_apps import PRACTICE_APPS, PUBLIC_APPS

env.load_connections()

ROOT = env.ROOT
DATA = env.data_folder()
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY")
ENCRYPTION_KEYS = env.words("ENCRYPTION_KEYS")
DEMO = env.flag("DEMO")
NETWORK_HOST = env.text("NETWORK_HOST", "perennial.localhost").lower()
NETWORK_NAME = env.text("NETWORK_NAME", "Perennial Network")
# In the foot of every mail.
NETWORK_ADDRESS = env.text(
    "NETWORK_ADDRESS", "100 Example Street, Portland, OR 97201" if NETWORK_HOST == "perennial.localhost" else None
)
PORT = env.number("PORT", 8000)
SECURE = env.flag("HTTPS", NETWORK_HOST != "perennial.localhost")

ALLOWED_HOSTS = [NETWORK_HOST, f".{NETWORK_HOST}"]
ROOT_URLCONF = "infra.urls_network"
WSGI_APPLICATION = "infra.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Places: django-tenants' own names for ours -------------------------------------------------------------
SHARED_APPS = PUBLIC_APPS
TENANT_APPS = PRACTICE_APPS
INSTALLED_APPS = [*PUBLIC_APPS, *PRACTICE_APPS]
TENANT_MODEL = "tenants.Practice"
TENANT_DOMAIN_MODEL = "tenants.Domain"
TENANT_SYNC_ROUTER = "core.tenancy.router.PlaceRouter"
DATABASE_ROUTERS = [TENANT_SYNC_ROUTER]
READY_SCHEMAS = env.number("READY_SCHEMAS", 3)

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.database(env.text("DATABASE_URL"), practice_roles=True, pool_size=env.number("DATABASE_POOL", 4)),
}
if owner_url := env.text("DATABASE_OWNER_URL", ""):
    DATABASES["owner"] = env.database(owner_url, practice_roles=False, pool_size=0)

# --- Requests ------------------------------------------------------------------------------------------------
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "frontend.middleware.PageCompressionMiddleware",
    "tenants.middleware.HostMiddleware",
    "infra.tagging.PracticeTagMiddleware",
    "frontend.middleware.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "api.slashes.SlashMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tenants.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tenants.middleware.PrincipalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "lucide.templatetags.lucide",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.messages.context_processors.messages",
                "frontend.context.shell",
            ],
        },
    }
]

SESSION_ENGINE = "tenants.sessions.store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
# Counted from the sign-in (tenants.sessions.store), however busy somebody is.
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "frontend.errors.csrf_failure"
SECURE_SSL_REDIRECT = SECURE and env.flag("HTTPS_REDIRECT", True)
# A load balancer asks by plain HTTP from inside.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
# Of the addresses that a request brings along, only the one that our own proxy wrote is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("BEHIND_PROXY") else 0
X_FRAME_OPTIONS = "DENY"

# --- Sign-in -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "tenants.Person"
AUTHENTICATION_BACKENDS = ["tenants.sign_in.MemberBackend"]
ACCOUNT_ADAPTER = "tenants.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Wrong passwords: five for an account from one network (see tenants.sign_in), and fifty from one address.
ACCOUNT_RATE_LIMITS = {"login_failed": "50/5m/ip,5/5m/key", "login": "60/m/ip"}
# Whether everybody with a role must prove a second factor. A demo's people sign in with a click.
SECOND_FACTOR = env.flag("SECOND_FACTOR", not DEMO)
MFA_ADAPTER = "tenants.second_factor.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "frontend.forms.second_factor.SignInCodeForm",
    "reauthenticate": "frontend.forms.second_factor.ConfirmCodeForm",
    "authenticate_webauthn": "frontend.forms.second_factor.SignInPasskeyForm",
    "reauthenticate_webauthn": "frontend.forms.second_factor.ConfirmPasskeyForm",
}
# After this many minutes without a touch a session is locked, and its person's PIN opens it again.
IDLE_LOCK_MINUTES = env.number("IDLE_LOCK_MINUTES", 10)
LOGIN_URL = "account_login"
# Where members are led before their practice has accepted its agreements.
AGREEMENTS_URL = "portal:agreements"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Jobs, cache, mail ---------------------------------------------------------------------------------------
BROKER_URL = env.text("BROKER_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": BROKER_URL,
        "KEY_PREFIX": "perennial",
        "OPTIONS": {"socket_timeout": 3, "socket_connect_timeout": 3},
    }
}
_mail, _texts = providers.mail(DATA), providers.texts(DATA)
EMAIL_BACKEND = _mail["backend"]
EMAIL_FILE_PATH = _mail["folder"]
ANYMAIL = _mail["anymail"]
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"Perennial <no-reply@{NETWORK_HOST}>")
TEXT_PROVIDER, TEXT_FOLDER = _texts["provider"], _texts["folder"]
TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN = _texts["account"], _texts["token"]

# --- Partners' programs ---------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.access.bearer.BearerAuthentication"],
    # PartnerView checks scopes itself; any other view of the framework is closed.
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAdminUser"],
    "DEFAULT_PARSER_CLASSES": ["api.parse.JsonParser"],
    "DEFAULT_RENDERER_CLASSES": ["api.render.JsonRenderer"],
    "EXCEPTION_HANDLER": "api.problem.handle",
    "UNAUTHENTICATED_USER": None,
}
# Requests of one program at one practice, and requests for tokens from one address.
API_REQUESTS_A_MINUTE = env.number("API_REQUESTS_A_MINUTE", 600)
API_TOKENS_A_MINUTE = env.number("API_TOKENS_A_MINUTE", 60)
# Whether programs may be told on this very machine, by plain HTTP too: for trying it out, never where others can add
# addresses. A file of certificate authorities to trust instead of the usual ones, for a network with its own.
WEBHOOK_LOOPBACK = env.flag("WEBHOOK_LOOPBACK")
WEBHOOK_CA_FILE = env.text("WEBHOOK_CA_FILE", "")

# --- Billing -------------------------------------------------------------------------------------------------
# Without a key, paid plans are off. The previous webhook secret is good until the moment that is named beside it.
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY", "")
STRIPE_WEBHOOK_SECRET = env.text("STRIPE_WEBHOOK_SECRET", "")
STRIPE_WEBHOOK_SECRET_PREVIOUS = env.text("STRIPE_WEBHOOK_SECRET_PREVIOUS", "")
STRIPE_WEBHOOK_PREVIOUS_UNTIL = env.moment("STRIPE_WEBHOOK_PREVIOUS_UNTIL")
# Where Stripe is: empty for the real one. A demo has a stand-in on this machine (infra.fakes.stripe).
STRIPE_API_BASE = env.text("STRIPE_API_BASE", "")
STRIPE_LIVE = providers.stripe_mode(STRIPE_SECRET_KEY, STRIPE_API_BASE, STRIPE_WEBHOOK_SECRET) == "live"

# --- Words, times, files -------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
STATIC_URL = "/static/"
FILE_UPLOAD_HANDLERS = [
    "frontend.upload_limit.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(DATA / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
REAL_DATA_DIR = Path(env.text("REAL_DATA_DIR", str(ROOT.parent / "shared" / "data")))
# A person's email is unique whatever its case, by a constraint that this check does not see.
SILENCED_SYSTEM_CHECKS = ["account.W001", "auth.W004"]

SENTRY_DSN = env.text("SENTRY_DSN", "")
LOG_LEVEL = env.text("LOG_LEVEL", "INFO")
LOGGING_CONFIG = "infra.observability.configure_logging"
LOGGING: dict[str, Any] = {"level": LOG_LEVEL}
