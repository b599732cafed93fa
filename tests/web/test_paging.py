"""Keyset paging loses nothing and doubles nothing."""

import random

import pytest
from sqlalchemy import select

from forum.taxonomy.models import Tag
from forum.web.paging import decode, encode, paginate


@pytest.fixture
def tags(session):
    chance = random.Random(7)
    session.add_all([Tag(slug=f"t{i}", name=f"тема {i}", uses=chance.randrange(4)) for i in range(53)])
    session.commit()
    return [t.id for t in session.scalars(select(Tag).order_by(Tag.uses.desc(), Tag.id.desc()))]


def walk(session, direction, start=None):
    found, cursor = [], start
    while True:
        page = paginate(session, select(Tag), [Tag.uses, Tag.id], cursor, size=10)
        found.append([t.id for t in page.items])
        cursor = getattr(page, direction)
        if cursor is None:
            return found


def test_forwards_and_back_again(session, tags):
    pages = walk(session, "next")
    assert [i for page in pages for i in page] == tags
    last = paginate(session, select(Tag), [Tag.uses, Tag.id], None, size=10)
    while last.next:
        last = paginate(session, select(Tag), [Tag.uses, Tag.id], last.next, size=10)
    back = [[t.id for t in last.items], *walk(session, "previous", last.previous)]
    assert [i for page in reversed(back) for i in page] == tags


def test_a_page_number_works_for_people(session, tags):
    page = paginate(session, select(Tag), [Tag.uses, Tag.id], "2", size=10)
    assert [t.id for t in page.items] == tags[10:20]
    assert page.previous
    assert page.next


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "-1",
        "0",
        "99999999999",
        encode("n", ["a", "b"]),
        encode("q", [1, 2]),
        encode("n", [1]),
        encode("n", [None, 2]),
        "🙂",
        "%00",
        "a" * 5000,
    ],
)
def test_a_strange_cursor_is_the_first_page(session, tags, cursor):
    page = paginate(session, select(Tag), [Tag.uses, Tag.id], cursor, size=10)
    assert [t.id for t in page.items] == tags[:10]


def test_a_cursor_keeps_its_values():
    assert decode(encode("n", [3, 4]), [Tag.uses, Tag.id]) == ("n", [3, 4])
