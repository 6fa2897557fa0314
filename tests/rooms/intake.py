"""Files from other systems."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from loyalty.intake.upload import upload
from loyalty.models import Import, ImportState
from tests.permissions.roles import LEADERS
from tests.rooms.body import Body, Ids
from tests.rooms.room import Room

FILE = "Client ID,First Name,Last Name,Notes\n1,Otto,Other,Has a puppy\n"


def records(ids: Ids, _now: datetime) -> Ids:
    of = upload(name="clients.csv", chunks=[FILE.encode()])
    Import.objects.filter(id=of.id).update(state=ImportState.CHECKED, rows=1, new=1)
    return {"import_id": of.id}


def at(state: str) -> Body:
    def before(ids: Ids, now: datetime) -> None:
        Import.objects.filter(id=ids["import_id"]).update(state=state, started_at=now, finished_at=now)

    return Body(before=before)


ROOM = Room(
    practice={
        "imports": LEADERS,
        "import": LEADERS,
        "import-progress": LEADERS,
        "import-reading": LEADERS,
        "import-columns": LEADERS,
        "import-start": LEADERS,
        "import-stop": LEADERS,
        "import-undo": LEADERS,
        "import-discard": LEADERS,
        "import-to-mend": LEADERS,
    },
    records=records,
    bodies={
        "imports": Body(lambda _ids: {"file": SimpleUploadedFile("clients.csv", FILE.encode())}),
        "import-reading": Body({"kind": "patients", "separator": "comma", "header_row": "1"}),
        "import-columns": Body(
            {
                "column_0": "external_id",
                "column_1": "given_name",
                "column_2": "family_name",
                "column_3": "note",
                "known_as": "Elsewhere",
            }
        ),
        "import-start": Body(),
        "import-stop": at(ImportState.RUNNING),
        "import-undo": at(ImportState.DONE),
        "import-discard": Body(),
    },
)
