"""A picture that somebody sent: read with care, turned upright, made small, and stripped of what the camera wrote."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import DomainError
from loyalty.models.note import MOST_BYTES

MOST_SENT = 15_000_000
MOST_PIXELS = 60_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")
_SIDE = 1600
_QUALITIES = (84, 72, 58, 40)


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG of at most `MOST_BYTES`, its longer side at most 1600 pixels."""

    jpeg: bytes
    width: int
    height: int


def picture_from(sent: bytes) -> Picture:
    """Raises DomainError for what is no picture, too large, or broken."""
    if not sent:
        raise DomainError("photo_empty", "The file is empty. Take the picture again.", field="photo")
    if len(sent) > MOST_SENT:
        raise _too_large()
    try:
        with warnings.catch_warnings():
            # Our own bound is checked below, before a single pixel is unpacked.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(sent), formats=_FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise _too_large()
                image.draft("RGB", (_SIDE, _SIDE))
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((_SIDE, _SIDE))
                flat = _on_white(upright)
    except UnidentifiedImageError:
        raise DomainError(
            "photo_no_picture",
            "This is no picture that we can read. Send a JPEG, PNG or WebP; on an iPhone choose “Most Compatible” "
            "under Settings, Camera, Formats.",
            field="photo",
        ) from None
    except Image.DecompressionBombError:
        raise _too_large() from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise DomainError("photo_broken", "The picture is broken. Take it again.", field="photo") from None
    return _small(flat)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Image.new("RGB", layered.size, "white")
        white.paste(layered, mask=layered.getchannel("A"))
        return white
    return image.convert("RGB")


def _small(image: Image.Image) -> Picture:
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= MOST_BYTES:
            return Picture(out.getvalue(), image.width, image.height)
    raise _too_large()


def _too_large() -> DomainError:
    return DomainError("photo_too_large", "The picture is too large. 15 MB and 60 megapixels fit.", field="photo")
