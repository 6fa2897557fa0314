"""What a machine is worth at the moment: a piece of arithmetic that nobody changes, timed in the same turns as ours."""

import numpy as np
from scipy import special

# Milliseconds of the yardstick on the machine whose milliseconds the budgets are.
MEANT = 5.0
_VALUES = np.linspace(0.5, 500, 50_000)


def yardstick() -> None:
    """Log-gammas, exponentials and logarithms, as likelihoods are made of."""
    for _ in range(4):
        special.gammaln(_VALUES)
        np.exp(-_VALUES)
        np.log(_VALUES)
