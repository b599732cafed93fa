"""Pictures are written anew, small and without a past."""

import io
import struct
import zlib

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from forum.core.errors import Refused
from forum.core.pictures import MAX_SIDE, THUMB_SIDE, reencode
from tests.core.samples import PDF, picture

pytestmark = pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")

ORIENTATION, DESCRIPTION, GPS = 0x0112, 0x010E, 0x8825


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        reencode(content)
    return refused.value.code


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that only claims its size: a decoder would need the memory before it noticed."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)


@pytest.mark.parametrize(("image_format", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_picture_keeps_its_format_and_fits(image_format, media_type):
    result = reencode(picture(image_format, (3000, 1500)))
    assert (result.media_type, result.width, result.height) == (media_type, MAX_SIDE, MAX_SIDE // 2)
    assert opened(result.bytes).size == (result.width, result.height)
    assert opened(result.bytes).format == opened(result.thumb).format == image_format
    assert opened(result.thumb).size == (THUMB_SIDE, THUMB_SIDE // 2)


def test_a_small_picture_is_not_blown_up():
    result = reencode(picture("PNG", (60, 40)))
    assert (result.width, result.height) == (60, 40) == opened(result.thumb).size


def test_a_photo_stands_upright_and_forgets_where_it_was_taken():
    exif = Image.Exif()
    exif[ORIENTATION], exif[DESCRIPTION] = 6, "секретное место"
    exif[GPS] = {1: "N", 2: (55.0, 6.0, 1.0)}
    original = Image.new("RGB", (80, 40), "white")
    original.paste("red", (0, 0, 40, 40))
    buffer = io.BytesIO()
    original.save(buffer, "JPEG", exif=exif, comment=b"canary", icc_profile=b"canary" * 30)
    result = reencode(buffer.getvalue())
    assert (result.width, result.height) == (40, 80)
    red, green, _ = opened(result.bytes).getpixel((20, 10))
    assert (red > 200, green < 60) == (True, True)
    for content in (result.bytes, result.thumb):
        assert not opened(content).getexif()
        assert b"canary" not in content
        assert b"Exif" not in content


def test_a_png_loses_its_words():
    words = PngInfo()
    words.add_text("Comment", "canary")
    original = picture("PNG", icc_profile=b"canary" * 30, exif=b"not really EXIF", pnginfo=words)
    chunks = (b"eXIf", b"iCCP", b"tEXt")
    assert all(name in original for name in chunks)
    result = reencode(original)
    assert not any(name in result.bytes + result.thumb for name in chunks)


def test_only_the_first_frame_of_an_animation_stays():
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "blue")]
    for image_format in ("WEBP", "PNG"):
        buffer = io.BytesIO()
        frames[0].save(buffer, image_format, save_all=True, append_images=frames[1:])
        assert opened(buffer.getvalue()).n_frames == 2
        still = opened(reencode(buffer.getvalue()).bytes)
        assert getattr(still, "n_frames", 1) == 1
        assert still.convert("RGB").getpixel((5, 5))[0] > 200


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_png_is_understood(mode):
    result = reencode(picture("PNG", mode=mode))
    assert opened(result.bytes).mode == ("RGBA" if mode in ("LA", "RGBA") else "RGB")


def test_a_jpeg_for_printers_is_understood():
    assert opened(reencode(picture("JPEG", mode="CMYK")).bytes).mode == "RGB"


def test_a_photo_saved_as_png_becomes_a_jpeg_and_a_drawing_stays():
    side = (1500, 1500)
    bands = [Image.linear_gradient("L").resize(side), Image.radial_gradient("L").resize(side), Image.effect_noise(side, 12)]
    buffer = io.BytesIO()
    Image.merge("RGB", bands).save(buffer, "PNG")
    photo = reencode(buffer.getvalue())
    assert photo.media_type == "image/jpeg"
    assert opened(photo.thumb).format == "JPEG"
    assert reencode(picture("PNG", (1500, 1500))).media_type == "image/png"


@pytest.mark.parametrize("size", [(30_000, 30_000), (12_000, 12_000), (6_400, 6_400), (65_000, 700)])
def test_too_many_pixels_are_refused_before_decoding(size):
    assert refusal(png_of_size(*size)) == "file.pixels"


def test_a_damaged_picture_is_refused():
    whole = picture("PNG", (300, 300))
    assert refusal(whole[: len(whole) // 2]) == "file.broken"
    assert refusal(picture("JPEG", (300, 300))[:200]) == "file.broken"
    assert refusal(png_of_size(100, 100)) == "file.broken"
    assert refusal(b"\xff\xd8\xff\xe0" + b"\0" * 100) == "file.broken"


def test_a_document_is_no_picture():
    assert refusal(PDF) == "file.type"
