"""A lift with its interval on a line, beside the place where nothing changes."""

from dataclasses import dataclass

from loyalty.holdouts.pages import Effect

# The scale: multiples of ten points that hold the whole interval.
_STEP = 0.1


@dataclass(frozen=True, slots=True)
class LiftPicture:
    """In percent of the width. zero: where nothing changes. ticks: words under the ends and the middle."""

    effect: float
    low: float
    width: float
    zero: float
    left: str
    right: str
    sentence: str


def lift_picture(found: Effect) -> LiftPicture:
    reach = max(_STEP, -(-max(abs(found.low), abs(found.high)) // _STEP) * _STEP)

    def place(share: float) -> float:
        return round(50 + 50 * share / reach, 2)

    ends = [f"{100 * share:+.0f}" for share in (found.low, found.effect, found.high)]
    return LiftPicture(
        effect=place(found.effect),
        low=place(found.low),
        width=round(place(found.high) - place(found.low), 2),
        zero=50,
        left=f"{round(100 * reach)} fewer",
        right=f"{round(100 * reach)} more",
        sentence=f"{ends[1]} patients in 100, interval {ends[0]} to {ends[2]}; 0 is no difference.",
    )
