from django.apps import AppConfig


class InfraConfig(AppConfig):
    """The composition root: settings, URLs, processes, commands. It wires the packages; nothing imports it."""

    name = "infra"
    label = "infra"
    verbose_name = "Infrastructure"

    def ready(self) -> None:
        from infra import broker  # noqa: F401  makes ours the broker that jobs are sent to
        from infra.wiring import wire

        wire()
