"""The results page as people use it, without JavaScript."""

import pytest
from sqlalchemy import event

from forum.core.actor import SYSTEM
from forum.extensions import db
from forum.search import indexing


@pytest.fixture
def indexed(app, session):
    def go():
        indexing.drain(session, app.extensions["search"])

    yield go
    app.extensions["search"].close()


def test_the_empty_box_explains_itself(visit):
    assert visit("/search").heading == "Поиск"


def test_a_guest_finds_a_practice_by_other_words_with_the_place_marked(visit, make, indexed):
    practice = make.practice("Детские площадки", solution="Поставили **площадку** у школы.")
    indexed()
    page = visit("/search?q=площадок ребёнку")
    assert f"/practices/{practice.id}/{practice.slug}" in page.links()
    assert "<mark>Детские</mark> <mark>площадки</mark>" in page.text or "<mark>площадки</mark>" in page.text
    assert "Найдена 1 запись" in page.words


def test_comments_lead_to_their_practice(visit, make, indexed):
    practice = make.practice("Светлые дворы")
    comment = make.comment(practice, "Сколько стоил подрядчик?")
    indexed()
    page = visit("/search?q=подрядчики&kind=comment")
    assert "Светлые дворы" in page.words
    assert any(str(comment.id) in link for link in page.links())


def test_what_was_hidden_after_indexing_is_nobodys(visit, make, indexed, sign_in, session):
    practice = make.practice("Секретный бункер")
    indexed()
    practice.hide(by=SYSTEM, reason="Ошибка")
    session.commit()
    for person in (None, make.moderator(), make.person()):
        if person:
            sign_in(person)
        page = visit("/search?q=бункер")
        assert "Секретный" not in page.words
        assert "Ничего не нашлось" in page.words


def test_filters_stay_in_the_address_and_come_off_as_chips(visit, make, indexed):
    make.practice("Двор в Калуге", municipality=make.place(region="40"))
    make.practice("Двор в Твери", municipality=make.place(region="69"), status="failed")
    indexed()
    both = visit("/search?q=двор")
    narrow = next(link for link in both.links() if "region=69" in link)
    one = visit(narrow)
    assert "Двор в Твери" in one.words and "Двор в Калуге" not in one.words
    assert "q=%D0%B4%D0%B2%D0%BE%D1%80" in narrow
    wider = next(link for link in one.links() if "region=69" in link and "region=40" in link)
    assert "Двор в Калуге" in visit(wider).words
    assert any(link.startswith("/search?") and "region" not in link and "q=" in link for link in one.links())
    assert "С этими условиями ничего нет" in visit("/search?q=двор&region=40&status=failed").words


def test_pages_and_orders(visit, make, indexed, session):
    author, place = make.person(), make.place()
    made = [make.practice(f"Двор номер {n}", author=author, municipality=place) for n in range(23)]
    indexed()
    first = visit("/search?q=двор&sort=new")
    assert f"/practices/{made[-1].id}/{made[-1].slug}" in first.links()
    second = visit(next(link for link in first.links() if "page=2" in link))
    assert f"/practices/{made[0].id}/{made[0].slug}" in second.links()
    assert "Дальше ничего нет" in visit("/search?q=двор&page=9").words


@pytest.mark.parametrize("address", [
    "/search?q=%00%01%ED%A0%80", "/search?q=" + "а" * 1500, "/search?q=двор&page=-1&sort=password_hash&region=" + "9" * 500,
    "/search?q=%3Cscript%3Ealert", "/search?kind=person&q=x", "/search?page=99999999999999999999&q=x", "/search?q=" + "region=1&" * 50,
])
def test_odd_addresses_are_pages(visit, address):
    assert "<script>alert" not in visit(address).text


def test_a_wrong_word_is_mended_and_offered(visit, make, indexed, app):
    make.practice("Светильники у школы")
    indexed()
    app.extensions["search"].tend()
    page = visit("/search?q=светильнеки")
    assert "Возможно, вы искали: светильники" in page.words
    assert "Светильники у школы" in page.words


def test_the_number_of_queries_does_not_grow(app, visit, make, indexed):
    author, place = make.person(), make.place()
    statements: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))

    def queries():
        indexed()
        visit("/search?q=двор")
        statements.clear()
        visit("/search?q=двор")
        return len([one for one in statements if not one.startswith(("BEGIN", "PRAGMA"))])

    for number in range(3):
        make.practice(f"Двор {number}", author=author, municipality=place, tags=["свет"])
    few = queries()
    for number in range(12):
        make.practice(f"Ещё двор {number}", author=author, municipality=place, tags=["свет", "тепло"])
    assert queries() == few <= 8


def test_no_index_is_no_error(visit):
    assert "Ничего не нашлось" in visit("/search?q=двор").words


def test_a_broken_index_is_said_and_no_error(visit, app, make, indexed):
    make.practice("Двор")
    indexed()
    engine = app.extensions["search"]
    engine.close()
    directory = engine._store.current()
    for file in directory.glob("*.toc"):
        file.write_bytes(b"broken")
    assert "Поиск сейчас не работает" in visit("/search?q=двор").words
