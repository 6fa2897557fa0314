"""The photo of a card: kept small and clean, shown to the team, deleted."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.audit.models import Entry
from loyalty.models import NotePhoto, Touchpoint


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def note(frank, here, inside):
    frank.post(f"/visits/{here.id}/completion/")
    with inside():
        note = Touchpoint.objects.get(kind="note")
    frank.post(f"/notes/{note.id}/written/")
    return note


def picture(size=(3000, 2000), kind="JPEG", mode="RGB", **more):
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert(mode).save(out, kind, **more)
    return out.getvalue()


@pytest.fixture
def send(frank, note):
    return lambda sent, name="card.jpg": frank.post(
        f"/notes/{note.id}/photo/", {"photo": SimpleUploadedFile(name, sent)}
    )


def test_it_is_made_small_turned_upright_and_stripped(send, note, frank, inside):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[2] = (45.0, 31.0, 12.0)  # where
    assert send(picture(exif=exif)).status_code == 303
    with inside():
        kept = NotePhoto.objects.get()
    assert (kept.width, kept.height) == (1067, 1600)
    assert len(kept.image) <= 1_000_000
    answer = frank.get(f"/notes/{note.id}/photo/image/")
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    with Image.open(io.BytesIO(answer.content)) as shown:
        assert shown.format == "JPEG"
        assert dict(shown.getexif()) == {}
    assert b"Secret Camera" not in answer.content


def test_looking_at_it_is_in_the_trail(send, note, frank, inside):
    send(picture((40, 30)))
    frank.get(f"/notes/{note.id}/photo/image/")
    with inside():
        assert Entry.objects.get(verb="note_photo.read").patients == [note.patient_id]
        assert Entry.objects.filter(verb="note_photo.kept").count() == 1


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("JPEG", "CMYK"), ("PNG", "1")]
)
def test_what_phones_and_screens_make_is_taken(send, inside, kind, mode):
    assert send(picture((60, 40), kind, mode)).status_code == 303
    with inside():
        assert bytes(NotePhoto.objects.get().image[:2]) == b"\xff\xd8"


def bomb():
    """A PNG of a few bytes that says it is 50,000 pixels wide and high."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7 no picture", "This is no picture that we can read."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "This is no picture"),
        (b"GIF89a" + b"\0" * 50, "This is no picture"),
        (picture((200, 200))[:900], "The picture is broken."),
        (bomb(), "too large"),
        (picture((40, 30)) + b"\0" * 15_000_000, "too large"),
        (b"\xff" * 15_200_000, "Choose a picture, of 15 MB at most."),
    ],
    ids=["empty", "pdf", "svg", "gif", "cut off", "bomb", "padded", "far too large"],
)
def test_what_is_refused_is_told_and_nothing_is_kept(send, inside, sent, sentence):
    answer = send(sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with inside():
        assert not NotePhoto.objects.exists()


def test_another_takes_its_place_and_it_is_deleted_for_good(send, note, frank, inside, words):
    send(picture((40, 30)))
    send(picture((50, 30)))
    with inside():
        assert NotePhoto.objects.get().width == 50
    answer = frank.post(f"/notes/{note.id}/photo/removal/")
    assert "The photo is deleted for good." in words(frank.get(answer.headers["Location"]))
    assert frank.get(f"/notes/{note.id}/photo/image/").status_code == 404
    assert frank.post(f"/notes/{note.id}/photo/removal/").status_code == 404
    with inside():
        assert not NotePhoto.objects.exists()


def test_before_the_card_is_written_there_is_nothing_to_photograph(send, note, frank, words):
    frank.post(f"/notes/{note.id}/undo/")
    answer = send(picture((40, 30)))
    assert (answer.status_code, "Mark the note as written first" in answer.content.decode()) == (422, True)


def test_it_never_touches_the_disk(send, monkeypatch):
    def forbidden(*_args, **_more):
        raise AssertionError("a patient's picture was written to disk")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", forbidden)
    assert send(picture((3000, 2400), quality=98)).status_code == 303


def test_without_the_token_of_the_form_it_is_refused(note, sign_in, inside):
    strict = sign_in("Frank", at="aurora")
    strict.handler.enforce_csrf_checks = True
    answer = strict.post(f"/notes/{note.id}/photo/", {"photo": SimpleUploadedFile("card.jpg", picture((40, 30)))})
    assert answer.status_code == 403
    with inside():
        assert not NotePhoto.objects.exists()
