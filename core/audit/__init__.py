"""Who did what to which record, when, from where and why: append-only, in the transaction of what it tells.

Inside a practice an entry goes to the practice's trail, outside to the network's. The database refuses to change or
remove an entry, and sets its time itself. An entry holds ids and codes, never words about a patient.
"""

from core.audit.asker import Asker, AskerKind, NoAsker, asking, current_asker
from core.audit.record import Detail, NotACode, denied, record, record_each

__all__ = [
    "Asker",
    "AskerKind",
    "Detail",
    "NoAsker",
    "NotACode",
    "asking",
    "current_asker",
    "denied",
    "record",
    "record_each",
]
