"""The metrics there are, one file for each thing that is counted. Each is counted in `loyalty.metrics.counting`."""

from loyalty.metrics.definition import Definition
from loyalty.metrics.definitions.coming_back import COMING_BACK
from loyalty.metrics.definitions.habits import HABITS
from loyalty.metrics.definitions.said import SAID
from loyalty.metrics.definitions.size import SIZE
from loyalty.metrics.definitions.spans import (
    ANSWER_DAYS,
    NOTE_DAYS,
    RECOVERY_DAYS,
    RETENTION_DAYS,
    RETURN_DAYS,
    RETURNS,
)
from loyalty.metrics.definitions.word_of_mouth import WORD_OF_MOUTH

DEFINITIONS: dict[str, Definition] = {
    definition.key: definition for definition in (*SAID, *COMING_BACK, *HABITS, *WORD_OF_MOUTH, *SIZE)
}
RELEASED: tuple[Definition, ...] = tuple(definition for definition in DEFINITIONS.values() if definition.released)

__all__ = [
    "ANSWER_DAYS",
    "DEFINITIONS",
    "NOTE_DAYS",
    "RECOVERY_DAYS",
    "RELEASED",
    "RETENTION_DAYS",
    "RETURNS",
    "RETURN_DAYS",
]
