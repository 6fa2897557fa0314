"""The network console: every page, each declaring who may see it."""

from django.urls import path

from frontend.console import benchmarks, members, start

app_name = "console"
urlpatterns = [
    path("", start.show, name="start"),
    path("benchmarks/", benchmarks.show, name="benchmarks"),
    path("members/", members.show, name="members"),
]
