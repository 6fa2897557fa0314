"""The lot that decides who is held out."""

from hashlib import sha256
from uuid import UUID

import numpy as np

from loyalty.holdouts.draw import held_out, lots

PATIENTS = [UUID(int=number).bytes for number in range(40_000)]


def test_it_is_the_first_eight_bytes_of_the_salted_hash():
    assert int(lots(b"salt", PATIENTS[:1])[0]) == int.from_bytes(sha256(b"salt" + bytes(16)).digest()[:8], "big")


def test_it_falls_the_same_in_any_company():
    assert lots(b"salt", PATIENTS[5:6])[0] == lots(b"salt", PATIENTS)[5]


def test_so_many_percent_are_held_out():
    for percent in (5, 10, 20):
        share = held_out(b"salt", PATIENTS, percent=percent).mean()
        assert abs(share - percent / 100) < 4 * np.sqrt(percent / 100 / len(PATIENTS))


def test_another_salt_draws_other_patients():
    one, other = (held_out(salt, PATIENTS, percent=20) for salt in (b"one", b"other"))
    assert abs((one & other).mean() - 0.04) < 0.004
