"""Who stands in a sandbox. Nobody of them lives; numbers are of the range for fiction, addresses of example.com."""

from dataclasses import dataclass

from loyalty.patients.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class MadeUp:
    """visits: days from today, behind (negative) and ahead. wish: one for discretion, "" for none."""

    given: str
    family: str
    birth: PartialDate
    city: str
    visits: tuple[int, ...]
    language: str = ""
    preferred: str = ""
    wish: str = ""


PEOPLE = (
    MadeUp("Noor", "Haddad", PartialDate(1984, 2, 29), "Portland", (-120, -60, 3), language="ar"),
    MadeUp("Beatrice", "Lindgren", PartialDate(1971, 11, 8), "Salem", (-45, 10)),
    MadeUp("José", "García", PartialDate(1990, 7, 1), "Eugene", (-200, -100, 0), language="es-US"),
    MadeUp("Thị Mai", "Nguyễn", PartialDate(1988), "Beaverton", (-30,), language="vi"),
    MadeUp("Oluwaseun", "Adébáyò", PartialDate(1979, 4), "Portland", (-90, -10, 20), preferred="Seun"),
    MadeUp("Cher", "", PartialDate(1946, 5, 20), "Bend", (-15,)),
    MadeUp("Marguerite", "O’Sullivan-Ellison", PartialDate(1952, 12, 31), "Portland", (-400, -5, 30)),
    MadeUp("Kai", "Nakamura", PartialDate(2001, 9, 14), "Gresham", (1,), preferred="K."),
    MadeUp("Zoë", "van der Berg", PartialDate(1995, 3, 3), "Hillsboro", (-75, 5), wish="no_voicemail"),
    MadeUp("Ines", "Okafor", PartialDate(1967, 1, 17), "Portland", (-33, 14), wish="plain_envelope"),
    MadeUp("Tomasz", "Łukaszewicz", PartialDate(1982, 8, 26), "Lake Oswego", (-61, -2)),
    MadeUp("Priya", "Raghunathan", PartialDate(1993, 10, 5), "Tigard", (-18, 8)),
    MadeUp("Amara", "Diallo", PartialDate(), "Portland", ()),
    MadeUp("Jean-Luc", "Tremblay", PartialDate(1975, 6), "Vancouver", (-250,), language="fr-CA"),
    MadeUp("Sofia", "Papadopoulou", PartialDate(1999, 2, 2), "Salem", (-7, 21)),
    MadeUp("Wren", "Whitefeather", PartialDate(1986, 5, 9), "Madras", (-140, 2), wish="no_contact"),
    MadeUp("Aoife", "Ní Bhriain", PartialDate(1991, 12, 12), "Portland", (-28,)),
    MadeUp("Min-jun", "Kim", PartialDate(1980, 3, 30), "Beaverton", (-3, 28), language="ko"),
    MadeUp("Leilani", "Kahananui", PartialDate(1997), "Astoria", (12,)),
    MadeUp("Dmitri", "Sokolov", PartialDate(1963, 9, 1), "Portland", (-380, -190, -95), language="ru"),
)
