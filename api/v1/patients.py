"""Patients: who they are and how they may be reached."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from api.v1.patient_body import PatientBody
from api.v1.reading import Changeable, Growing
from core.exchange.resource import Unless
from loyalty.exchange.patients import PATIENTS
from loyalty.exchange.write_patient import change_patient_for, write_new_patient
from tenants.partners.scopes import Scope


class Patients(Growing):
    scope_for = {"get": Scope.PATIENTS_READ, "post": Scope.PATIENTS_WRITE}
    takes = {"post": PatientBody}
    resource = PATIENTS

    def create(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return write_new_patient(given=given, application_id=self.holder.application_id, now=timezone.now())


class Patient(Changeable):
    scope_for = {"get": Scope.PATIENTS_READ, "patch": Scope.PATIENTS_WRITE}
    takes = {"patch": PatientBody}
    resource = PATIENTS

    def change(self, row_id: UUID, given: Mapping[str, Any], unless_changed: Unless) -> dict[str, Any]:
        return change_patient_for(
            patient_id=row_id,
            given=given,
            application_id=self.holder.application_id,
            unless_changed=unless_changed,
            now=timezone.now(),
        )
