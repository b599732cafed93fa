"""A page costs the same number of queries however much there is."""

import pytest


@pytest.fixture
def many(make, indexed):
    """`many(n)`: so many practices with a comment each, and people, all about yards."""
    author, place = make.person("Мария Дворова"), make.place()
    made = iter(range(1000))

    def go(number):
        for n in (next(made) for _ in range(number)):
            practice = make.practice(f"Двор {n}", author=author, municipality=place, tags=["свет", f"тема {n}"])
            make.comment(practice, f"Чей двор {n}?", author=author)
        make.person(f"Пётр Дворов {number}", position="Хозяин двора")
        indexed()

    return go


ADDRESSES = ["/search?q=двор", "/search?q=двор+тег:свет+статус:внедрена&sort=cost", "/search?q=двор&kind=practice&region=40", "/search"]


@pytest.mark.parametrize(("signed_in", "most"), [(False, 8), (True, 12)])
@pytest.mark.parametrize("address", ADDRESSES)
def test_queries_are_few_and_do_not_grow(visit, sign_in, make, many, count_queries, address, signed_in, most):
    many(3)
    if signed_in:
        sign_in(make.person())
    visit(address)
    few = count_queries(lambda: visit(address))
    many(20)
    fresh = count_queries(lambda: visit(address))
    again = count_queries(lambda: visit(address))
    assert again <= few <= most  # people may be found no more among so much else, and cost a query
    assert fresh <= most


@pytest.mark.parametrize("address", ["/search?q=двор+регион:40", "/search?q=двор+кварклюон+абракадабра"])
def test_the_first_reading_of_a_mixed_page_is_no_dearer(visit, make, many, count_queries, address):
    make.region("40", "Калужская область"), make.session.commit()
    visit("/search?q=начало")  # so that the process has its synonyms
    many(3)
    robot = {"User-Agent": "bot"}  # of whom nothing is counted once the page is done
    assert count_queries(lambda: visit(address, headers=robot)) <= 8
    page = visit(address).words
    assert all(word in page for word in ("Двор 1", "Чей двор 1?", "Хозяин двора"))


def test_an_empty_page_is_no_dearer(visit, many, count_queries):
    many(3)
    address = "/search?q=абракадабра+кварклюон&region=40&status=pilot&year=2020"
    visit(address)
    few = count_queries(lambda: visit(address))
    many(12)
    visit(address)
    assert count_queries(lambda: visit(address)) == few <= 8
