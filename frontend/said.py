"""What a page says after something was done. The address carries only a key and an id: no name, no free text."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from frontend.said_of_billing import BILLING
from frontend.said_purchasing import PURCHASING_WORDS

KEY, WHAT = "said", "of"


@dataclass(frozen=True, slots=True)
class Said:
    """``undo`` is the address that takes it back, empty where nothing can."""

    text: str
    tone: str = "good"
    icon: str = "check"
    undo: str = ""


WORDS = {
    **BILLING,
    **PURCHASING_WORDS,
    "patient-changed": "The changes are kept.",
    "contact-point-kept": "The way to reach them is kept.",
    "contact-point-gone": "It is taken off.",
    "wishes-kept": "Their wishes are noted. Every list and label obeys them.",
    "contact-ended": "Noted. Everything that was planned for them is called off.",
    "contact-again": "Taken back. What was called off is planned again.",
    "tags-on": "The tag is put on.",
    "tags-off": "The tag is taken off.",
    "tags-back": "Taken back. The tags are as before.",
    "view-saved": "The view is saved.",
    "view-changed": "The view is changed.",
    "view-deleted": "The view is deleted.",
    "memory-changed": "The memory is changed.",
    "request-noted": "The request is written down, with the day it is due.",
    "request-answered": "The answer is kept.",
    "request-extended": "The new day is kept. Send the patient the reason in writing.",
    "request-disagreed": "The statement is kept with the record.",
    "restriction-ended": "The restriction has ended.",
    "request-told": "Noted that the patient has the answer.",
    "disclosure-noted": "It stands in the accounting.",
    "disclosure-struck": "Struck out. It stays readable.",
    "merged": "The two records are one now.",
    "unmerged": "Taken back. Both records are as they were.",
    "household-joined": "They are one household.",
    "household-left": "Moved out.",
    "guardian-kept": "The guardian is noted, and is contacted from now on.",
    "guardian-removed": "The guardian is removed.",
    "referral-noted": "Noted who sent them.",
    "referral-removed": "Removed.",
    "referral-thanked": "Noted: they were thanked.",
    "told-apart": "Two people. They are not suggested again.",
    "patient-added": "The patient is on the list.",
    "visit-booked": "The visit is booked. The call before it is planned.",
    "visit-moved": "The visit is moved, and its call with it.",
    "visit-cancelled": "The visit is cancelled, and the contact planned for it.",
    "visit-arrived": "Marked as here.",
    "visit-seen": "Called in. The waiting is over.",
    "visit-back": "Taken back.",
    "brief-read": "The brief is read.",
    "visit-walked-in": "The visit has begun.",
    "visit-over": "The visit is over. A thank-you note waits to be written.",
    "visit-no-show": "Marked as did not come.",
    "feedback-kept": "The answer is kept.",
    "feedback-recovery": "The answer is kept, and somebody owes them a call: a recovery is open.",
    "kiosk-revoked": "Revoked. That tablet opens nothing any more.",
    "tablet-opened": "Open on the tablet. It says hello within seconds.",
    "tablet-called-off": "Called off. Nothing waits for a tablet.",
    "answer-read": "Marked as read.",
    "answer-unread": "It is unread again.",
    "answer-assigned": "Handed on.",
    "answer-themed": "The themes are kept, and counted.",
    "recovery-worked": "Written down.",
    "recovery-told": "Written down: they know. Now close it.",
    "recovery-closed": "The recovery is closed. Thank-you notes are free again.",
    "recovery-reopened": "The recovery is open again, and a call is planned.",
    "recovery-handed-over": "The recovery has a new owner.",
    "thanks-planned": "A thank-you note waits to be written.",
    "story-planned": "A call is planned to ask for their story.",
    "story-answered": "Written down.",
    "inquiry-taken": "Written down. The first call is due.",
    "inquiry-called": "The call is written down.",
    "inquiry-assigned": "Handed on.",
    "inquiry-corrected": "Kept.",
    "inquiry-closed": "The inquiry is closed.",
    "inquiry-reopened": "The inquiry is open again, and a call is due.",
    "inquiry-patient": "They are a patient now.",
    "inquiry-patient-booked": "They are a patient now, and the first visit is booked.",
    "import-started": "It runs by itself now.",
    "import-stopped": "Stopped. What is imported stays until you undo it.",
    "import-undone": "It is being taken back.",
    "import-discarded": "The file is thrown away. Nothing of it was imported.",
    "note-written": "Note marked as written.",
    "note-skipped": "No note this time.",
    "note-back": "The note is back in the queue.",
    "note-handed": "The note is with your colleague now.",
    "note-handed-back": "The note is with who had it before.",
    "note-words-kept": "The words are kept for the card.",
    "photo-kept": "The photo is kept.",
    "photo-deleted": "The photo is deleted for good.",
    "gift-given": "The gift is in the ledger.",
    "gift-taken-back": "The gift is off the ledger.",
    "gift-limits-set": "The limits are set.",
    "drifting-call": "Asked for. Here is the call to make.",
    "drifting-letter": "A letter is planned. It stands on the list of calls.",
    "drifting-contact-off": "Called off. They stand on the list again.",
    "drifting-left": "Left for now.",
    "drifting-up": "They stand on the list again.",
    "occasion-kept": "The day is kept.",
    "occasion-removed": "The day is gone, and what was planned for it.",
    "occasion-honored": "Written down. They were not forgotten.",
    "occasion-left-out": "Not this time.",
    "occasion-back": "It is to be done again.",
    "message-queued": "The message is on its way.",
    "message-held": "The message waits until the morning.",
    "template-kept": "The template is kept.",
    "template-tested": "The test is on its way to you.",
    "suppressed": "Nothing more goes out to it.",
    "lifted": "It is off the list.",
    "consent-kept": "Written down.",
    "review-entered": "The review is on file.",
    "reply-drafted": "The reply is kept. Post it on the site, then mark it here.",
    "reply-cleared": "The draft is gone.",
    "reply-posted": "Marked as posted.",
    "reply-not-posted": "The reply is a draft again.",
    "review-matched": "Matched.",
    "review-unmatched": "The match is taken off.",
    "reviews-taken-in": "The new reviews are on file.",
    "reviews-taken-out": "They are taken out again.",
    "review-asking-kept": "Kept. It counts from tonight on.",
    "review-site-kept": "The site is kept.",
    "testimonial-agreed": "It waits with the others until you publish them.",
    "testimonials-published": "Published, in the order in which they agreed.",
    "testimonial-down": "Taken down. It is gone from the public page.",
    "testimonial-withdrawn": "Taken down, and written down that they take it back.",
    "testimonial-back": "It is back.",
    "remembered": "Remembered.",
    "forgotten": "Forgotten. The words are gone.",
    "agreements-accepted": "Accepted. Your team can work with patients now.",
    "clause-accepted": "The clause is accepted. Your totals count from the next night on.",
    "clause-withdrawn": "The clause is withdrawn. Nothing more leaves your practice.",
    "location-changed": "The address is kept.",
    "location-added": "The location is open. Set its hours next.",
    "location-closed": "Closed. Nobody books there any more.",
    "location-reopened": "Open again.",
    "privacy-contact-named": "Letters name this contact from now on.",
    "practice-renamed": "The practice has its new name.",
    "hours-kept": "The hours are kept, and calls before visits moved with them.",
    "holiday-added": "It is a day off, and calls before visits moved with it.",
    "holiday-removed": "It is a working day again.",
    "call-reached": "Written down: reached.",
    "call-voicemail": "Written down: a voicemail is left.",
    "call-no-answer": "Written down. It stays in the list, behind the others for now.",
    "call-wrong-number": "Nobody calls that number any more.",
    "call-no-calls": "Their wish is kept. What was to be called goes another way.",
    "call-back": "It is to be made again.",
    "contact-made": "Done.",
    "contact-skipped": "Not this time.",
    "holdout-started": "The hold-out runs. Nobody needs to do anything differently.",
    "holdout-stopped": "The hold-out is stopped. Everybody is contacted again.",
    "holdout-crossed": "It is planned. The lot stays what it was.",
    "rule-added": "The rule is in the playbook, from now on.",
    "rule-kept": "The rule is kept, and holds from now on.",
    "rule-on": "The rule is on, from now on.",
    "rule-off": "The rule is off. What it planned already stays.",
    "rule-removed": "The rule is out. What it planned already stays.",
    "playbook-default": "The five steps are back. Your own rules are switched off.",
    "staff-kept": "The staff is kept.",
    "staff-gone": "Taken off the staff, and their work passed on.",
    "staff-back": "On the staff again.",
    "service-added": "The service is on the list.",
    "service-kept": "The service is kept.",
    "service-retired": "Retired. Nobody books it any more.",
    "service-restored": "It is offered again.",
    "partner-changed": "The changes are kept, and count at once.",
    "partner-suspended": "It is suspended. No practice answers it any more.",
    "sandbox-made": "The sandbox is there, with made-up patients.",
    "sandbox-reset": "The sandbox is new, at the same address.",
    "sandbox-removed": "The sandbox is gone.",
    "partner-resumed": "It may go on, where practices let it in.",
    "partner-let-in": "It is let in. Now tell its maker your address.",
    "partner-changed-here": "What it may do is changed.",
    "partner-shut-out": "It is out, from this moment. To undo that, let it in again.",
    "webhook-changed": "The changes are kept, and count at once.",
    "webhook-tested": "A test is on its way. Below you see whether it arrives.",
    "webhook-again": "It is on its way once more.",
    "webhook-off": "It is switched off. Nothing more is told there.",
    "webhook-on": "It is on. What changes from now on is told.",
    "webhook-removed": "The address is removed.",
    "leave-asked": "The network knows that you want to leave.",
    "invited": "The invitation is on its way by mail. It works once, for seven days.",
    "invited-again": "A new link is on its way. The old one no longer works.",
    "invitation-cancelled": "The invitation is cancelled. Its link no longer works.",
    "role-changed": "The role is changed. It counts from their next click.",
    "person-left": "Their access has ended, and their work is passed on.",
    "network-person-left": "Their access to the console has ended.",
    "ownership-transferred": "The practice has a new owner.",
    "access-reviewed": "The review is noted, with today’s date.",
    "announced": "Announced. Everybody sees it on their Today page.",
    "announcement-withdrawn": "Taken back. Nobody is shown it any more.",
    "month-approved": "Approved. Members see it within minutes.",
    "month-held": "Held. It goes out when somebody approves it, and not before.",
    "reports-mailed": "A mail tells you when the next report is ready.",
    "reports-not-mailed": "Switched off. Reports stay here.",
    "application-declined": "Declined. The mail is on its way.",
    "practice-opened": "The practice is open, and its owner is invited by mail.",
    "practice-suspended": "The practice is suspended.",
    "practice-reactivated": "The practice is open again.",
    "practice-left": "The practice has left the network.",
    "factor-added": "Your second factor is set up.",
    "factor-removed": "Removed. It opens nothing any more.",
    "pin-set": "Your PIN is set. It unlocks a desk that you are signed in at.",
    "pin-removed": "The PIN is gone. A locked desk now opens by signing in.",
    "signed-out-there": "Signed out there.",
    "signed-out-elsewhere": "Signed out everywhere else.",
}
UNDO = {
    "tags-on": "portal:patient-tags-undo",
    "tags-off": "portal:patient-tags-undo",
    "contact-ended": "portal:patient-wish-undo",
    "answer-read": "portal:answer-unread",
    "inquiry-closed": "portal:inquiry-reopening",
    "merged": "portal:merge-undo",
    "note-written": "portal:note-undo",
    "note-skipped": "portal:note-undo",
    "note-handed": "portal:note-hand-back",
    "gift-given": "portal:gift-undo",
    "drifting-call": "portal:drifting-contact-undo",
    "drifting-letter": "portal:drifting-contact-undo",
    "drifting-left": "portal:drifting-leave-undo",
    "occasion-honored": "portal:occasion-undo",
    "occasion-left-out": "portal:occasion-undo",
    "visit-arrived": "portal:visit-undo",
    "visit-seen": "portal:visit-undo",
    "visit-over": "portal:visit-undo",
    "visit-no-show": "portal:visit-undo",
    "visit-cancelled": "portal:visit-undo",
    "service-retired": "portal:service-return",
    "location-closed": "portal:location-reopening",
    "call-reached": "portal:call-undo",
    "call-voicemail": "portal:call-undo",
    "call-no-answer": "portal:call-undo",
    "call-wrong-number": "portal:call-undo",
    "contact-made": "portal:call-undo",
    "contact-skipped": "portal:call-undo",
    "rule-on": "portal:rule-off",
    "rule-off": "portal:rule-on",
    "reply-posted": "portal:review-not-posted",
    "review-matched": "portal:review-unmatch",
    "reviews-taken-in": "portal:reviews-file-undo",
    "testimonial-down": "portal:testimonial-restoration",
}


def saying(address: str, key: str, *, of: UUID | None = None) -> str:
    """Return ``address`` with what the next page shall say. Raises KeyError for words that do not exist."""
    if key not in WORDS:
        raise KeyError(key)
    parts = urlsplit(unsaid(address))
    query = [parts.query] if parts.query else []
    query.append(urlencode({KEY: key, WHAT: of} if of else {KEY: key}))
    return urlunsplit(parts._replace(query="&".join(query)))


def unsaid(address: str) -> str:
    """Return ``address`` without what it was to say."""
    parts = urlsplit(address)
    query = QueryDict(parts.query, mutable=True)
    query.pop(KEY, None)
    query.pop(WHAT, None)
    return urlunsplit(parts._replace(query=query.urlencode()))


def said(request: HttpRequest) -> Said | None:
    """Return what the page is to say, None for nothing or for words that do not exist."""
    key = request.GET.get(KEY, "")
    if key not in WORDS:
        return None
    return Said(WORDS[key], undo=_undo(key, request.GET.get(WHAT, "")))


def _undo(key: str, of: str) -> str:
    if key not in UNDO:
        return ""
    try:
        return reverse(UNDO[key], args=[UUID(of)])
    except ValueError:
        return ""
