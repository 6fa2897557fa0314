"""The practice itself: its sites, who works there, what they offer."""

from dataclasses import dataclass, field
from random import Random

from infra.seeds.catalogue import OFFERS, Offer
from infra.seeds.ids import Mint
from infra.seeds.local_days import LocalDays
from infra.seeds.members import Member
from infra.seeds.people import SignIn
from infra.seeds.towns import Town
from infra.seeds.words.names import EITHER, FAMILIES, MEN, WOMEN
from infra.seeds.words.places import KINDS, QUARTERS, STREETS
from loyalty.models import StaffRole
from tenants.models import Role, SizeBand

PROVIDERS = {SizeBand.SMALL: (1, 3), SizeBand.MEDIUM: (4, 8), SizeBand.LARGE: (9, 12)}
# Together they cover Monday to Saturday, whichever of them a site begins with.
_WORKING_WEEKS = (
    frozenset({0, 1, 3, 4}),
    frozenset({1, 2, 3, 5}),
    frozenset({0, 2, 4}),
    frozenset({1, 3, 4, 5}),
    frozenset({0, 2, 3, 4}),
    frozenset({1, 2, 5}),
)
_ALONE = frozenset({0, 1, 2, 3, 4})
_ALL_WEEK = frozenset({0, 1, 2, 3, 4})


@dataclass(slots=True)
class Site:
    id: str
    name: str
    town: Town
    days: LocalDays
    address: str
    postal_code: str


@dataclass(slots=True)
class Worker:
    """name: as patients know them. number: of a provider, in the diary; -1 for everyone else."""

    id: str
    name: str
    role: StaffRole
    site: Site
    weekdays: frozenset[int]
    email: str = ""
    number: int = -1

    @property
    def called(self) -> str:
        """ "Dr. Sato", "Bailey" as in "told Bailey"."""
        words = self.name.removesuffix(", RN").removesuffix(", PA").split()
        return f"Dr. {words[-1]}" if words[0] == "Dr." else words[0]


@dataclass(slots=True)
class Service:
    id: str
    offer: Offer


@dataclass(slots=True)
class House:
    """rules: id of the playbook's first rule for each kind of touchpoint. opened_at: when all this was written down."""

    sites: list[Site]
    workers: list[Worker]
    services: dict[str, Service]
    rules: dict[str, str]
    opened_at: int
    providers: list[Worker] = field(init=False)
    by_site: dict[str, list[Worker]] = field(init=False)
    desks: dict[str, Worker] = field(init=False)
    manager: Worker = field(init=False)

    def __post_init__(self) -> None:
        self.providers = [worker for worker in self.workers if worker.role == StaffRole.PROVIDER]
        for number, provider in enumerate(self.providers):
            provider.number = number
        self.by_site = {site.id: [one for one in self.providers if one.site is site] for site in self.sites}
        self.desks = {one.site.id: one for one in self.workers if one.role == StaffRole.FRONT_DESK}
        self.manager = next(worker for worker in self.workers if worker.role == StaffRole.MANAGER)


def furnish_house(
    member: Member, *, rng: Random, mint: Mint, since: int, rules: dict[str, str], sign_ins: tuple[SignIn, ...]
) -> House:
    """Sites, staff and services of a new practice. `since`: when they were written down, seconds."""
    sites = _sites(member, rng=rng, mint=mint, since=since)
    return House(
        sites=sites,
        workers=_workers(member, sites=sites, rng=rng, mint=mint, since=since, sign_ins=sign_ins),
        services={offer.key: Service(mint.at(since), offer) for offer in OFFERS},
        rules=rules,
        opened_at=since,
    )


def _sites(member: Member, *, rng: Random, mint: Mint, since: int) -> list[Site]:
    quarters = rng.sample(QUARTERS, len(member.towns))
    sites = []
    for town, quarter in zip(member.towns, quarters, strict=True):
        name = "Pearl District" if member.slug == "aurora" else quarter
        if len(member.towns) > 1:
            name = f"{town.name}, {quarter}"
        sites.append(
            Site(
                id=mint.at(since),
                name=name,
                town=town,
                days=LocalDays(town.zone),
                address=_address(rng),
                postal_code=f"{town.zip_start}{rng.randrange(1, 99):02}",
            )
        )
    return sites


def _workers(
    member: Member, *, sites: list[Site], rng: Random, mint: Mint, since: int, sign_ins: tuple[SignIn, ...]
) -> list[Worker]:
    few, many = PROVIDERS[member.size_band]
    wanted = 6 if member.slug == "aurora" else rng.randint(few, many)
    workers = [
        Worker(
            id=mint.at(since),
            name=known.name,
            # Owners are no kind of staff: they do what a manager does.
            role=StaffRole.MANAGER if known.role == Role.OWNER else StaffRole(known.role),
            site=sites[0],
            weekdays=_ALL_WEEK,
            email=known.email,
        )
        for known in sign_ins
    ]

    def hire(role: StaffRole, site: Site, name: str) -> None:
        workers.append(Worker(mint.at(since), name, role, site, _ALL_WEEK))

    for number in range(wanted - sum(worker.role == StaffRole.PROVIDER for worker in workers)):
        hire(StaffRole.PROVIDER, sites[number % len(sites)], _provider_name(number, rng))
    for site in sites:
        treating = [worker for worker in workers if worker.role == StaffRole.PROVIDER and worker.site is site]
        for number, worker in enumerate(treating):
            worker.weekdays = _WORKING_WEEKS[number % len(_WORKING_WEEKS)] if len(treating) > 1 else _ALONE
    if not any(worker.role == StaffRole.MANAGER for worker in workers):
        hire(StaffRole.MANAGER, sites[0], _name(rng))
    for site in sites:
        if not any(worker.role == StaffRole.FRONT_DESK and worker.site is site for worker in workers):
            hire(StaffRole.FRONT_DESK, site, _name(rng))
    return workers


def _address(rng: Random) -> str:
    return f"{rng.randrange(100, 2900)} {rng.choice(STREETS)} {rng.choice(KINDS)}, Suite {rng.randrange(1, 40)}"


def _name(rng: Random) -> str:
    return f"{rng.choice(rng.choice((WOMEN, WOMEN, MEN, EITHER)))} {rng.choice(FAMILIES)}"


def _provider_name(number: int, rng: Random) -> str:
    name = _name(rng)
    return (f"Dr. {name}", f"{name}, RN", f"{name}, PA", f"{name}, RN")[number % 4]
