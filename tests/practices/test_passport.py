"""The passport of a practice: a document for who may read the practice, its contact for members only."""

import re

from forum.practices.models import Indicator, Step


def test_the_document_has_the_whole_card(visit, make):
    practice = make.practice(
        "Светлые дворы",
        upkeep=420_000,
        steps=[Step("Обошли дворы", "май", "отдел ЖКХ")],
        indicators=[Indicator("Расход", "кВт·ч", 410, 197)],
        lessons="Опоры надо было считать заранее.",
    )
    make.comment(practice, "Кто считал опоры?")
    page = visit(f"/practices/{practice.id}/passport")
    for words in ("Обошли дворы", "отдел ЖКХ", "кВт·ч", "Опоры надо было", "Вне бюджета", "13 200 000 ₽", "Всего", "420 000 ₽"):
        assert words in page.words.replace("\N{NO-BREAK SPACE}", " "), words
    assert f"http://127.0.0.1:8000/practices/{practice.id}/{practice.slug}" in page.words
    assert re.search("Документ сформирован .*20", page.words) and 'aria-label="QR-код' in page.text
    assert "Кто считал опоры?" not in page.words
    with_comments = visit(f"/practices/{practice.id}/passport?comments=1")
    assert "Кто считал опоры?" in with_comments.words
    assert 'rel="canonical"' in page.text and 'content="noindex"' in page.text


def test_hidden_words_are_not_printed(visit, make):
    practice = make.practice()
    make.comment(practice, "Реклама", state="hidden")
    assert "Реклама" not in visit(f"/practices/{practice.id}/passport?comments=1").words


def test_the_contact_is_for_who_has_signed_in(visit, make, sign_in):
    practice = make.practice(contact="Игорь, 8 800 555-35-35")
    assert "555-35-35" not in visit(f"/practices/{practice.id}/passport").text
    sign_in(make.person())
    assert "555-35-35" in visit(f"/practices/{practice.id}/passport").words


def test_it_costs_the_same_however_much_there_is(visit, make, count_queries):
    few, many = make.practice(), make.practice(tags=["а", "б", "в"], indicators=[Indicator(f"И{n}", "", n, n + 1) for n in range(9)])
    for number in range(25):
        make.comment(many, f"Слово {number}")
    counts = [count_queries(lambda p=p: visit(f"/practices/{p.id}/passport?comments=1")) for p in (few, many)]
    assert counts[0] == counts[1] <= 8


def test_a_draft_is_a_document_for_its_author_alone(visit, make, sign_in):
    draft = make.practice(state="draft")
    visit(f"/practices/{draft.id}/passport", 404)
    sign_in(draft.author)
    assert "Черновик" in visit(f"/practices/{draft.id}/passport").words
