"""What the trail's verbs mean, in words for people."""

VERBS = {
    "address.open": "Tried to open what they may not, or what is not there",
    "brief.read": "Read a brief",
    "consent.granted": "Wrote down that a patient agrees",
    "consent.withdrawn": "Wrote down that a patient says no",
    "contact.made": "Marked a contact as made",
    "contact.reopened": "Took a contact back",
    "contact.skipped": "Set a contact aside",
    "contacts.read": "Looked at the contacts to make",
    "day.read": "Opened Today",
    "feedback.received": "Took down feedback",
    "figures.computed": "Computed the practice’s figures",
    "import.loaded": "Imported records",
    "memory.forgotten": "Forgot a memory",
    "memory.kept": "Wrote down a memory",
    "message.queued": "Wrote a message to a patient",
    "message.refused": "Did not send a message, by a rule",
    "message.reported": "Heard what became of a message",
    "message.sent": "Sent a message, or tried to",
    "note.read": "Opened a thank-you note",
    "note.reopened": "Took a note back",
    "note.skipped": "Set a note aside",
    "note.written": "Marked a note as written",
    "notes.read": "Looked at the notes to write",
    "occasions.planned": "Planned contacts for personal days",
    "occasions.read": "Looked at the personal days",
    "patient.enrolled": "Added a patient",
    "patient.found": "Opened a form for a patient",
    "patient.read": "Opened a patient’s page",
    "patients.searched": "Looked through the list of patients",
    "promise.answered": "Took down whether a promise was kept",
    "promise.made": "Wrote down a promise",
    "recovery.closed": "Closed a recovery",
    "recovery.contacted": "Got in touch about a recovery",
    "recovery.opened": "Opened a recovery",
    "reply.received": "Took a text from a patient",
    "suppression.added": "Put an address on the do-not-contact list",
    "suppression.lifted": "Took an address off the do-not-contact list",
    "template.added": "Added a message template",
    "template.changed": "Changed a message template",
    "trail.exported": "Exported this trail",
    "trail.read": "Looked at this trail",
    "visit.arrived": "Marked a patient as here",
    "visit.begun": "Added a walk-in",
    "visit.booked": "Booked a visit",
    "visit.cancelled": "Cancelled a visit",
    "visit.completed": "Completed a visit",
    "visit.missed": "Marked a visit as missed",
    "visit.moved": "Moved a visit",
    "visit.read": "Opened a visit",
}

# Whoever is no person with a name.
KINDS = {
    "job": "Perennial, by itself",
    "kiosk": "The kiosk",
    "operator": "An operator at the server",
    "partner": "A partner’s program",
    "patient": "The patient",
    "person": "Somebody who was erased",
}


def words_of(verb: str) -> str:
    """What it means; the verb itself where a newer version wrote it."""
    return VERBS.get(verb, verb.replace("_", " ").replace(".", ": "))
