"""What is true in a simulated network, and what its practices see of it."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from infra.simulated_networks.joined import Joined
from loyalty.lift.difference import Floats

Counts = NDArray[np.int64]

# Shares of patients that come back by themselves, and how far practices lie apart.
USUAL_RETURN, RETURN_SPREAD = 0.55, 0.08
# The mean lift of a network that has one, and how far practices lie apart in theirs: at most so much.
USUAL_LIFT, LIFT_SPREAD = 0.04, 0.02
MOST_BETWEEN = 0.05
# Of those who come back, how many book within a week after a contact, whatever brought them.
BOOKED_WITHIN_A_WEEK = (0.15, 0.3)


class Truth(StrEnum):
    NOWHERE = "no effect anywhere"
    NOT_ON_AVERAGE = "none on average"
    SOME = "an effect"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """network: the mean lift of each network. practice: that of each practice (networks, practices), as it came out.

    returned, held_returned: how many came back of those contacted and held out, by month of joining (…, months).
    credited: of those contacted, who booked within seven days after it (networks, practices).
    """

    network: Floats
    practice: Floats
    returned: Counts
    held_returned: Counts
    credited: Counts


def outcomes(truth: Truth, joined: Joined, rng: np.random.Generator) -> Outcomes:
    """Who came back, in the months to come."""
    networks, practices, _ = joined.contacted.shape
    mean: Floats = np.where(truth == Truth.SOME, rng.normal(USUAL_LIFT, LIFT_SPREAD, networks), 0.0)
    between: Floats = np.where(truth != Truth.NOWHERE, rng.uniform(0, MOST_BETWEEN, networks), 0.0)
    lifts = mean[:, None] + between[:, None] * rng.standard_normal((networks, practices))
    # Far from 0 and 1, so that no lift has to be cut off and the mean stays what it is.
    alone = np.clip(rng.normal(USUAL_RETURN, RETURN_SPREAD, (networks, practices)), 0.3, 0.75)
    returned = rng.binomial(joined.contacted, np.clip(alone + lifts, 0.0, 1.0)[..., None])
    held_returned = rng.binomial(joined.held, alone[..., None])
    at_once = rng.uniform(*BOOKED_WITHIN_A_WEEK, (networks, practices))
    credited = rng.binomial(returned.sum(axis=-1), at_once)
    return Outcomes(mean, lifts, returned, held_returned, credited)
