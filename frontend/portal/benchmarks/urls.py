"""Where the practice stands."""

from django.urls import path

from frontend.portal.benchmarks import show

urlpatterns = [
    path("benchmarks/", show.show, name="benchmarks"),
]
