from loyalty.models.family import Guardianship, Household, HouseholdMember, Referral
from loyalty.models.feedback import Elsewhere, Feedback, FeedbackMode, FeedbackRequest, Recovery, Review, ReviewSite
from loyalty.models.figure import Figure
from loyalty.models.gift import Gift
from loyalty.models.patient import Channel, ContactPoint, Patient, PatientIdentifier, YesNoUnknown
from loyalty.models.remembered import BriefPart, Consent, ConsentPurpose, Memory, Occasion, OccasionKind, Sensitivity
from loyalty.models.touchpoint import (
    DelayUnit,
    PlaybookRule,
    Touchpoint,
    TouchpointChannel,
    TouchpointKind,
    TouchpointState,
    Trigger,
)
from loyalty.models.treating import Location, Service, Staff, StaffRole
from loyalty.models.visit import OPEN_STATUSES, Inquiry, Promise, Visit, VisitSource, VisitStatus

__all__ = [
    "OPEN_STATUSES",
    "BriefPart",
    "Channel",
    "Consent",
    "ConsentPurpose",
    "ContactPoint",
    "DelayUnit",
    "Elsewhere",
    "Feedback",
    "FeedbackMode",
    "FeedbackRequest",
    "Figure",
    "Gift",
    "Guardianship",
    "Household",
    "HouseholdMember",
    "Inquiry",
    "Location",
    "Memory",
    "Occasion",
    "OccasionKind",
    "Patient",
    "PatientIdentifier",
    "PlaybookRule",
    "Promise",
    "Recovery",
    "Referral",
    "Review",
    "ReviewSite",
    "Sensitivity",
    "Service",
    "Staff",
    "StaffRole",
    "Touchpoint",
    "TouchpointChannel",
    "TouchpointKind",
    "TouchpointState",
    "Trigger",
    "Visit",
    "VisitSource",
    "VisitStatus",
    "YesNoUnknown",
]
