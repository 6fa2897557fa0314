"""Short things said: at previews, when a note was not written, to answer a review, in gifts and inquiries."""

PREVIEW_OUTCOMES = (
    "Knows what to expect; no questions.",
    "Asked how long it takes. Said half an hour and a bit.",
    "Glad we called.",
    "Will come ten minutes early.",
    "Wants to ask about the price at the desk.",
    "Brings a sister along.",
    "Parking explained.",
    "Second try reached.",
    "Asked whether work the next day is fine.",
    "Looking forward to it.",
)

SKIPPED_BECAUSE = (
    "Thanked in person.",
    "Wrote last week.",
    "No address yet.",
    "Asked for no mail for a while.",
    "Called instead.",
)

REPLIES = (
    "Thank you for taking the time to write. It is read by everyone here.",
    "Thank you. If there is something we can do, please call us; Monday mornings are quiet.",
    "We are sorry to read this. Please call and ask for our manager: we would like to hear it in full.",
    "Kind words like these go up on the board in our kitchen. Thank you.",
)

GIFTS = (
    ("Box of pears", 1200),
    ("Small pot of basil", 700),
    ("Paperback from the shop next door", 1400),
    ("Hand cream, travel size", 900),
    ("Bag of coffee", 1300),
    ("Bar of soap in paper", 650),
    ("Jar of honey", 1100),
    ("Silk scrunchie", 800),
    ("Tulips", 1450),
    ("Tin of tea", 950),
)

WANTS = (
    "Wants to look less tired. Nothing dramatic.",
    "Has not been anywhere in ten years; wants a plan.",
    "Old sunspots on both cheeks.",
    "Moved here in spring, looking for a place to stay with.",
    "Wedding in the family in five months.",
    "Wants to know what is possible for dark circles.",
    "Hair on the upper lip, tired of threading.",
    "Skin is dull after the winter.",
)
EXPECTS = (
    "To be told honestly what is not worth doing.",
    "A price before anything begins.",
    "Somebody who listens first.",
    "To be back at work the same day.",
    "Nobody should notice.",
    "",
)
WORRIES = (
    "Needles.",
    "Looking frozen.",
    "Had a bruise for two weeks elsewhere.",
    "Being sold things.",
    "Cost.",
    "Pain.",
    "",
)

CLOSED_BECAUSE = (
    "Went elsewhere",
    "Cannot be reached",
    "Not the right time for them",
    "The price",
    "We do not offer it",
)
# What was said on the phone, and what was promised.
INQUIRY_CALLS = (
    ("Talked for ten minutes. Wants to see the rooms first.", "We show you the rooms before anything else."),
    ("Will look at her calendar and is glad that we called.", ""),
    ("Asked what a first visit costs, and whether it is counted later.", "The first visit is counted toward the plan."),
    ("Likes to come after work.", ""),
    ("Afraid of being sold things. Told her nobody here is paid for that.", "No offer on the first day."),
    ("Sends a friend's regards. Will come with her.", ""),
)
