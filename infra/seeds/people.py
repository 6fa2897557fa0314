"""Who signs in to the demo. All share one password, which is no secret: demo servers answer on this machine only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password

from infra.seeds.draw import stream
from infra.seeds.ids import Mint
from infra.seeds.local_days import seconds_of
from infra.seeds.members import Member
from infra.seeds.words.names import EITHER, FAMILIES, MEN, WOMEN
from tenants.models import Membership, Person, Practice, Role

PASSWORD = "perennial-demo-garden"  # noqa: S105  printed at every start of the demo


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person of the demo. at: the slug of the practice to sign in to, "" for the network."""

    name: str
    email: str
    at: str
    role: str


ELENA = SignIn("Elena Marsh", "elena@example.com", "aurora", Role.OWNER)

NORA = SignIn("Nora Brandt", "nora@example.com", "", Person.NetworkRole.ADMIN)

SIGN_INS = (
    ELENA,
    SignIn("Maya Lindqvist", "maya@example.com", "aurora", Role.MANAGER),
    SignIn("Dr. Kenji Sato", "kenji@example.com", "aurora", Role.PROVIDER),
    SignIn("Theo Alvarez", "theo@example.com", "aurora", Role.FRONT_DESK),
    NORA,
    SignIn("Oskar Hale", "oskar@example.com", "", Person.NetworkRole.ANALYST),
)

# Elena manages a second practice, so that there is something to switch to.
ALSO_AT = SignIn(ELENA.name, ELENA.email, "borealis", Role.MANAGER)


def hashed_password() -> str:
    """With a fixed salt: the password is printed anyway, and the same seed must make the same rows."""
    return make_password(PASSWORD, salt="perennialdemo")


def of_practice(member: Member, *, seed: int) -> tuple[SignIn, ...]:
    """Who signs in at the practice, its owner first."""
    known = [sign_in for sign_in in (*SIGN_INS, ALSO_AT) if sign_in.at == member.slug]
    if any(sign_in.role == Role.OWNER for sign_in in known):
        return tuple(known)
    rng = stream(seed, "owner", member.slug)
    name = f"{rng.choice((*WOMEN, *MEN, *EITHER))} {rng.choice(FAMILIES)}"
    return (SignIn(name, f"{member.slug}@example.com", member.slug, Role.OWNER), *known)


def person_of(sign_in: SignIn, *, seed: int, password: str, since: datetime) -> Person:
    """The person of that address; written down if they are not yet. Their id comes from the seed."""
    known = Person.objects.filter(email=sign_in.email).first()
    if known is not None:
        return known
    mint = Mint(stream(seed, "person", sign_in.email))
    person = Person(
        id=UUID(mint.at(seconds_of(since))),
        email=sign_in.email,
        name=sign_in.name,
        network_role=sign_in.role if not sign_in.at else "",
        password=password,
    )
    person.save(force_insert=True)
    # Saving dates a row by the clock on the wall.
    Person.objects.filter(id=person.id).update(created_at=since, updated_at=since)
    return person


def let_in(*, practice: Practice, people: dict[str, Person], sign_ins: tuple[SignIn, ...], since: datetime) -> None:
    """Give each of them their role at the practice. `people`: by email."""
    Membership.objects.bulk_create(
        Membership(person=people[sign_in.email], practice=practice, role=sign_in.role) for sign_in in sign_ins
    )
    Membership.objects.filter(practice=practice).update(created_at=since, updated_at=since)
