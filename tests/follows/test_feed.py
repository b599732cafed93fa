"""The feed of what one follows: newest first, each once, at the same cost, with a way to begin."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from forum.adoptions.models import Adoption, Stage
from forum.core.clock import now
from forum.entries.models import Entry
from forum.follows import models
from forum.practices import following
from forum.practices.models import Practice


def titles(page):
    return ["".join(heading.itertext()) for heading in page.tree.iter("h2")]


def moments(session, practices, same=False):
    """Have the practices appear one after the other, or all at the same moment."""
    for number, practice in enumerate(practices):
        at = now() - timedelta(days=100) + timedelta(minutes=0 if same else number)
        session.execute(update(Practice.__table__).where(Practice.__table__.c.id == practice.id).values(listed_at=at))
        session.execute(update(Entry.__table__).where(Entry.__table__.c.id == practice.id).values(published_at=at))
    session.commit()


def test_practices_and_discussions_come_newest_first_and_each_practice_once(make, sign_in, session, follow):
    person, place = make.person("Павел Внимательный", region="69"), make.place("Обнинск")
    by_all = make.practice("По всем поводам", municipality=place, tags=["дворы"], author=make.person("Мария Ильина"))
    by_tag = make.practice("По теме", municipality=make.place(region="69"), tags=["дворы"], nomination=2)
    talked = make.practice("Разговор", municipality=make.place(region="69"), nomination=2)
    muted = make.practice("Тишина", municipality=make.place(region="69"), nomination=2)
    other = make.practice("Чужое", municipality=make.place(region="69"), nomination=2)
    mine = make.practice("Своё", municipality=place, author=person)
    moments(session, [by_all, by_tag, talked, muted, other, mine])
    follow(person, "region", "40")
    follow(person, "nomination", 1)
    follow(person, "municipality", place.id)
    follow(person, "person", by_all.author_id)
    follow(person, "tag", by_all.tags[0].id)
    for practice in (talked, muted):
        follow(person, "entry", practice.id)
        make.comment(practice, "Первое слово")
    make.comment(talked, "Сколько это **стоило**?", author=make.person("Анна Ветрова"))
    make.comment(talked, "Пока не видно", state="waiting", author=make.person(trusted=False))
    models.mute(session, make.actor(person), muted.id)
    session.commit()
    page = sign_in(person).open("/following")
    assert titles(page) == ["Разговор", "По теме", "По всем поводам"]
    assert "Анна Ветрова: Сколько это стоило?" in page.words and "Пока не видно" not in page.words


@pytest.mark.parametrize("same", [False, True], ids=["one after the other", "at one moment"])
def test_pages_show_each_once_at_the_same_cost(make, sign_in, session, follow, count_queries, monkeypatch, same):
    monkeypatch.setattr(following, "SIZE", 4)
    person, author = make.person(), make.person()
    practices = [make.practice(f"Практика {number}", author=author) for number in range(10)]
    moments(session, practices, same)
    follow(person, "region", "40")
    follow(person, "nomination", 1)
    me = sign_in(person)
    page = me.open("/following")
    shown, addresses = titles(page), []
    while 'rel="next"' in page.text:
        addresses.append([link for link in page.links() if "page=" in link][-1])
        page = me.open(addresses[-1])
        shown += titles(page)
    assert shown == [practice.title for practice in reversed(practices)] and len(addresses) == 2
    back = me.open(next(link for link in page.links() if "page=" in link))
    assert titles(back) == shown[4:8]
    assert count_queries(lambda: me.open("/following")) <= 12
    assert titles(me.open("/following?page=2")) == titles(me.open("/following?page=xyz")) == shown[:4]


def reasons(page):
    return ["".join(line.itertext()) for line in page.tree.iter("p") if line.get("class") == "why"]


def test_each_says_the_closest_reason_why_it_is_there(make, sign_in, session, follow):
    me, author, kaluga = make.person(region="53"), make.person("Мария Ильина"), make.place("Обнинск")
    far = {"municipality": make.place("Ржев", region="69"), "nomination": 2}
    made = [
        make.practice("По номинации", municipality=far["municipality"], nomination=1),
        make.practice("По региону", municipality=make.place("Таруса"), nomination=1),
        make.practice("По месту", municipality=kaluga, nomination=1),
        make.practice("По теме", **far, tags=["дворы", "снег"]),
        make.practice("По автору", **far, tags=["дворы"], author=author),
        mine := make.practice("Своё", **far, author=me),
        talked := make.practice("Разговор", **far),
    ]
    moments(session, made)
    chosen = [("nomination", 1), ("region", "40"), ("municipality", kaluga.id), ("tag", made[3].tags[0].id), ("person", author.id)]
    for kind, key in [*chosen, ("entry", mine.id), ("entry", talked.id)]:
        follow(me, kind, key)
    for practice in (mine, talked):
        make.comment(practice, "Сколько это стоило?")
    assert reasons(sign_in(me).open("/following")) == [
        "Вы следите за обсуждением",
        "Обсуждение вашей практики",
        "Вы следите за автором: Мария Ильина",
        "Вы следите за темой «дворы»",
        "Вы следите за муниципалитетом: Обнинск",
        "Вы следите за регионом: Калужская область",
        "Вы следите за номинацией «Номинация 1»",
    ]


def test_who_follows_a_practice_sees_it_move_on_elsewhere_and_what_is_said_of_that(make, sign_in, session, follow, count_queries):
    me, keeper = make.person("Павел Внимательный"), make.person("Анна Ветрова", region="69")
    practice, other = make.practice("Светлые дворы"), make.practice("Чужое")
    follow(me, "entry", practice.id)
    mine, unfollowed = session.get_one(Adoption, make.adoption(practice, keeper).id), make.adoption(other, keeper)
    mine.advance(Stage.LAUNCH, make.actor(keeper), now().date(), "Поставили **первые** опоры.")
    make.comment(mine, "Сколько опор?")
    make.comment(unfollowed, "Не об этом")
    session.commit()
    reader = sign_in(me)
    page = reader.open("/following")
    assert [title.partition(" – ")[2] or title.partition(": ")[2] for title in titles(page)][:2] == [
        "Светлые дворы",
        "внедряют практику «Светлые дворы»",
    ]
    assert reasons(page)[:2] == ["Обсуждение внедрения", "Вы следите за практикой"]
    assert "Поставили первые опоры." in page.words and "Сколько опор?" in page.words and "Не об этом" not in page.words
    assert count_queries(lambda: reader.open("/following")) <= 12
    assert "Обсуждение вашего внедрения" in reasons(sign_in(keeper).open("/following"))
    practice.hide(by=make.actor(make.moderator()), reason="Реклама")
    session.commit()
    assert "опор" not in reader.open("/following").words


def test_the_discussion_of_a_request_comes_to_who_asks_and_who_follows(make, sign_in, follow):
    author, me = make.person(region="69"), make.person()
    request = make.request("Чем чистить тротуары", author)
    for person in (author, me):
        follow(person, "entry", request.id)
    make.comment(request, "Попробуйте щёткой")
    page = sign_in(me).open("/following")
    assert titles(page)[0] == "Чем чистить тротуары" and reasons(page) == ["Вы следите за обсуждением"]
    assert reasons(sign_in(author).open("/following")) == ["Обсуждение вашего запроса"]


def test_an_empty_feed_proposes_ones_own_region_and_the_nominations(make, sign_in, browser):
    make.nomination(1)
    make.practice("Светлые дворы")
    me = sign_in(make.person())
    page = me.open("/following")
    assert "С чего начать" in page.words and "Калужская область" in page.words and "Номинация 1" in page.words
    me.post("/follows", 303, data=page.form("/follows"))
    assert titles(me.open("/following")) == ["Светлые дворы"]
    assert "/following" in me.open("/").links()
    guest = browser()
    assert "/following" not in guest.open("/").links()
    guest.open("/following", 302)


def test_what_is_hidden_leaves_the_feed(make, sign_in, session, follow):
    person, practice = make.person(), make.practice("Светлые дворы")
    follow(person, "region", "40")
    follow(person, "entry", practice.id)
    make.comment(practice, "Сколько это стоило?")
    me = sign_in(person)
    assert titles(me.open("/following")) == ["Светлые дворы", "Светлые дворы"]
    practice.hide(by=make.actor(make.moderator()), reason="Реклама")
    session.commit()
    page = me.open("/following")
    assert "Светлые" not in page.words and "стоило" not in page.words
