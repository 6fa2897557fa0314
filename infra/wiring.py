"""Where the packages meet: what one of them offers and another needs, without either importing the other."""

from tenants.actions.open_practice import furnish_with


def wire() -> None:
    """Called once, when Django is ready."""
    from loyalty.furnish import furnish

    furnish_with(furnish)
