"""How a practice stands to each document: what was done about it last, and whether it is asked about again."""

from dataclasses import dataclass
from uuid import UUID

from tenants.agreements.current import CURRENT
from tenants.agreements.document import Text
from tenants.models import AgreementAct, Document

Kind = AgreementAct.Kind


@dataclass(frozen=True, slots=True)
class Standing:
    """last: the newest act about the document, None where there is none."""

    text: Text
    last: AgreementAct | None

    @property
    def stands(self) -> bool:
        """Whether some version of it is in force."""
        return self.last is not None and self.last.kind != Kind.WITHDRAWN

    @property
    def is_current(self) -> bool:
        """Whether today's version is accepted. What was signed on paper has no version here and stands as it is."""
        return self.last is not None and self.stands and self.last.version in (0, self.text.version)

    @property
    def asked_again(self) -> bool:
        """Whether an earlier version is in force and a newer one waits for an answer."""
        return self.stands and not self.is_current


def standings(practice_id: UUID) -> dict[Document, Standing]:
    """All documents in their order, with one query. Runs inside the practice's scope or as control plane."""
    newest: dict[str, AgreementAct] = {}
    for act in AgreementAct.objects.filter(practice_id=practice_id).order_by("at", "id"):
        newest[act.document] = act
    return {document: Standing(text=text, last=newest.get(document)) for document, text in CURRENT.items()}
