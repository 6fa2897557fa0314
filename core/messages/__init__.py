"""Transports of email and text: addresses, one way out for each, and what the provider said. No business words.

The only package that imports anymail and twilio. It keeps no records and writes nothing of a message into logs.
"""
