"""File names in pages and headers."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.filenames import MAX_NAME, content_disposition, safe_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Отчёт «итог».pdf", "Отчёт «итог».pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Анна\\смета.xlsx", "смета.xlsx"),
        ("a\r\nSet-Cookie: x=1.txt", "a Set-Cookie_ x=1.txt"),
        ("акт\u202efdp.exe", "актfdp.exe"),
        ('a"b;c%d<e>.txt', "a_b_c_d_e_.txt"),
        ("CON.txt", "_CON.txt"),
        (".htaccess", "htaccess"),
        ("..", "file"),
        ("", "file"),
        ("  имя  .docx ", "имя.docx"),
        ("х" * 300 + ".pdf", "х" * 116 + ".pdf"),
    ],
)
def test_a_name_becomes(given_name, kept):
    assert safe_name(given_name) == kept


@given(st.text(max_size=200))
def test_any_name_is_short_and_plain(name):
    kept = safe_name(name)
    assert 0 < len(kept) <= MAX_NAME
    assert not set(kept) & set('/\\<>:"|?*%;')
    assert all(unicodedata.category(c)[0] != "C" for c in kept)
    assert kept not in (".", "..")
    assert safe_name(kept) == kept


@given(st.text(max_size=200))
def test_a_header_has_both_forms_and_nothing_else(name):
    value = content_disposition(name)
    assert re.fullmatch(r"attachment; filename=\"[\w .()+-]+\"; filename\*=UTF-8''[\w.~%-]+", value, re.ASCII)


def test_a_dash_leaves_no_hole_in_the_name_for_old_programs():
    assert 'filename="Paket - Svetlye dvory_ kak.zip"' in content_disposition("Пакет – Светлые дворы: как.zip")
    assert 'filename="Itogi.zip"' in content_disposition("Итоги 汉字.zip")


def test_the_header_of_a_russian_name():
    assert content_disposition("Акт.pdf") == "attachment; filename=\"Akt.pdf\"; filename*=UTF-8''%D0%90%D0%BA%D1%82.pdf"
    assert content_disposition("a.png", inline=True).startswith("inline; ")
