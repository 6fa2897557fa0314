"""What a team remembers of people. In braces: words that are drawn for each person."""

from dataclasses import dataclass

REMEMBER, SAY, TAKE_CARE = "remember", "say", "take_care"


@dataclass(frozen=True, slots=True)
class Template:
    """months: how long it is worth remembering; 0 for as long as the person comes. clinical: for providers only."""

    part: str
    text: str
    months: int = 0
    clinical: bool = False


TEMPLATES = (
    Template(REMEMBER, "Daughter {girl} starts college in {town} this fall.", 8),
    Template(REMEMBER, "Son {boy} plays the {instrument}; first concert in {month}.", 6),
    Template(REMEMBER, "Drinks {drink}. No music in the room."),
    Template(REMEMBER, "Brings {pet}, the dog, who waits at the desk and likes the blue bowl."),
    Template(REMEMBER, "Moved here from {town} and misses the {missed}.", 18),
    Template(REMEMBER, "Teaches {subject}; leaves by noon on Mondays."),
    Template(REMEMBER, "Was planning a trip to {town} to see the grandparents; ask how it went.", 5),
    Template(REMEMBER, "Runs on Saturdays with {friend}. The half marathon is in {month}.", 8),
    Template(REMEMBER, "Is renovating a kitchen and tired of dust.", 6),
    Template(REMEMBER, "Grows {plant} on the balcony and brought us some."),
    Template(REMEMBER, "Works nights at the hospital; likes the last appointment of the day."),
    Template(REMEMBER, "Reads {genre}; we owe a book tip."),
    Template(REMEMBER, "Has taken up {hobby} with {friend} and is proud of it.", 14),
    Template(REMEMBER, "New grandchild called {kid}. There are pictures.", 14),
    Template(REMEMBER, "Sings in a choir; concert in {month}.", 8),
    Template(REMEMBER, "Old cat {pet} died this year. It was a hard spring.", 10),
    Template(REMEMBER, "Left the bank and opened a {shop} on {street} Street.", 24),
    Template(REMEMBER, "Speaks {language} with the family; enjoys a word of it from us."),
    Template(REMEMBER, "Comes by bus, line changes near the bridge; five minutes late is normal."),
    Template(REMEMBER, "Sister {friend} comes to us, too. They like to come on the same day."),
    Template(REMEMBER, "Finished the {hobby} course and wants to show us.", 6),
    Template(REMEMBER, "Married {friend} last year; the picture is from {town}.", 20),
    Template(SAY, "Ask about {hobby} before anything else. It opens the day."),
    Template(SAY, "Wish luck for the move to the new flat in {month}.", 5),
    Template(SAY, "Congratulate on the new job; started in {month}.", 6),
    Template(SAY, "Thank for sending {friend}. She was happy with us.", 10),
    Template(SAY, "Tell at once if we run late: has to be back at {clock}."),
    Template(SAY, "Ask how {kid} is after the exams.", 4),
    Template(SAY, "Prefers plain numbers: say the price first, then the rest."),
    Template(SAY, "Say the name right: it took us three visits to learn it."),
    Template(SAY, "Ask whether {pet} is well again.", 4),
    Template(SAY, "Wants to hear what we would not do. Be frank."),
    Template(TAKE_CARE, "Felt rushed at checkout once. Walk along to the door."),
    Template(TAKE_CARE, "Nervous about needles: count to three, no surprises."),
    Template(TAKE_CARE, "Prefers the quiet room at the end of the hall."),
    Template(TAKE_CARE, "Gets cold easily. Blanket before asking."),
    Template(TAKE_CARE, "Hears better on the left. Sit on that side."),
    Template(TAKE_CARE, "Does not like small talk on bad days. Read the face first."),
    Template(TAKE_CARE, "Had to wait twice this year. Room first, forms later.", 9),
    Template(TAKE_CARE, "Strong perfumes give a headache; no candle in the room."),
    Template(TAKE_CARE, "Fainted once years ago. Lie down, water after.", 0, True),
    Template(TAKE_CARE, "Bruises lightly for some days. Cold pack, and a call on day two.", 0, True),
    Template(TAKE_CARE, "Cold sores now and then; ask before every visit.", 0, True),
    Template(TAKE_CARE, "Latex irritates the skin.", 0, True),
    Template(TAKE_CARE, "Going through a divorce. Told us once; does not want to be asked.", 12, True),
    Template(TAKE_CARE, "Mother in {town} has been ill since spring. Be gentle.", 10, True),
)

FILLERS: dict[str, tuple[str, ...]] = {
    "instrument": ("cello", "trumpet", "drums", "flute", "guitar", "piano", "viola"),
    "drink": ("oat milk cortado", "mint tea", "still water with lemon", "black coffee", "chai without sugar", "cocoa"),
    "pet": ("Biscuit", "Clementine", "Frodo", "Juno", "Mochi", "Olive", "Pepper", "Rufus", "Waffle", "Ziggy"),
    "town": (
        "Austin",
        "Boston",
        "Charleston",
        "Denver",
        "Halifax",
        "Lisbon",
        "Madrid",
        "Minneapolis",
        "Nashville",
        "Osaka",
        "Savannah",
        "Toronto",
        "Tulsa",
    ),
    "missed": ("sea", "snow", "bakeries", "light", "long evenings", "mountains", "quiet"),
    "month": ("January", "March", "April", "May", "June", "September", "October", "December"),
    "subject": ("chemistry", "second grade", "violin", "geography", "art", "history"),
    "plant": ("tomatoes", "basil", "figs", "sweet peas", "chilies", "strawberries"),
    "genre": ("crime novels", "poetry", "books about the sea", "biographies", "cookbooks from cover to cover"),
    "hobby": ("pottery", "bouldering", "tango", "bread baking", "bird watching", "open-water swimming", "woodturning"),
    "shop": ("flower shop", "bakery", "bicycle workshop", "bookshop", "plant nursery"),
    "street": ("Alder", "Cherry", "Market", "River", "Station", "Willow"),
    "language": ("Polish", "Portuguese", "Korean", "Arabic", "Hindi", "Spanish", "Vietnamese", "Yoruba"),
    "clock": ("11:30", "12:15", "2:00", "3:30", "4:45"),
}

OCCASIONS = (
    ("anniversary", ""),
    ("custom", "Wedding day of the daughter"),
    ("custom", "Last day at the old job"),
    ("custom", "Birthday of the twins"),
    ("custom", "Opening day of the shop"),
    ("custom", "First marathon"),
    ("custom", "Day the house was bought"),
    ("custom", "Graduation day"),
    ("custom", "First day as a grandparent"),
    ("custom", "Day of arrival in this country"),
)
