"""A small Stripe that keeps state and speaks HTTP on this machine, so that Stripe's own library drives it.

It knows what Perennial uses: products, prices, customers, tax ids, Checkout, the Portal, subscriptions, invoices,
meters and signed events; a repeated idempotency key; and a clock that can be moved. Nothing is ever paid. What it does
not know it refuses, so that nobody takes its silence for Stripe's.
"""
