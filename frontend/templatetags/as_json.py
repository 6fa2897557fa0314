"""Data that a script of ours reads from an attribute: no script stands in the page."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)
