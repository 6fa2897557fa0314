"""The list of patients as the documentation of Django REST framework has it: a model serializer, nested rows fetched
ahead, a token of its own table, cursor pages; and what was sent is written down."""

from typing import Any, ClassVar

from django.db import connection
from django.urls import path
from rest_framework import generics, pagination, permissions, serializers
from rest_framework.authentication import TokenAuthentication
from rest_framework.request import Request
from rest_framework.response import Response

from loyalty.models import ContactPoint, Patient

PAGE = 50
_AUDIT = (
    "INSERT INTO audit_entry"
    " (verb, outcome, asker_kind, asker_id, role, place, why, subject_kind, detail, patients, everyone)"
    " VALUES ('patients.sent', 'done', 'partner', '01a22681-7b48-760e-b7bb-cde0f3317795', '', 'patients',"
    " 'patients:read', '', '{}', %s, false)"
)


class ContactPointSerializer(serializers.ModelSerializer[ContactPoint]):
    class Meta:
        model = ContactPoint
        fields: ClassVar = ["kind", "value", "label", "rank", "do_not_use"]


class PatientSerializer(serializers.ModelSerializer[Patient]):
    contact_points = ContactPointSerializer(many=True, read_only=True)
    external_ids = serializers.SlugRelatedField[Any](
        source="identifiers", many=True, read_only=True, slug_field="value"
    )

    class Meta:
        model = Patient
        fields: ClassVar = [
            "id", "record_number", "given_name", "family_name", "preferred_name", "pronouns", "birth_year",
            "birth_month", "birth_day", "language", "address", "city", "state", "postal_code", "country",
            "preferred_channel", "no_voicemail", "plain_envelope", "not_at_home", "no_contact", "deceased",
            "deceased_on", "merged_into_id", "patient_since", "created_at", "updated_at", "contact_points",
            "external_ids",
        ]  # fmt: skip


class Pages(pagination.CursorPagination):
    page_size = PAGE
    ordering = ("written_in", "id")


class Patients(generics.ListAPIView[Patient]):
    queryset = Patient.objects.prefetch_related("contact_points", "identifiers")
    serializer_class = PatientSerializer
    pagination_class = Pages
    authentication_classes: ClassVar = [TokenAuthentication]
    permission_classes: ClassVar = [permissions.IsAuthenticated]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        answer = super().list(request, *args, **kwargs)
        with connection.cursor() as cursor:
            cursor.execute(_AUDIT, [[row["id"] for row in answer.data["results"]]])
        return answer


urlpatterns = [path("patients/", Patients.as_view())]
