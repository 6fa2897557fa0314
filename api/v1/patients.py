"""Patients: who they are and how they may be reached."""

from api.v1.patient_body import PatientBody
from api.v1.reading import Changeable, Growing
from loyalty.exchange.patients import PATIENTS
from loyalty.exchange.write_patient import change_patient_for, write_new_patient
from tenants.partners.scopes import Scope


class Patients(Growing):
    scope_for = {"get": Scope.PATIENTS_READ, "post": Scope.PATIENTS_WRITE}
    takes = {"post": PatientBody}
    resource = PATIENTS
    creates = staticmethod(write_new_patient)


class Patient(Changeable):
    scope_for = {"get": Scope.PATIENTS_READ, "patch": Scope.PATIENTS_WRITE}
    takes = {"patch": PatientBody}
    resource = PATIENTS
    changes = staticmethod(change_patient_for)
