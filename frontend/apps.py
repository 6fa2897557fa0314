"""The Django app of the pages: it owns templates and static files, never a model."""

from django.apps import AppConfig


class FrontendConfig(AppConfig):
    name = "frontend"
    verbose_name = "Pages"
