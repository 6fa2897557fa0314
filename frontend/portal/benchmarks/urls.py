"""Where the practice stands."""

from django.urls import path

from frontend.portal.benchmarks import metric, show

urlpatterns = [
    path("benchmarks/", show.show, name="benchmarks"),
    path("benchmarks/measures/<slug:metric>/", metric.show, name="measure"),
]
