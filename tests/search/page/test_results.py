"""The results page as people use it, without JavaScript."""

import pytest
from sqlalchemy import func, select

from forum import worker
from forum.core.actor import SYSTEM
from forum.demand.models import Unmet
from tests.search.page.reading import link, titles


def test_the_empty_box_explains_itself(visit, five):
    page = visit("/search")
    assert page.heading == "Поиск"
    assert titles(visit(link(page, "тег:дворы статус:пилот"))) == ["Старт двора"]
    assert set(titles(visit(link(page, "дворы")))) == {"Свет двора", "Старт двора"}
    assert f"/practices/{five.id}" not in page.links() and "За что голосуют" in page.words


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


def test_an_adoption_and_what_is_said_of_it_name_the_practice_as_it_is_called_now(app, visit, make, indexed, session):
    practice = make.practice("Секретный бункер")
    adoption = make.adoption(practice, stage="result")
    make.comment(adoption, "Сколько взял подрядчик?")
    indexed()
    questions = ("/search?q=светильники&kind=adoption", "/search?q=подрядчик&kind=comment")
    for address in questions:
        assert "Секретный бункер" in visit(address).words
    practice.title = "Тихий подвал"
    practice.record("practice.edited", by=SYSTEM)
    session.commit()
    with app.app_context():
        worker.drain()
    for address in questions:
        assert "Тихий подвал" in visit(address).words and "Секретный" not in visit(address).text
    practice.hide(by=SYSTEM, reason="Ошибка")
    session.commit()
    for address in questions:
        page = visit(address)
        assert "подвал" not in page.text and "внедрение практики" in page.words


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


ODD = ["%00%01%ED%A0%80", "а" * 1500, "%3Cscript%3Ealert(1)", "\"%3E%3Ci%3E", "-9", "9" * 30, "{{7*191}}", "%27%22%3E%3Cimg+src%3Dx%3E"]
PARAMETERS = ["q", "kind", "region", "district", "nomination", "status", "year", "tag", "category", "cost", "population", "sort", "page"]


@pytest.mark.parametrize("odd", ODD)
def test_odd_addresses_are_pages(visit, make, indexed, odd):
    make.practice("Двор")
    indexed()
    for name in PARAMETERS:
        for address in (f"/search?{name}={odd}", f"/search?q=двор&{name}={odd}&{name}={odd}"):
            text = visit(address).text
            for bad in ("<script>alert", "<i>", "<img", "1337"):
                assert bad not in text, address
    visit("/search?q=" + "region=1&" * 50)


@pytest.mark.parametrize("typed", ["регион:<i>x", "тег:«<script>alert(1)»", "автор:\"><img src=x>", "статус:{{7*191}}", "год:<i>"])
def test_odd_filters_in_the_box_are_words(visitor, typed):
    text = visitor.open("/search", query_string={"q": f"двор {typed}"}).text
    for bad in ("<script>alert", "<i>", "<img", "1337"):
        assert bad not in text


def test_a_wrong_word_is_mended_and_offered(visit, make, indexed, app):
    make.practice("Светильники у школы")
    indexed()
    app.extensions["search"].tend()
    page = visit("/search?q=светильнеки")
    assert "Возможно, вы искали: светильники – исправленные слова уже учтены в результатах." in page.words
    assert "Светильники у школы" in page.words
    kept = visit("/search?q=светильнеки год:2023 -парк&kind=practice&status=implemented&page=1")
    mended = link(kept, "светильники")
    assert "status=implemented" in mended
    assert visit(mended).tree.find(".//header//input").get("value") == "светильники год:2023 -парк"


def test_a_question_that_is_too_long_is_cut_and_said_so(visit, make, indexed):
    make.practice("Двор")
    indexed()
    page = visit("/search?q=" + "двор+" * 300)
    assert "Запрос слишком длинный" in page.words and titles(page) == ["Двор"]


def test_a_phrase_that_is_nowhere_is_loosened_and_said_so(visit, make, indexed):
    make.practice("Двор и новый свет")
    indexed()
    page = visit("/search?q=«новый двор»")
    assert titles(page) == ["Двор и новый свет"] and "слова нигде не стоят подряд" in page.words


def test_no_index_is_no_error(visit):
    assert "Ничего не нашлось" in visit("/search?q=двор").words


def test_while_the_index_is_made_nobody_is_told_that_nothing_was_found(visit, visitor, make, session, indexed):
    make.practice("Двор")
    page = visit("/search?q=двор").words
    assert "Поиск готовится" in page and "Ничего не нашлось" not in page
    answer = visitor.client.get("/api/v1/search?q=двор")
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert session.scalar(select(func.count()).select_from(Unmet)) == 0, "no question without an answer"
    indexed()
    assert "Ничего не нашлось" in visit("/search?q=аквапарк").words


def test_a_broken_index_is_said_and_no_error(visit, app, make, indexed):
    make.practice("Двор")
    indexed()
    engine = app.extensions["search"]
    engine.close()
    directory = engine._store.current()
    for file in directory.glob("*.toc"):
        file.write_bytes(b"broken")
    page = visit("/search?q=двор")
    assert "Поиск сейчас не работает" in page.words and "/practices" in page.links()
    assert visit("/search").heading == "Поиск"
