"""The readable end of an address."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.slug import MAX_SLUG, slugify, transliterate


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Освещение дворов", "osveshchenie-dvorov"),
        ("Ёлка, подъезд и «Умный город» – 2024!", "yolka-podezd-i-umnyy-gorod-2024"),
        ("Щука; хлеб; цех; чай; эхо; юла; яр; йод", "shchuka-khleb-tsekh-chay-ekho-yula-yar-yod"),
        ("Әлмәт үзәге", "almat-uzage"),
        ("Café Zürich", "cafe-zurich"),
        ("й и ё разобранные: и\u0306 е\u0308", "y-i-yo-razobrannye-y-yo"),
        ("!!!", "item"),
        ("", "item"),
        ("中文", "item"),
    ],
)
def test_a_title_becomes(title, slug):
    assert slugify(title) == slug


def test_a_long_title_is_cut_between_words():
    slug = slugify("благоустройство " * 20)
    assert slug == "-".join(["blagoustroystvo"] * 5)
    assert len(slugify("я" * 500)) == MAX_SLUG


@given(st.text())
def test_any_title_gives_a_slug(title):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slugify(title))
    assert len(slugify(title)) <= MAX_SLUG


def test_transliteration_keeps_capitals():
    assert transliterate("Отчёт ЖКХ") == "Otchyot ZhKKh"
