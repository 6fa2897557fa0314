"""What a practice agrees to: the texts, what each practice accepted of them, and what follows from it."""

from tenants.agreements.accepted import accepted
from tenants.agreements.current import CURRENT, REQUIRED
from tenants.agreements.document import Text
from tenants.agreements.standing import Standing, standings

__all__ = ["CURRENT", "REQUIRED", "Standing", "Text", "accepted", "standings"]
