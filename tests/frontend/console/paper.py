"""A rebate program from paper to cents: typed by the network's people, and earned by files that members bring."""

from datetime import date, datetime
from uuid import UUID

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from billing.purchasing.models import Accrual, Contract, RebateProgram, Vendor
from billing.purchasing.rebates.accrue import accrue_since
from billing.receiving.models import PurchaseFile
from billing.receiving.run import run
from core.tenancy.scope import practice_scope


def open_contract(nora, items, *, from_day: str, begins_on: str, signed_on: str) -> Contract:
    """A vendor, its items, of which each is a form of the console, and a signed contract."""
    nora.post("/vendors/new/", {"name": "Lumen", "contact_name": "Vera", "email": "claims@lumen.example"})
    vendor = Vendor.objects.get()
    for item in items:
        kept = {**item, "currency": "USD", "from_day": from_day}
        assert nora.post(f"/vendors/{vendor.pk}/catalog/new/", kept).status_code == 303
    draft = {"number": "L-9", "name": "Lumen 2025", "currency": "USD", "begins_on": begins_on, "ends_on": ""}
    nora.post(f"/vendors/{vendor.pk}/contracts/new/", {**draft, "fee": "percent", "fee_rate": "2%", "fee_minor": ""})
    contract = Contract.objects.get()
    hands = {"signed_on": signed_on, "signed_by": "Nora North", "signed_for_vendor_by": "Vera Vance"}
    nora.post(f"/contracts/{contract.pk}/signature/", {**hands, "fee_is_stated": "on"})
    contract.refresh_from_db()
    assert contract.signed_on == date.fromisoformat(signed_on)
    return contract


def look_at(nora, contract, program):
    """What the console says of a program before it is kept."""
    return nora.post(f"/contracts/{contract.pk}/programs/new/", {**program, "step": "look"})


def keep(nora, contract, program) -> RebateProgram:
    """Looked at, and kept as it was shown."""
    seen = look_at(nora, contract, program).context["digest"]
    kept = nora.post(f"/contracts/{contract.pk}/programs/new/", {**program, "seen": seen, "step": "keep"})
    assert kept.status_code == 303
    return RebateProgram.objects.get(name=program["name"])


def bring(owner, practice, contract, table: str, *, now: datetime) -> int:
    """The member's owner brings a file in the portal and a worker reads it; returns how many lines it added."""
    sent = {"vendor": str(contract.vendor_id), "file": SimpleUploadedFile("all.csv", table.encode())}
    to = owner.post("/purchases/", sent).headers["Location"]
    with practice_scope(practice):
        file = PurchaseFile.objects.get(pk=to.split("/")[2])
    assert owner.post(to, {key: str(place) for key, place in file.mapping.items()}).status_code == 303
    with practice_scope(practice):
        run(file_id=file.id, now=now)
        file.refresh_from_db()
    assert file.refused == 0
    return file.added


def bring_all(sign_in, contract, head: str, files, *, now: datetime) -> dict[UUID, str]:
    """(owner, practice, rows, lines it adds) of each file; the first once more adds none. Names of members by id."""
    again = (*files[0][:3], 0)
    with time_machine.travel(now, tick=False):
        for owner, practice, rows, added in (*files, again):
            assert bring(sign_in(owner, at=practice.slug), practice, contract, f"{head}\n{rows}", now=now) == added
    return {practice.id: practice.slug.capitalize() for _, practice, _, _ in files}


def earned(program, members, *, since: date, now: datetime) -> dict[tuple[str, str], int]:
    """(member, first month) → cents, of what is not nothing. members: names by id."""
    accrue_since(since, now=now)
    rows = Accrual.objects.filter(program=program).exclude(cents=0)
    return {(members[one.practice_id], f"{one.first:%Y-%m}"): one.cents for one in rows}
