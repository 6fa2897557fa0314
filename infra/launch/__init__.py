"""Starts everything the product needs on one machine: PostgreSQL, Valkey, the web server and the worker.

Run it as `python -m infra.launch` or use `infra.launch.servers.start` from Python.
"""
