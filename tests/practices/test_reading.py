"""The page of a practice and its history, for whoever may see them."""

import pytest

from forum.practices.models import Indicator, Practice, Resource, Step
from tests.counting import count_queries  # noqa: F401 – a fixture
from tests.practices.cards import only


@pytest.fixture
def author(make, sign_in):
    person = make.person("Мария Соколова", position="Начальник отдела")
    sign_in(person)
    return person


def test_the_page_shows_the_card(make, visit):
    practice = make.practice(
        "Светлые дворы",
        author=make.person("Мария Соколова", position="Начальник отдела"),
        steps=[Step("Обследовали дворы", "весна 2022")],
        resources=[Resource("partner", "Энергосбыт")],
        indicators=[Indicator("Расход энергии", "тыс. кВт·ч", 410, 197), Indicator("Исправные светильники", "%", 34, 98)],
        tags=["дворы"],
        lessons="Первый конкурс не состоялся.",
    )
    page = visit(practice)
    words = page.words.replace("\u00a0", " ")
    assert page.heading == "Светлые дворы"
    for text in ("14,9 млн ₽", "89 % вне бюджета", "120 ₽", "−52 %", "+64 п. п.", "Обследовали дворы", "Энергосбыт", "Начальник отдела"):
        assert text in words, text
    assert "Что пошло не так" in words and "/tags/dvory" in page.links()


def test_one_address_for_one_practice(make, visitor):
    practice = make.practice("Светлые дворы")
    for wrong in (f"/practices/{practice.id}", f"/practices/{practice.id}/temnye-dvory?order=new"):
        sent = visitor.open(wrong, 301).response.headers["Location"]
        assert sent.startswith(f"/practices/{practice.id}/svetlye-dvory")
    assert make.practice("Edit").slug == "edit-practice"
    visitor.open("/practices/99999999999999999999", 404)


@pytest.mark.parametrize("state", ["draft", "waiting", "hidden", "withdrawn"])
def test_what_is_not_public_is_found_nowhere(make, visitor, state):
    practice = make.practice(state=state)
    for address in (practice.slug, "history", "history/1"):
        visitor.open(f"/practices/{practice.id}/{address}", 404)


def test_a_hidden_one_tells_its_author_why(make, author, visit):
    assert "Рекламный текст" in visit(make.practice(author=author, state="hidden")).words


def test_a_donor_that_was_hidden_is_not_named(make, visit):
    donor, secret = make.practice("Открытый донор"), make.practice("Тайный донор", state="hidden")
    assert "Открытый донор" in visit(make.practice(donor_id=donor.id)).words
    assert "Тайный донор" not in visit(make.practice(donor_id=secret.id)).text


def test_history_shows_each_change_and_goes_back(make, author, visitor, browser, session):
    practice = make.practice("Светлые дворы", author=author, contact="Звонить Ольге")
    address = f"/practices/{practice.id}/edit"
    fields = visitor.open(address).form("/edit")
    visitor.post(address, 303, data=fields | {"results": "Расход упал на 52 %.", "contact": "Звонить Тимофею"})
    assert "Версия 2" in visitor.open(f"/practices/{practice.id}/history").words
    guest = browser().open(f"/practices/{practice.id}/history/2")
    assert "на 52 %" in guest.words and "Тимофею" not in guest.text
    assert "Тимофею" in visitor.open(f"/practices/{practice.id}/history/2").text
    visitor.post(f"/practices/{practice.id}/history/1", 303)
    assert only(session, Practice.id == practice.id).results == "Расход энергии упал вдвое."
    assert "Возвращена версия 1" in visitor.open(f"/practices/{practice.id}/history").words
    visitor.open(f"/practices/{practice.id}/history/9", 404)


def test_words_of_drafts_never_reach_the_history(make, author, visitor, session):
    draft = make.practice("Светлые дворы", author=author, state="draft", lessons="Фамилия виновного")
    fields = visitor.open(f"/practices/{draft.id}/edit").form("/edit")
    visitor.post(f"/practices/{draft.id}/edit", 303, data=fields | {"lessons": "Лот был мал", "action": "publish"})
    assert "Фамилия" not in visitor.open(f"/practices/{draft.id}/history/1").text
    visitor.open(f"/practices/{draft.id}/history/2", 404)


def test_strangers_may_not_restore(make, sign_in, visitor):
    practice = make.practice()
    sign_in(make.person("Чужой"))
    visitor.post(f"/practices/{practice.id}/history/1", 403)


@pytest.mark.parametrize(("signed_in", "most"), [(False, 8), (True, 12)])
def test_the_page_costs_the_same_with_three_comments_and_thirty(make, browser, count_queries, signed_in, most):  # noqa: F811
    reader = browser()
    if signed_in:
        reader.sign_in(make.person("Читатель"))
    practice = make.practice(steps=[Step("Раз"), Step("Два")], tags=["дворы", "свет"], donor_id=make.practice().id)
    costs = []
    for number in (3, 27):
        top = make.comment(practice)
        for _ in range(number - 1):
            make.comment(practice, parent=top)
        costs.append(count_queries(lambda: reader.open(f"/practices/{practice.id}/{practice.slug}")))
    assert costs[0] == costs[1] <= most
