"""Form fields as our templates want them."""

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def plain(field: BoundField) -> BoundField:
    """Without a placeholder: it repeats the label, looks like an answer, and is gone when needed."""
    field.field.widget.attrs.pop("placeholder", None)
    return field
