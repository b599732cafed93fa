"""«Похожие практики» beside a practice, over a real index."""

import pytest

from forum.core.actor import SYSTEM
from forum.search import indexing
from forum.search.port import Unavailable
from tests.counting import count_queries  # noqa: F401 – a fixture

LIGHT = "Заменили светильники во дворах по энергосервисному договору, расход энергии упал вдвое."


@pytest.fixture
def index(app, session):
    """Brings the index up to date when it is called."""
    yield lambda: indexing.drain(session, app.extensions["search"])
    app.extensions["search"].close()


@pytest.fixture
def crowd(make):
    """Practices on other subjects, so that words can be rare and common."""
    author, place = make.person(), make.place("Обнинск")
    subjects = ("Парк у реки", "Пожарная дружина", "Музей в вокзале", "Школьная медиация", "Реестр кладбищ", "Уборка снега", "Приют собак",
                "Табло на остановках", "Кадровый резерв", "Фестиваль кухонь", "Учёт воды", "Ремонт дорог")  # fmt: skip
    for subject in subjects:
        make.practice(subject, author=author, municipality=place, summary=subject, problem=subject, solution=subject, results=subject)
    return author


def lamps(make, title, author, **more):
    return make.practice(title, author=author, summary=LIGHT, problem=LIGHT, solution=LIGHT, results=LIGHT, **more)


def aside(page) -> str:
    return " ".join("".join(page.tree.find(".//main/aside").itertext()).split())


def test_who_else_did_it_stands_beside_a_practice_with_place_and_status(make, visit, index, crowd):
    mine = lamps(make, "Светлые дворы", crowd)
    lamps(make, "Маленький лот на светильники", crowd, municipality=make.place("Боровичи"), status="failed", tags=["свет"])
    index()
    words = aside(visit(mine))
    assert "Похожие практики Маленький лот на светильники Не сработалоБоровичи, Калужская область" in words
    assert "Парк у реки" not in words and "Светлые дворы" not in words


def test_a_shared_theme_makes_alike(make, visit, index, crowd):
    one = make.practice("Карта гостя", author=crowd, tags=["туризм"], summary="Скидки", problem="Нет", solution="Карта", results="Продажи")
    make.practice("Указатели у моста", author=crowd, tags=["туризм"], summary="Пешком", problem="Нет", solution="Стрелки", results="Ходят")
    index()
    assert "Указатели у моста" in aside(visit(one))


def test_nothing_irrelevant_is_shown(make, visit, index, crowd):
    lonely = lamps(make, "Светлые дворы", crowd)
    index()
    assert "Похожие практики" not in visit(lonely).words


def test_everyday_words_in_common_are_no_common_subject(make, visit, index, crowd):
    """Among few practices such words are as rare as those of the subject."""
    calls = "Девять каналов жалоб сведены в одну очередь. Письмо, звонок и запись в соцсетях видит дежурный, каждой назначен исполнитель, "
    calls += "ответ за десять дней."
    frost = "Терем открыт круглый год. Очередь к окну, письмо и ответ волшебника – сказка для детей и доход для гостиниц."
    parts = ("summary", "problem", "solution", "results")
    mine = make.practice("Одно окно для жалоб", author=crowd, tags=["обращения"], **dict.fromkeys(parts, calls))
    make.practice("Дед Мороз в июле", author=crowd, tags=["туризм"], **dict.fromkeys(parts, frost))
    index()
    assert "Дед Мороз" not in visit(mine).words


def test_a_practice_that_the_index_has_not_yet_has_its_like(make, visit, index, crowd):
    lamps(make, "Маленький лот на светильники", crowd)
    index()
    assert "Маленький лот" in aside(visit(lamps(make, "Светлые дворы", crowd)))


@pytest.mark.parametrize("step", ["hide", "withdraw"])
def test_what_is_no_longer_public_is_shown_to_nobody_from_that_moment(make, browser, index, session, crowd, step):
    mine, other = lamps(make, "Светлые дворы", crowd), lamps(make, "Маленький лот", crowd)
    index()
    readers = [browser(), browser().sign_in(make.person()), browser().sign_in(make.moderator())]
    address = f"/practices/{mine.id}/{mine.slug}"
    assert all("Маленький лот" in aside(reader.open(address)) for reader in readers)
    other.hide(by=SYSTEM, reason="Ошибка") if step == "hide" else other.withdraw(by=make.actor(crowd))
    session.commit()
    assert all("Маленький лот" not in reader.open(address).text for reader in readers)


def test_without_search_the_page_goes_without_it_and_gets_it_back(app, make, browser, index, crowd, monkeypatch):
    mine, _other = lamps(make, "Светлые дворы", crowd), lamps(make, "Маленький лот", crowd)
    index()
    reader, address = browser().sign_in(make.person()), f"/practices/{mine.id}/{mine.slug}"

    def away(*args, **more):
        raise Unavailable

    with monkeypatch.context() as moment:
        moment.setattr(app.extensions["search"], "similar", away)
        assert "Похожие практики" not in reader.open(address).words
    assert "Маленький лот" in aside(reader.open(address))


@pytest.mark.parametrize(("signed_in", "most"), [(False, 8), (True, 12)])
def test_it_costs_one_query_however_many_there_are(make, browser, index, crowd, count_queries, signed_in, most):  # noqa: F811
    reader = browser().sign_in(make.person("Читатель")) if signed_in else browser()
    donor = make.practice("Приют", author=crowd, summary="Собаки", problem="Собаки", solution="Собаки", results="Собаки")
    practice = lamps(make, "Светлые дворы", crowd, tags=["свет"], donor_id=donor.id)
    costs = []
    for more in (0, 1, 9):
        for _ in range(more):
            lamps(make, "Маленький лот на светильники", crowd, municipality=make.place())
        index()
        costs.append(count_queries(lambda: reader.open(f"/practices/{practice.id}/{practice.slug}")))
    assert costs[0] < costs[1] == costs[2] <= most
    assert aside(reader.open(f"/practices/{practice.id}/{practice.slug}")).count("Маленький лот") == 5
