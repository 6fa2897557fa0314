"""The only package that knows Stripe's library."""

from billing.gateway.client import Gateway, gateway

__all__ = ["Gateway", "gateway"]
