"""Somebody brings a file. It is stored as it is, inside the practice, and looked into; nothing is imported yet."""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from core.sheets.brought import MEGABYTE, shown_name
from core.sheets.file_type import LOOKED_AT, file_type, is_object
from loyalty.intake.bundles.entries import look_into_bundle
from loyalty.intake.sheets.look import look_into
from loyalty.intake.sheets.reading.stored import PIECE
from loyalty.models import Import, ImportKind, ImportPiece

MOST = 64 * MEGABYTE


def upload(
    *,
    name: str,
    chunks: Iterable[bytes],
    kind: str = "",
    by_person_id: UUID | None = None,
    by_application_id: UUID | None = None,
) -> Import:
    """kind: of ImportKind, "" where the names of the columns are to tell; a bundle is one whatever is said.

    Constant memory. Raises DomainError (with field "file") for what is no table and no bundle, or larger than MOST.
    """
    of = Import(
        kind=kind or ImportKind.PATIENTS,
        file_name=shown_name(name),
        file_type="",
        size=0,
        digest="",
        by_person_id=by_person_id,
        by_application_id=by_application_id,
    )
    with transaction.atomic():
        of.save(force_insert=True)
        head, of.size, of.digest = _store(of, chunks)
        try:
            if is_object(head):
                of.kind = ImportKind.BUNDLE
                look_into_bundle(of)
            else:
                of.file_type = file_type(head)
                if kind == ImportKind.BUNDLE:
                    raise DomainError("bundle_none", "This is no FHIR bundle. Say that it is of patients or of visits.")
                if not kind:
                    of.kind = ""
                look_into(of)
        except DomainError as error:
            raise DomainError(error.code, error.message, field="file") from None
        of.kind = of.kind or ImportKind.PATIENTS
        of.save()
        changed("import.uploaded", of)
    return of


def too_large() -> DomainError:
    message = f"The file is larger than {MOST // MEGABYTE} MB. Split it, or leave columns out that you do not need."
    return DomainError("file_too_large", message, field="file")


def _store(of: Import, chunks: Iterable[bytes]) -> tuple[bytes, int, str]:
    head, rest, number, size, digest = b"", b"", 0, 0, sha256()
    for chunk in chunks:
        size += len(chunk)
        if size > MOST:
            raise too_large()
        digest.update(chunk)
        if len(head) < LOOKED_AT:
            head += chunk[: LOOKED_AT - len(head)]
        rest += chunk
        while len(rest) >= PIECE:
            ImportPiece.objects.create(of=of, number=number, content=rest[:PIECE])
            rest, number = rest[PIECE:], number + 1
    if rest:
        ImportPiece.objects.create(of=of, number=number, content=rest)
    return head, size, digest.hexdigest()
