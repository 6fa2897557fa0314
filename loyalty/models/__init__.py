from loyalty.models.disclosure import Disclosure
from loyalty.models.drift import Drift, DriftFit, DriftLeft, UsualFrom
from loyalty.models.exchange import PartnerAnswer
from loyalty.models.family import Guardianship, Household, HouseholdMember, Referral
from loyalty.models.feedback import Elsewhere, Feedback, FeedbackMode, FeedbackRequest, Loved
from loyalty.models.figure import Figure, FormerFigure
from loyalty.models.gift import FEDERAL_GIFT_CENTS, FEDERAL_YEAR_CENTS, Gift, GiftLimits
from loyalty.models.holdout import HOLDABLE, Holdout, HoldoutPatient
from loyalty.models.hours import Holiday, OpeningHours
from loyalty.models.imported import (
    WORKING,
    Import,
    ImportedRow,
    ImportIssue,
    ImportKind,
    ImportPiece,
    ImportState,
)
from loyalty.models.inquiry import CallOutcome, FoundVia, Inquiry, InquiryCall
from loyalty.models.kiosk import FeedbackLink, Kiosk, KioskOpening, OpeningState
from loyalty.models.merge import Merge, MergeStep, ToldApart
from loyalty.models.message import (
    WAITING,
    WENT_OUT,
    Message,
    MessageState,
    MessageTemplate,
    OptOutLink,
    Reply,
    ReplyMeaning,
    Suppression,
    SuppressionReason,
    TemplateKind,
    TextNumber,
)
from loyalty.models.note import NoteDraft, NotePhoto
from loyalty.models.patient import Channel, ContactPoint, Patient, PatientIdentifier, YesNoUnknown
from loyalty.models.privacy_contact import PrivacyContact
from loyalty.models.record_request import DenialBasis, Recipient, RecordRequest, RequestKind, RequestState
from loyalty.models.recovery import BY_HAND, Recovery, RecoveryStep, StepKind
from loyalty.models.remembered import BriefPart, Consent, ConsentPurpose, Memory, Occasion, OccasionKind, Sensitivity
from loyalty.models.report import MonthlyReport
from loyalty.models.review import Review, ReviewAsking, ReviewImport, ReviewInvitation, ReviewSite
from loyalty.models.saved_view import SavedView
from loyalty.models.story_ask import StoryAsk
from loyalty.models.tag_change import TagChange, TaggedPatient
from loyalty.models.testimonial import Insider, ShownAs, TakenDown, Testimonial
from loyalty.models.touchpoint import (
    Audience,
    Call,
    CallResult,
    DelayUnit,
    OccasionOf,
    PlaybookRule,
    Touchpoint,
    TouchpointChannel,
    TouchpointKind,
    TouchpointState,
    Trigger,
)
from loyalty.models.treating import Location, Service, Staff, StaffRole
from loyalty.models.visit import OPEN_STATUSES, Promise, Visit, VisitIdentifier, VisitSource, VisitStatus
from loyalty.models.wish import Wish, WishChange

__all__ = [
    "BY_HAND",
    "FEDERAL_GIFT_CENTS",
    "FEDERAL_YEAR_CENTS",
    "HOLDABLE",
    "OPEN_STATUSES",
    "WAITING",
    "WENT_OUT",
    "WORKING",
    "Audience",
    "BriefPart",
    "Call",
    "CallOutcome",
    "CallResult",
    "Channel",
    "Consent",
    "ConsentPurpose",
    "ContactPoint",
    "DelayUnit",
    "DenialBasis",
    "Disclosure",
    "Drift",
    "DriftFit",
    "DriftLeft",
    "Elsewhere",
    "Feedback",
    "FeedbackLink",
    "FeedbackMode",
    "FeedbackRequest",
    "Figure",
    "FormerFigure",
    "FoundVia",
    "Gift",
    "GiftLimits",
    "Guardianship",
    "Holdout",
    "HoldoutPatient",
    "Holiday",
    "Household",
    "HouseholdMember",
    "Import",
    "ImportIssue",
    "ImportKind",
    "ImportPiece",
    "ImportState",
    "ImportedRow",
    "Inquiry",
    "InquiryCall",
    "Insider",
    "Kiosk",
    "KioskOpening",
    "Location",
    "Loved",
    "Memory",
    "Merge",
    "MergeStep",
    "Message",
    "MessageState",
    "MessageTemplate",
    "MonthlyReport",
    "NoteDraft",
    "NotePhoto",
    "Occasion",
    "OccasionKind",
    "OccasionOf",
    "OpeningHours",
    "OpeningState",
    "OptOutLink",
    "PartnerAnswer",
    "Patient",
    "PatientIdentifier",
    "PlaybookRule",
    "PrivacyContact",
    "Promise",
    "Recipient",
    "RecordRequest",
    "Recovery",
    "RecoveryStep",
    "Referral",
    "Reply",
    "ReplyMeaning",
    "RequestKind",
    "RequestState",
    "Review",
    "ReviewAsking",
    "ReviewImport",
    "ReviewInvitation",
    "ReviewSite",
    "SavedView",
    "Sensitivity",
    "Service",
    "ShownAs",
    "Staff",
    "StaffRole",
    "StepKind",
    "StoryAsk",
    "Suppression",
    "SuppressionReason",
    "TagChange",
    "TaggedPatient",
    "TakenDown",
    "TemplateKind",
    "Testimonial",
    "TextNumber",
    "ToldApart",
    "Touchpoint",
    "TouchpointChannel",
    "TouchpointKind",
    "TouchpointState",
    "Trigger",
    "UsualFrom",
    "Visit",
    "VisitIdentifier",
    "VisitSource",
    "VisitStatus",
    "Wish",
    "WishChange",
    "YesNoUnknown",
]
