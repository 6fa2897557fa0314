"""How it goes with telling a program, in words: for a whole program, for one address, for one thing that was told."""

from collections.abc import Sequence
from dataclasses import dataclass

from tenants.webhooks.listed import Delivery, Health
from tenants.webhooks.models import DeliveryState, OffWhy


@dataclass(frozen=True, slots=True)
class State:
    """tone: good, warn or nothing. icon: lucide."""

    tone: str
    icon: str
    words: str


HEALTH: dict[Health, State] = {
    Health.OFF: State("warn", "circle-off", "Switched off"),
    Health.FAILING: State("warn", "refresh-cw", "Trying again"),
    Health.WORKS: State("good", "circle-check", "Works"),
    Health.QUIET: State("", "circle-dashed", "Nothing sent yet"),
}
LEDES: dict[Health, str] = {
    Health.OFF: "Something is switched off. What changes here does not get there.",
    Health.FAILING: "Something does not arrive at the moment. We try again for two days.",
    Health.WORKS: "Everything arrives.",
    Health.QUIET: "Ready. As soon as something changes here, it is told.",
}
OFF_WHY: dict[OffWhy, str] = {
    OffWhy.BY_HAND: "Switched off by hand.",
    OffWhy.FAILING: "Nothing arrived for two days, so we stopped. Its maker knows.",
    OffWhy.GONE: "It said that nobody listens there any more, so we stopped. Its maker knows.",
}
STATES: dict[DeliveryState, State] = {
    DeliveryState.DELIVERED: State("good", "check", "Arrived"),
    DeliveryState.FAILED: State("warn", "circle-x", "Did not arrive"),
    DeliveryState.WITHHELD: State("", "shield", "Held back"),
}
ON_ITS_WAY, AGAIN = State("", "clock", "On its way"), State("warn", "refresh-cw", "Trying again")
PROBLEMS = {
    "closed_address": "The name leads inside of a network, so it was not sent.",
    "no_answer": "The line broke before there was an answer.",
    "no_such_name": "There is no such name on the internet.",
    "not_granted": "It may not read that here any more.",
    "switched_off": "The address was switched off.",
    "timeout": "It did not answer in time.",
    "tls": "Its certificate does not prove its name.",
    "unreachable": "Nobody answers there.",
}


def worst(healths: Sequence[Health]) -> Health | None:
    """What somebody should know first; None where there is no address."""
    return next((one for one in Health if one in healths), None)


def state_of(delivery: Delivery) -> State:
    if delivery.state == DeliveryState.WAITING:
        return AGAIN if delivery.tries else ON_ITS_WAY
    return STATES[delivery.state]


def problem_of(delivery: Delivery) -> str:
    """Why it did not arrive, so far or for good; empty where nothing is wrong."""
    match delivery.problem:
        case "":
            return ""
        case "refused":
            return f"It answered {delivery.status}, which means no."
        case "redirect":
            return f"It answered {delivery.status}: it is elsewhere now."
        case known:
            return PROBLEMS.get(known, "The address is none that we send to.")
