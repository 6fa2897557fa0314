"""A tablet's name and place, and the code that enrolls it."""

from typing import Any

from django import forms

from frontend.forms.parts import ActionForm
from loyalty.models import Location


class KioskForm(ActionForm):
    fields_of = {"name": "name"}

    name = forms.CharField(
        max_length=60,
        label="What do you call it?",
        help_text="So that the team can tell two apart: Front desk, Room 2.",
        error_messages={"required": "Give the tablet a name, such as “Front desk”."},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        places = Location.objects.filter(is_active=True).order_by("name", "id").values_list("id", "name")
        choices = [(str(id), name) for id, name in places]
        only = choices[0][0] if len(choices) == 1 else None
        self.fields["location_id"] = forms.ChoiceField(
            choices=choices,
            label="Where is it?",
            initial=only,
            widget=forms.HiddenInput if only else forms.Select,
            error_messages={"required": "Choose where it is."},
        )


class EnrollForm(ActionForm):
    code = forms.CharField(
        max_length=40,
        label="The code",
        help_text="Ten letters and digits, from Settings, Tablets.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Type the code that Settings shows."},
    )
