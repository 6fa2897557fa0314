"""The keys that pages listen to, in words: the sheet that `?` opens. static/js/shortcuts.js does what stands here."""

from dataclasses import dataclass

from frontend.navigation import Link


@dataclass(frozen=True, slots=True)
class Shortcut:
    """keys: pressed one after the other."""

    keys: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    shortcuts: tuple[Shortcut, ...]


EVERYWHERE = Group(
    "Everywhere",
    (
        Shortcut(("/",), "Find a patient"),
        Shortcut(("?",), "Show these keys"),
        Shortcut(("Tab",), "Go on to the next thing that can be pressed"),
        Shortcut(("Esc",), "Close what was opened"),
    ),
)
NOTES = Group(
    "Thank-you notes",
    (
        Shortcut(("J",), "Next note"),
        Shortcut(("K",), "Note before"),
        Shortcut(("W",), "Written"),
        Shortcut(("N",), "Not this time"),
        Shortcut(("H",), "Hand to a colleague"),
        Shortcut(("E",), "Words for the card"),
        Shortcut(("P",), "Print"),
        Shortcut(("U",), "Undo"),
    ),
)
CALLS = Group(
    "Calls",
    (
        Shortcut(("J",), "Next call"),
        Shortcut(("K",), "Call before"),
        Shortcut(("R",), "To “Reached”"),
        Shortcut(("N",), "To “No answer”"),
        Shortcut(("V",), "To “Voicemail”"),
        Shortcut(("P",), "Write a promise"),
        Shortcut(("X",), "To “Not this time”"),
    ),
)
FEEDBACK = Group(
    "Feedback",
    (
        Shortcut(("J",), "Next answer"),
        Shortcut(("K",), "Answer before"),
        Shortcut(("R",), "To “Read”"),
        Shortcut(("A",), "To whoever it is handed to"),
        Shortcut(("O",), "To the patient"),
    ),
)


def ways(links: tuple[Link, ...]) -> Group:
    """ "G", then a letter, for each page of the rail that has one."""
    return Group("Go to", tuple(Shortcut(("G", link.go.upper()), link.text) for link in links if link.go))
