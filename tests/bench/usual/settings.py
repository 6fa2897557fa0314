"""A django-tenants project as its documentation has it. Its shared tables lie in a schema of their own, so that it
and ours can take turns on one server, with equally many schemas around them."""

from infra import environment as env
from infra.installed_apps import PRACTICE_APPS

SECRET_KEY = env.text("SECRET_KEY")
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {
    "default": {
        **env.database(env.text("DATABASE_OWNER_URL"), practice_roles=False, pool_size=0),
        "ENGINE": "django_tenants.postgresql_backend",
    }
}
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
SHARED_APPS = [
    "django_tenants", "tests.bench.usual.clients", "core", "django.contrib.contenttypes", "django.contrib.auth",
    "rest_framework", "rest_framework.authtoken",
]  # fmt: skip
# The same as ours: an app that only our practices had would be work that the usual way is spared.
TENANT_APPS = PRACTICE_APPS
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS, "django.contrib.postgres"]
TENANT_MODEL = "clients.Client"
TENANT_DOMAIN_MODEL = "clients.Domain"
PUBLIC_SCHEMA_NAME = "usual"
# Where the extensions are.
PG_EXTRA_SEARCH_PATHS = ["public"]

MIDDLEWARE = ["django_tenants.middleware.main.TenantMainMiddleware", "django.middleware.common.CommonMiddleware"]
DEBUG_PROPAGATE_EXCEPTIONS = True
ROOT_URLCONF = "tests.bench.usual.api"
ALLOWED_HOSTS = [".example.com"]

# Neither way prints while it is timed.
LOGGING_CONFIG = None
