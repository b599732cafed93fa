"""What may be attached and what may not."""

import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core import archives
from forum.core.errors import Refused
from forum.core.kinds import KINDS, MEGABYTE, type_by_content
from tests.core.samples import ODS_TYPE, PDF, docx, odf, picture, xlsx, zipped


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(Refused) as refused:
        type_by_content(content, name)
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("акт.pdf", PDF, "pdf"),
        ("ТЗ.docx", docx(), "docx"),
        ("Смета.XLSX", xlsx(), "xlsx"),
        ("письмо.odt", odf(), "odt"),
        ("расчёт.ods", odf(ODS_TYPE), "ods"),
        ("данные.csv", "год;сумма\n2024;1 200\n".encode(), "csv"),
        ("данные.csv", "\ufeffгод;сумма\r\n".encode(), "csv"),
        ("заметка.txt", "Доля < 5 %, число домов > 10".encode(), "txt"),
        ("двор.jpg", picture("JPEG"), "jpeg"),
        ("двор.png", picture("PNG"), "png"),
        ("двор.webp", picture("WEBP"), "webp"),
        ("переименован.jpg", picture("PNG"), "png"),
        ("безимени", PDF, "pdf"),
    ],
)
def test_an_accepted_file(name, content, kind):
    assert type_by_content(content, name) == KINDS[kind]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.txt", b'\n <svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.html", b"<!doctype html><p>x"),
        ("a.txt", b"text\n<ScRiPt>alert(1)</sCrIpT>"),
        ("a.csv", b"a;<iframe src=x>"),
        ("a.xml", b"<?xml version='1.0'?><x/>"),
        ("a.txt", b"#!/bin/sh\nrm -rf /"),
        ("a.txt", "Отчёт".encode("cp1251")),
        ("a.txt", b"a\x00b"),
        ("a.exe", b"MZ\x90\x00" + b"\0" * 200),
        ("a.pdf", b"MZ\x90\x00" + b"\0" * 200),
        ("a.txt", b"\x7fELF\x02\x01\x01" + b"\0" * 60),
        ("a.gif", picture("GIF")),
        ("a.jpg", picture("GIF")),
        ("a.bmp", picture("BMP")),
        ("a.tiff", picture("TIFF")),
        ("a.zip", zipped({"a.txt": "x"})),
        ("a.docx", zipped({"a.txt": "x"})),
        ("a.rar", b"Rar!\x1a\x07\x00" + b"\0" * 50),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 50),
        ("a.gz", b"\x1f\x8b\x08" + b"\0" * 50),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("a.exe", PDF),
        ("a.docx", xlsx()),
        ("a.docm", docx()),
        ("a.pdf.html", PDF),
        ("a.odt", odf("application/vnd.oasis.opendocument.text-template")),
        ("a.docx", docx(main_type="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml")),
        ("a.pdf", b"<html>" + PDF),
        ("a.pdf", b"%PDF-1.4\n<script>alert(1)</script>\n%%EOF"),
        ("a.pdf", b"%PDF-1.4\nno end"),
        ("a.pdf", PDF + zipped({"a.jar": "x"})),
        ("a.png", picture("PNG") + zipped({"a.txt": "x"})),
        ("a.txt", b"text\n" + zipped({"a.txt": "x"})),
    ],
)
def test_a_file_of_another_type_is_refused(name, content):
    assert refusal(content, name) == "file.type"


@given(st.binary(max_size=400), st.sampled_from(["a.pdf", "a.png", "a.docx", "a.txt", "a.csv", "a"]))
def test_any_bytes_are_accepted_or_refused(content, name):
    for head in (b"", b"PK\x03\x04", b"%PDF-", b"\xff\xd8\xff"):
        try:
            assert type_by_content(head + content, name).name in KINDS
        except Refused as refused:
            assert refused.code.startswith("file.")


def test_sizes():
    assert refusal(b"", "a.txt") == "file.empty"
    assert refusal(b"x" * (20 * MEGABYTE + 1), "a.txt") == "file.too_large"
    assert type_by_content(b"x" * (11 * MEGABYTE), "a.txt").name == "txt"
    with pytest.raises(Refused) as refused:
        type_by_content(picture("JPEG") + b"\0" * 10 * MEGABYTE, "a.jpg")
    assert (refused.value.code, refused.value.params) == ("file.too_large", {"limit_mb": 10})


@pytest.mark.parametrize(
    "content",
    [
        docx({"word/vbaProject.bin": b"x"}),
        docx({"word/activeX/activeX1.xml": b"x"}),
        docx({"word/embeddings/setup.exe": b"MZ"}),
        docx(main_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
        odf(extra={"Basic/Standard/Module1.xml": b"x"}),
    ],
)
def test_macros_and_programs_inside_are_refused(content):
    assert refusal(content, "") == "file.active"


def test_a_bomb_is_refused_by_what_it_claims():
    assert refusal(docx({"word/big.xml": b"\0" * (archives.RATIO_FROM + 1)}), "a.docx") == "file.bomb"
    assert refusal(docx({f"word/{n}.xml": b"\0" * 30 * MEGABYTE for n in range(4)}), "a.docx") == "file.bomb"
    assert refusal(docx({f"word/{n}": b"" for n in range(archives.MAX_MEMBERS)}), "a.docx") == "file.bomb"


def test_a_bomb_that_lies_about_its_size_is_refused():
    content = docx({"word/big.xml": b"\0" * 30 * MEGABYTE})
    claimed = struct.pack("<I", 30 * MEGABYTE)
    assert content.count(claimed) == 2
    assert refusal(content.replace(claimed, struct.pack("<I", 100)), "a.docx") == "file.broken"


@pytest.mark.parametrize(
    "content",
    [
        docx()[:-30],
        docx() + b"<script>alert(1)</script>",
        docx({"../../evil": "x"}),
        docx({"/evil": "x"}),
        zipped({"[Content_Types].xml": "x" * 500}, compression=zipfile.ZIP_BZIP2),
        b"PK\x03\x04" + b"\0" * 100,
    ],
)
def test_a_damaged_or_doctored_archive_is_refused(content):
    assert refusal(content, "a.docx") == "file.broken"
