from tenants.models.handover import HandOver
from tenants.models.invitation import Invitation
from tenants.models.membership import Membership, Role
from tenants.models.person import Person
from tenants.models.practice import Domain, Practice, SizeBand
from tenants.models.session import Session

__all__ = [
    "Domain",
    "HandOver",
    "Invitation",
    "Membership",
    "Person",
    "Practice",
    "Role",
    "Session",
    "SizeBand",
]
