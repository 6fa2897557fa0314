"""What a contact does to how many come back: the statistics of hold-outs, over plain numbers or arrays of them.

    from loyalty import lift

    found = lift.difference(returned=270, contacted=450, held_returned=27, held=50)
    found.effect, found.standard_error, found.pooling_error  # .06, shares of patients; contacted minus held out
    lift.final_interval(returned=270, contacted=450, held_returned=27, held=50)  # 95 %, looked at once, at the end
    lift.always_valid_interval(found)                    # 99 %, however often it is looked at before the end

    pooled = lift.pool([.06, .02, .05], [.07, .05, .04])  # effects, pooling errors: (…, practices), nan for none
    pooled.effect, pooled.low, pooled.high, pooled.between  # 95 %, looked at once, at the end
    lift.always_valid_pooled(pooled)                        # 99 %, before it
    lift.months_until_known(newcomers=..., return_rate=.55, share_held=.1, outcome_days=180, effect=.05)

Everything is by intention to treat: who was drawn to be held out counts as held out, whatever happened to them.
"""

from loyalty.lift.always_valid import always_valid_interval, always_valid_pooled
from loyalty.lift.difference import FEWEST_IN_ARM, Difference, difference
from loyalty.lift.final import final_interval
from loyalty.lift.pooled import Pooled, pool
from loyalty.lift.power import months_until_known, smallest_effect

__all__ = [
    "FEWEST_IN_ARM",
    "Difference",
    "Pooled",
    "always_valid_interval",
    "always_valid_pooled",
    "difference",
    "final_interval",
    "months_until_known",
    "pool",
    "smallest_effect",
]
