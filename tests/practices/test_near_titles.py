"""Which titles of the demonstration are nearly the same as one that somebody types."""

import pytest
from sqlalchemy.orm import Session

from forum.extensions import db
from forum.practices.similar import near, tells

pytestmark = pytest.mark.xdist_group("demonstration")


@pytest.fixture
def near_to(demonstration):
    """Titles near to one, on a site with the demonstration."""
    engine = demonstration.extensions["search"]
    with demonstration.app_context(), Session(db.engine) as session:
        yield lambda title: [row.card.title.replace("\u00a0", " ") for row in near(session, engine, title)]


NEAR = [
    ("Светлые дворы: заменили 3 500 светильников", "Светлые дворы: как мы заменили 1 240 светильников и вернули деньги за три года"),
    ("Новые светильники в светлом дворе – по энергосервису", "Маленький лот – тоже лот: энергосервис на 460 светильников"),
    ("Реестр кладбищ: найти могилу за пять минут", "Найти могилу за три минуты: электронный реестр кладбищ"),
    ("Табло на остановках автобусов", "Автобус через четыре минуты: табло, которым верят"),
    ("Как мы открыли музей в старом вокзале", "Музей в багажном отделении"),
    ("Отлов собак без владельцев", "Собаки в районе, где до приюта двести километров"),
    ("УБОРКА СНЕГА ПО ГРАФИКУ", "День чистого двора: снег убираем по графику, а не по жалобе"),
    ("Цифровой кадастр города", "Чей это газон? Цифровой кадастр города на одном слое"),
]


FAR = [
    "Ремонт дворов в микрорайоне", "Строительство школы на 500 мест", "Астрономическая обсерватория для школьников", "Город для детей",
    "Совет молодёжи при главе района", "Велодорожка вдоль набережной", "Дом культуры после капитального ремонта", "Мусор",
    "Автобусные туры для юннатов", "Практика благоустройства города за три года", "Карта стройки",
    "и на за по из от", "12 345 678 901 234", "🙂 🙂 🙂",
]  # fmt: skip


def test_an_almost_equal_title_is_told(near_to):
    assert [title for title, known in NEAR if known not in near_to(title)] == []


def test_a_title_that_shares_one_common_word_is_not(near_to):
    assert {title: found for title in FAR if (found := near_to(title))} == {}


def test_every_title_is_nearest_to_itself_and_never_to_more_than_two_others(near_to):
    for title in ("Музей в багажном отделении", "Маленький лот – тоже лот: энергосервис на 460 светильников"):
        found = near_to(title)
        assert found[0] == title and len(found) <= 3


def test_titles_of_a_word_or_two_say_too_little():
    assert not any(map(tells, ("", "Двор", "Чистый двор", "2 1")))
    assert all(map(tells, ("Мы и двор", "Благоустройство двора")))
