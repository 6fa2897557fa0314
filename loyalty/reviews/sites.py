"""Outside sites: what each says about asking for reviews, the practice's own page there, and whether it asks."""

from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import DomainError, NotFound
from core.given_text import given_text
from core.violated import violated
from loyalty.models import ReviewSite

# Name, address, what the site says about asking (in our words), whether it forbids it. Looked up in 2026; a site may
# change its mind, so each page tells staff to read the site's own rules.
DEFAULTS = (
    (
        "Google",
        "https://www.google.com/maps",
        "You may ask customers for reviews. Nothing may be given for one, bad ones may not be held back or discouraged,"
        " and nobody may be asked to write on your premises or your devices.",
        False,
    ),
    (
        "Facebook",
        "https://www.facebook.com",
        "You may ask people to recommend your page. Nothing may be given for it, and it must be their own experience.",
        False,
    ),
    (
        "RealSelf",
        "https://www.realself.com",
        "You may ask your patients for a review of their own experience. Nothing may be given for it, and staff may not"
        " write for them.",
        False,
    ),
    (
        "Healthgrades",
        "https://www.healthgrades.com",
        "You may ask all patients. Nothing may be given for a review, and only patients may write.",
        False,
    ),
    (
        "Yelp",
        "https://www.yelp.com",
        "Do not ask anybody for a review, neither customers nor friends nor family. Who asks may be shown lower down.",
        True,
    ),
)
_NAME, _POLICY, _URL = 80, 400, 500


def install_default_sites() -> None:
    """Inside a practice. Those whose name is taken stay as they are. None is asked for until the practice says so."""
    ReviewSite.objects.bulk_create(
        [
            ReviewSite(name=name, url=url, policy=policy, forbids_asking=forbids)
            for name, url, policy, forbids in DEFAULTS
        ],
        ignore_conflicts=True,
    )


def add_site(*, name: str, url: str, policy: str, forbids_asking: bool) -> ReviewSite:
    """Raises DomainError with the field that cannot be kept as it is."""
    site = ReviewSite(
        name=given_text(name, what="The name", field="name", limit=_NAME),
        url=_address(url, field="url"),
        policy=given_text(policy, what="What the site says", field="policy", limit=_POLICY),
        forbids_asking=forbids_asking,
    )
    if not site.name:
        raise DomainError("review_site_name_missing", "Write the name of the site.", field="name")
    if not site.policy:
        raise DomainError(
            "review_site_policy_missing",
            "Read the site’s rules, and write in a sentence what they say about asking.",
            field="policy",
        )
    with transaction.atomic():
        if ReviewSite.objects.filter(name__iexact=site.name).exists():
            raise DomainError("review_site_known", "This site is on the list already. Open it there.", field="name")
        _save(site, is_new=True)
        changed("review_site.added", site, detail={"forbids_asking": forbids_asking})
    return site


def set_site(*, site_id: UUID, own_url: str, asking_allowed: bool) -> ReviewSite:
    """Your page there, and whether it is asked for. Raises NotFound, DomainError with the field."""
    address = _address(own_url, field="own_url")
    with transaction.atomic():
        site = ReviewSite.objects.select_for_update().filter(id=site_id).first()
        if site is None:
            raise NotFound("review_site_not_found", "This site is not on the list.")
        site.own_url, site.asking_allowed = address, asking_allowed
        _save(site, is_new=False)
        changed("review_site.changed", site, detail={"asking_allowed": asking_allowed})
    return site


def _save(site: ReviewSite, *, is_new: bool) -> None:
    try:
        with transaction.atomic():
            site.save(force_insert=is_new)
    except IntegrityError as error:
        raise _SENTENCES[violated(error)](site) from None


def _forbidden(site: ReviewSite) -> DomainError:
    return DomainError(
        "review_site_forbids_asking",
        f"{site.name} forbids asking for reviews, so it cannot be switched on. Reviews there can still be answered.",
        field="asking_allowed",
    )


def _without_page(_site: ReviewSite) -> DomainError:
    return DomainError("review_site_without_page", "Give the address of your own page there first.", field="own_url")


def _known(_site: ReviewSite) -> DomainError:
    return DomainError("review_site_known", "This site is on the list already. Open it there.", field="name")


_SENTENCES: dict[str, Callable[[ReviewSite], DomainError]] = {
    "review_site_obeys_its_policy": _forbidden,
    "review_site_yelp_is_never_asked_for": _forbidden,
    "review_site_asked_for_has_a_page": _without_page,
    "loyalty_reviewsite_name_key": _known,
}


def _address(given: str, *, field: str) -> str:
    """An https address, or "". Raises DomainError for anything else."""
    text = given_text(given, what="The address", field=field, limit=_URL)
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        is_address = parts.scheme == "https" and "." in (parts.hostname or "") and not parts.username
    except ValueError:
        is_address = False
    if not is_address or any(letter.isspace() for letter in text):
        raise DomainError(
            "review_site_address", "Copy the whole address from the browser: it begins with https://.", field=field
        )
    return text
