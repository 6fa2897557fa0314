"""What a patient does on the tablet."""

import re

from playwright.sync_api import expect

NO_NETWORK = "ERR_INTERNET_DISCONNECTED"


def choose(tablet, name):
    tablet.get_by_role("radio", name=name, exact=True).check()


def onward(tablet, heading):
    tablet.get_by_role("button", name=re.compile("^(Next|Finish)$")).click()
    expect(tablet.get_by_role("heading", level=1, name=heading)).to_be_visible()


def begin(tablet):
    expect(tablet.get_by_role("heading", name="Hello, Marguerite")).to_be_visible(timeout=20_000)
    tablet.get_by_role("button", name="Begin").click()
    expect(tablet.get_by_role("heading", name="How likely are you")).to_be_visible()
