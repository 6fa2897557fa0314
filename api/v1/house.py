"""Locations, services and staff: read only."""

from api.v1.reading import read_only
from loyalty.exchange.house import LOCATIONS, SERVICES, STAFF
from tenants.partners.scopes import Scope

Locations, Location = read_only(LOCATIONS, Scope.PRACTICE_READ)
Services, Service = read_only(SERVICES, Scope.PRACTICE_READ)
StaffList, StaffMember = read_only(STAFF, Scope.PRACTICE_READ)
