"""What other systems call how far a visit has come."""

from core.sheets.cells.faults import CellFault, quoted
from core.sheets.names import normal
from loyalty.models import VisitStatus

_WORDS = {
    VisitStatus.BOOKED: "booked scheduled new pending requested unconfirmed open accepted deposit reserved active",
    VisitStatus.CONFIRMED: "confirmed confirm reminded",
    VisitStatus.ARRIVED: "arrived here checkedin inservice started inprogress waiting inroom roomed",
    VisitStatus.COMPLETED: "completed complete done finished checkedout closed paid attended fulfilled showed show"
    " payment final signed sale",
    VisitStatus.NO_SHOW: "noshow noshowed didnotshow dna missed noshows didnotattend absent",
    VisitStatus.CANCELLED: "cancelled canceled cancel latecancel latecancelled latecancelation declined denied rejected"
    " cancelledbyclient cancelledbypatient deleted void voided latecanceled earlycancel",
}
STATUSES = {word: status for status, words in _WORDS.items() for word in words.split()}


def read_status(text: str) -> VisitStatus:
    """Raises CellFault for a word that we do not know."""
    status = STATUSES.get(normal(text))
    if status is None:
        raise CellFault(f"{quoted(text)} is no status that we know, such as completed, cancelled or no-show")
    return status
