"""Who belongs to a patient, and who sent them."""

from django import forms

from frontend.forms.parts import ActionForm

RELATIONS = [
    ("", "No word"),
    *(
        (word, word.capitalize())
        for word in (
            "spouse",
            "partner",
            "parent",
            "mother",
            "father",
            "child",
            "daughter",
            "son",
            "sister",
            "brother",
            "grandparent",
            "friend",
        )
    ),
]


class KinForm(ActionForm):
    """Another patient, and what they are."""

    other = forms.UUIDField(widget=forms.HiddenInput, label="Patient")
    relation = forms.ChoiceField(choices=RELATIONS, required=False, label="Relation")


class GuardianForm(ActionForm):
    """Somebody who is no patient."""

    fields_of = {"phones": "phone", "emails": "email"}

    name = forms.CharField(max_length=120, label="Name")
    phone = forms.CharField(max_length=40, required=False, label="Phone")
    email = forms.CharField(max_length=254, required=False, label="Email")
    relation = forms.ChoiceField(choices=RELATIONS, required=False, label="Relation")


class ReferrerForm(ActionForm):
    """Who sent them, where that is no patient."""

    name = forms.CharField(max_length=120, label="Name", help_text="Such as: Dr. Rivera, a colleague.")
