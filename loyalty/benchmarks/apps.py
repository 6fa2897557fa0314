from django.apps import AppConfig


class BenchmarksConfig(AppConfig):
    """Contributions and releases: aggregates only, in the public schema."""

    name = "loyalty.benchmarks"
    label = "benchmarks"
    verbose_name = "Network benchmarks"

    def ready(self) -> None:
        from loyalty.benchmarks import gate  # noqa: F401  declares which rows a practice's role may see
