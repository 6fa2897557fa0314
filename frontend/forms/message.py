"""Which template a message is made from, templates themselves, and the do-not-contact list."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from loyalty.messages.fields import FIELDS
from loyalty.messages.purposes import CHANNELS
from loyalty.models import Channel, ContactPoint, MessageTemplate, TemplateKind


class ChooseForm(ActionForm):
    """Opened with a GET: choosing writes nothing."""

    template = forms.ModelChoiceField(
        queryset=MessageTemplate.objects.none(), label="What to write", empty_label="Choose a template"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template"]
        if isinstance(field, forms.ModelChoiceField):
            # Who is asked for a public review is not chosen by hand.
            field.queryset = MessageTemplate.objects.filter(is_on=True).exclude(kind=TemplateKind.REVIEW)


class SendForm(ActionForm):
    template_id = forms.UUIDField(widget=forms.HiddenInput)


class TemplateForm(ActionForm):
    name = forms.CharField(max_length=80, label="Name", help_text="Only you see it.")
    subject = forms.CharField(max_length=120, required=False, label="Subject")
    body = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 12}),
        label="Message",
        help_text="Fields: " + ", ".join("{" + name + "}" for name in FIELDS) + ".",
    )


class NewTemplateForm(TemplateForm):
    kind = forms.ChoiceField(choices=TemplateKind.choices, label="What it is for")
    channel = forms.ChoiceField(choices=[(one.value, Channel(one).label) for one in CHANNELS], label="Sent as")

    field_order = ["name", "kind", "channel", "subject", "body"]


class ChangeTemplateForm(TemplateForm):
    is_on = forms.BooleanField(required=False, label="May be sent")
    version = forms.IntegerField(widget=forms.HiddenInput)


class SuppressForm(ActionForm):
    kind = forms.ChoiceField(choices=ContactPoint.Kind.choices, label="Phone or email")
    given = forms.CharField(max_length=254, label="Number or address")
    note = forms.CharField(max_length=200, required=False, label="How they asked", help_text="Such as: on the phone.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("given", "note"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


class LiftForm(ActionForm):
    because = forms.CharField(max_length=200, label="Why may it be used again?")
