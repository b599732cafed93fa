"""Pictures are never kept as they came: decoded within limits, turned upright, made smaller and written anew."""

from __future__ import annotations

import io
import struct
import threading
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forum.core.errors import Refused
from forum.core.filenames import content_disposition, safe_name
from forum.core.kinds import KINDS, MEGABYTE, Kind, type_by_content
from forum.core.late import Late

if TYPE_CHECKING:
    from PIL import Image, ImageOps
else:
    Image, ImageOps = Late("PIL.Image"), Late("PIL.ImageOps")

__all__ = ["KINDS", "Kind", "Picture", "content_disposition", "reencode", "safe_name", "type_by_content"]

MAX_PIXELS = 40_000_000
MAX_SIDE = 2_000
THUMB_SIDE = 640

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)
# Decoding 40 megapixels takes some 160 MB: one at a time in a process keeps its memory within bounds.
_decoding = threading.BoundedSemaphore(1)

Content = bytes  # the field below takes the name of the type


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as we keep it; `thumb` (≤ 640 px) has the same media type; width and height are of `bytes`."""

    bytes: Content
    thumb: Content
    width: int
    height: int
    media_type: str


def reencode(content: bytes) -> Picture:
    """The first frame upright, ≤ 2,000 px a side, without EXIF (so without the place it was taken at) or anything else.

    Raises Refused: `file.type`, `file.too_large` (limit_mb), `file.pixels` (limit_mp), `file.broken`.
    """
    kind = type_by_content(content, "")
    if not kind.is_picture:
        raise Refused("file.type", name="", extension="")
    with _decoding:
        try:
            return _reencoded(content, kind.name.upper())
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise Refused("file.pixels", limit_mp=MAX_PIXELS // 1_000_000) from None
        except _BROKEN:
            raise Refused("file.broken") from None


def _reencoded(content: bytes, image_format: str) -> Picture:
    with Image.open(io.BytesIO(content), formats=[image_format]) as opened:
        # The header says the size: nothing is decoded yet.
        if opened.width * opened.height > MAX_PIXELS:
            raise Refused("file.pixels", limit_mp=MAX_PIXELS // 1_000_000)
        opened.draft("RGB", (MAX_SIDE, MAX_SIDE))  # a large JPEG is decoded at a fraction of its size
        image = _plain_mode(_upright(opened))
    image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    thumb = image.copy()
    thumb.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    main, image_format = _smallest(image, image_format)
    return Picture(main, _encoded(thumb, image_format), image.width, image.height, f"image/{image_format.lower()}")


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN:
        return image  # damaged EXIF is no reason to refuse; damaged pixels fail again when they are decoded


def _plain_mode(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where something shows through; nothing but pixels is left (comments and profiles lie in `info`)."""
    if image.mode.startswith(("I", "F")):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.info = {}
    return image


def _smallest(image: Image.Image, image_format: str) -> tuple[bytes, str]:
    """A photo saved as PNG is many times heavier than it need be; a drawing or a screenshot is not."""
    encoded = _encoded(image, image_format)
    if image_format == "PNG" and image.mode == "RGB" and len(encoded) > MEGABYTE // 4:
        photo = _encoded(image, "JPEG")
        if len(photo) * 2 < len(encoded):
            return photo, "JPEG"
    return encoded, image_format


def _encoded(image: Image.Image, image_format: str) -> bytes:
    buffer = io.BytesIO()
    if image_format == "PNG":
        image.save(buffer, "PNG", compress_level=6)
    elif image_format == "JPEG":
        image.save(buffer, "JPEG", quality=85, progressive=True, optimize=True)
    else:
        image.save(buffer, "WEBP", quality=82)
    return buffer.getvalue()
