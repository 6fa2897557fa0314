from tenants.models.access_review import AccessReview
from tenants.models.agreement import AgreementAct, Document
from tenants.models.announcement import Announcement
from tenants.models.application import Application
from tenants.models.entitlement import Capability, Entitlement
from tenants.models.handover import HandOver
from tenants.models.invitation import Invitation
from tenants.models.membership import Membership, Role
from tenants.models.partner import PartnerApplication, PartnerGrant, PartnerToken
from tenants.models.person import Person
from tenants.models.practice import Domain, Practice, PracticeType, SizeBand, Standing
from tenants.models.session import Session
from tenants.models.status_change import StatusChange

__all__ = [
    "AccessReview",
    "AgreementAct",
    "Announcement",
    "Application",
    "Capability",
    "Document",
    "Domain",
    "Entitlement",
    "HandOver",
    "Invitation",
    "Membership",
    "PartnerApplication",
    "PartnerGrant",
    "PartnerToken",
    "Person",
    "Practice",
    "PracticeType",
    "Role",
    "Session",
    "SizeBand",
    "Standing",
    "StatusChange",
]
