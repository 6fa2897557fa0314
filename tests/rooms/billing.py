"""Plan and billing. Without keys, paid plans are off and each wish about them is answered so; with the stand-in they
are walked in tests/billing/stripe and tests/browser.
"""

from tests.permissions.roles import ADMIN, LEADERS, PUBLIC
from tests.rooms.body import Body
from tests.rooms.room import Room

OFF = (409,)
_OFF = Body({"plan": "practice", "interval": "month"}, changes=False, answers=OFF)

ROOM = Room(
    practice={
        "billing": LEADERS,
        "billing-plans": LEADERS,
        "billing-change": LEADERS,
        "billing-end": LEADERS,
        "billing-resumption": LEADERS,
        "billing-checkout": LEADERS,
        "billing-portal": LEADERS,
        "billing-return": LEADERS,
        "billing-payment": LEADERS,
        "billing-pdf": LEADERS,
        "billing-address": LEADERS,
        "billing-tax-id-removal": LEADERS,
    },
    network={"billing": ADMIN, "billing/stripe/": PUBLIC},
    bodies={
        "billing-change": _OFF,
        "billing-end": _OFF,
        "billing-resumption": _OFF,
        "billing-checkout": _OFF,
        "billing-portal": _OFF,
        "billing-payment": Body({"invoice": "01a22919-0451-7da3-9104-a08067b5709e"}, changes=False, answers=OFF),
        "billing-address": Body({"email": "bills@example.com"}, changes=False, answers=(422,)),
        "billing-tax-id-removal": _OFF,
    },
)
