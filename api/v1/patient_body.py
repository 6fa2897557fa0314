"""A patient as a program sends one."""

from functools import partial
from typing import Any, ClassVar

from rest_framework import serializers

from api.body import fields
from api.body.read import Body
from core.errors import DomainError
from core.exchange.external_id import checked_external_id
from loyalty.models import Channel, ContactPoint
from loyalty.patients.change_contact_points import LONGEST_LABEL, MOST
from loyalty.patients.details import checked_language, detail
from loyalty.patients.replace_contact_points import GivenPoint, given_point


def _detail(name: str) -> Any:
    return fields.Text(check=partial(detail, name))


class ContactPointBody(Body):
    # Where it stands in its list says it: the first is tried first.
    read_only_names: ClassVar[frozenset[str]] = frozenset({"rank"})

    kind = fields.Choice(ContactPoint.Kind.values, required=True)
    value = fields.Text(required=True)
    label = fields.Text(most=LONGEST_LABEL)
    do_not_use = fields.Flag()

    def validate(self, attrs: dict[str, Any]) -> GivenPoint:
        try:
            return given_point(**attrs)
        except DomainError as error:
            raise serializers.ValidationError({"value": serializers.ErrorDetail(error.message, error.code)}) from None


class _PatientBody(Body):
    read_only_names: ClassVar[frozenset[str]] = frozenset(
        {"id", "merged_into_id", "patient_since", "created_at", "updated_at"}
    )

    record_number = _detail("record_number")
    given_name = _detail("given_name")
    family_name = _detail("family_name")
    preferred_name = _detail("preferred_name")
    pronouns = _detail("pronouns")
    birth_year = fields.Whole(allow_null=True)
    birth_month = fields.Whole(allow_null=True)
    birth_day = fields.Whole(allow_null=True)
    language = fields.Text(check=checked_language)
    address = _detail("address")
    city = _detail("city")
    state = _detail("state")
    postal_code = _detail("postal_code")
    country = _detail("country")
    preferred_channel = fields.Choice([*Channel.values, ""])
    contact_points = fields.Many(ContactPointBody(), most=2 * MOST)
    no_voicemail = fields.Flag()
    plain_envelope = fields.Flag()
    not_at_home = fields.Flag()
    no_contact = fields.Flag()
    deceased = fields.Flag()
    deceased_on = fields.Day(allow_null=True)


class PatientBody(_PatientBody):
    external_ids = fields.Many(fields.Text(check=partial(checked_external_id, field="external_ids")), most=10)


class PatientRowBody(_PatientBody):
    """One of many: found by this id."""

    external_id = fields.Text(check=checked_external_id, required=True)
