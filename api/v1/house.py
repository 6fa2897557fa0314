"""Locations, services and staff: read only."""

from api.v1.reading import Many, One
from loyalty.exchange.house import LOCATIONS, SERVICES, STAFF
from tenants.partners.scopes import Scope


class Locations(Many):
    scope_for = {"get": Scope.PRACTICE_READ}
    resource = LOCATIONS


class Location(One):
    scope_for = {"get": Scope.PRACTICE_READ}
    resource = LOCATIONS


class Services(Many):
    scope_for = {"get": Scope.PRACTICE_READ}
    resource = SERVICES


class Service(One):
    scope_for = {"get": Scope.PRACTICE_READ}
    resource = SERVICES


class StaffList(Many):
    scope_for = {"get": Scope.PRACTICE_READ}
    resource = STAFF


class StaffMember(One):
    scope_for = {"get": Scope.PRACTICE_READ}
    resource = STAFF
