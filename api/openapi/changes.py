"""What programs can do since when, the newest first, and what they can count on."""

from datetime import date

POLICY = (
    "Within /api/v1/ we only add: operations, parameters, members of answers, values, codes of problems. Ignore what"
    " you do not know. What is taken out is told a year before: here, as deprecated in the document, and by the headers"
    " Deprecation and Sunset in each answer of it."
)
CHANGES: tuple[tuple[date, str], ...] = (
    (
        date(2026, 11, 30),
        "Vendors and offers of the buying group are read (offers:read); purchases are read, added and corrected, one by"
        " one and many at once (purchases:read, purchases:write). The event purchases.changed tells that lines came or"
        " went. A FHIR R4 bundle is taken as an import, with your own ids of patients and visits. A visit says all of"
        " its external_ids, and takes yours where another system has one, too. An address that lacks its slash"
        " is answered with 404, which says so, and not with a redirect. Every problem has a detail. Times"
        " may have any fraction of a second. A body in chunks is answered with 411, a parameter that is no UTF-8 with"
        " 400; and a token that may not read something has nothing told of it either.",
    ),
    (
        date(2026, 11, 29),
        "The first version. The house, patients, visits, memories, occasions, consents, inquiries, touchpoints,"
        " feedback, public reviews, metrics and benchmarks are read; patients, visits and inquiries are written;"
        " files of patients and visits are imported; webhooks tell of changes. Systems that speak FHIR R4 read Patient,"
        " Appointment, Encounter, Location and Practitioner under /api/fhir/r4/.",
    ),
)
