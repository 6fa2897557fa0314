"""The metrics counted slowly and plainly, row by row, the way their definitions read: what the fast way must equal."""

from loyalty.metrics.windows import Month
from tests.metrics.by_hand import coming_back, experience, habits, said, size, word_of_mouth
from tests.metrics.by_hand.rows import Rows


class ByHand:
    """Counts of one practice, from all its rows."""

    def __init__(self):
        self.rows = Rows()

    def figures(self, month: Month):
        """By key: (value, numerator, denominator, n, patients, sums). What is absent has no entry."""
        counted = {}
        for one in (size, coming_back, habits, experience, said, word_of_mouth):
            counted |= one.figures(self.rows, month)
        return {key: result for key, result in counted.items() if result is not None}
