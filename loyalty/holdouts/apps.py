from django.apps import AppConfig


class HoldoutsConfig(AppConfig):
    """What practices tell the network of their hold-outs, and what is released of it: in the public schema."""

    name = "loyalty.holdouts"
    label = "holdouts"
    verbose_name = "Hold-outs of the network"

    def ready(self) -> None:
        from loyalty.holdouts import gate  # noqa: F401  declares which rows a practice's role may see
