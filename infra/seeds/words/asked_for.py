"""What patients ask of their record, and to whom something of one was given."""

from typing import Any

TAGS = ("Bridal", "VIP", "Teacher", "Neighbor", "Model night")

# Days ago, words, how it came, what is asked, and the answer, if there is one yet.
REQUESTS: tuple[tuple[int, str, str, dict[str, Any], dict[str, Any]], ...] = (
    (12, "My family name has one l, not two.", "an email", {"kind": "amendment"}, {}),
    (
        3,
        "I paid for the visit in October myself. My health plan need not know of it.",
        "told the front desk",
        {"kind": "restriction", "recipient": "health_plan", "paid": True},
        {},
    ),
    (54, "I never had a reaction to lidocaine. Please take that out.", "a letter", {"kind": "amendment"}, {}),
    (
        90,
        "Nothing about me to companies that make what you use.",
        "the intake form",
        {"kind": "restriction", "recipient": "vendors"},
        {"after": 6, "state": "accepted", "text": "Agreed. Nothing of the record goes to vendors or partners."},
    ),
    (
        140,
        "It says that I smoke. I stopped years ago.",
        "a letter",
        {"kind": "amendment"},
        {
            "after": 20,
            "state": "denied",
            "basis": "accurate",
            "text": "At the visit it was true, and the record says so for that day. Today’s answer stands beside it.",
            "disagreement": "I had stopped the month before, and said so.",
        },
    ),
)

# Days ago, to whom, where, what, why, and why it was struck out.
GIVEN_OUT = (
    (21, "Clerk of the county court", "100 Court Street", "Dates of visits in spring", "A court order", ""),
    (200, "State board of medicine", "", "The record of one visit", "An inquiry of the board", ""),
    (45, "Another patient, by mistake", "", "A card with their name", "Two envelopes were mixed up", ""),
    (30, "An insurer", "", "A letter", "They asked for it", "Written down for the wrong patient."),
)
