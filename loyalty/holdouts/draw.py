"""The lot: who is held out hangs on the hold-out's salt and the patient's id, and on nothing else."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

_WHOLE = 2**64


def lots(salt: bytes, patients: Iterable[bytes]) -> NDArray[np.uint64]:
    """A number from 0 to 2⁶⁴ - 1 for each patient (the 16 bytes of their id): the first 8 bytes of SHA-256(salt + id).

    The same whenever it is drawn and in whatever company, uniform, and not to be guessed without the salt.
    """
    digests = b"".join([_digest(begun, patient) for begun in [sha256(salt)] for patient in patients])
    return np.frombuffer(digests, dtype=">u8")[::4].astype(np.uint64)


def _digest(begun: Any, patient: bytes) -> bytes:
    # Going on from the salt is a third faster than beginning with it again, for the millions of a simulation.
    hashed = begun.copy()
    hashed.update(patient)
    return bytes(hashed.digest())


def held_out(salt: bytes, patients: Iterable[bytes], *, percent: int) -> NDArray[np.bool_]:
    """Whether each patient is held out, in a hold-out of so many percent."""
    return lots(salt, patients) < np.uint64(_WHOLE * percent // 100)
