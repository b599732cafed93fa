"""One decision on many: what came of each is told, and each stands by itself."""

import pytest
from sqlalchemy import func, select

from forum.core.events import Event
from forum.entries.models import Entry
from forum.moderation.models import Report


@pytest.fixture
def moderator(make, browser):
    return browser().sign_in(make.moderator("Галина Миронова"))


@pytest.fixture
def three(make):
    practices = [make.practice(f"Реклама {number}") for number in range(3)]
    for practice in practices:
        make.report(practice, make.person())
    return practices


def states(session, entries):
    session.commit()
    found = dict(session.execute(select(Entry.id, Entry.state).where(Entry.id.in_([entry.id for entry in entries]))).all())
    session.commit()
    return [found[entry.id] for entry in entries]


def ticked(page, entries):
    """The form as a browser sends it with these boxes ticked; fields belong to it by its name."""
    fields = {i.get("name"): i.get("value") for i in page.tree.iter("input") if i.get("form") == "many" and i.get("type") == "hidden"}
    return page.form("/moderation/decisions") | fields | {"entry": [str(entry.id) for entry in entries]}


def test_many_are_hidden_for_one_reason(moderator, three, session):
    form = ticked(moderator.open("/moderation"), three[:2])
    page = moderator.post("/moderation/decisions", 200, data=form | {"step": "hide", "reason": "Реклама"})
    assert page.heading == "Сделано: 2 из 2"
    assert states(session, three) == ["hidden", "hidden", "published"]
    reasons = session.scalars(select(Event.reason).where(Event.kind == "moderation.hidden")).all()
    assert reasons == ["Реклама", "Реклама"]


def test_each_result_is_told_and_one_fault_leaves_the_rest(moderator, three, session, make, browser):
    comment, foreign = make.comment(make.practice()), make.practice(author=session.get_one(type(make.person()), 1))
    form = ticked(moderator.open("/moderation"), [*three, comment, foreign])
    other = browser().sign_in(make.moderator("Олег Строев"))
    other.post(f"/entries/{three[0].id}/dismissal", reason="Всё по делу")
    other.post(f"/entries/{three[1].id}/claim", 303)
    page = moderator.post("/moderation/decisions", 200, data=form | {"step": "rework", "reason": "Добавьте цифры"})
    assert page.heading.startswith("Сделано: ")
    assert "Решение уже принято. Жалобы отклонены: Олег Строев" in page.words
    assert "сейчас разбирает Олег Строев" in page.words
    assert "Комментарий нельзя вернуть на доработку" in page.words
    assert states(session, [*three, comment]) == ["published", "published", "draft", "published"]


def test_first_posts_are_published_and_reports_declined(moderator, three, session, make):
    waiting = [make.practice(author=make.person(trusted=False), state="waiting") for _ in range(2)]
    moderator.post("/moderation/decisions", 200, data=ticked(moderator.open("/moderation"), waiting) | {"step": "approve"})
    moderator.post("/moderation/decisions", 200, data=ticked(moderator.open("/moderation"), three) | {"step": "dismiss"})
    assert states(session, [*waiting, *three]) == ["published"] * 5
    assert session.scalar(select(func.count()).where(Report.outcome == "declined")) == 3
    session.commit()
    assert "Очередь пуста" in moderator.open("/moderation").words


def test_what_had_nothing_to_decide_is_not_said_to_be_done(moderator, three, session, make):
    waiting = make.practice(author=make.person(trusted=False), state="waiting")
    form = ticked(moderator.open("/moderation"), [waiting, three[0]])
    page = moderator.post("/moderation/decisions", 200, data=form | {"step": "dismiss"})
    assert page.heading == "Сделано: 1 из 2" and "решать уже нечего" in page.words
    assert states(session, [waiting]) == ["waiting"]
    page = moderator.post(f"/entries/{three[0].id}/dismissal", next="/moderation")
    assert "решать уже нечего" in moderator.open(page.response.location).words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": " "}, "Укажите причину"),
        ({"step": "bogus"}, "Выберите, что сделать"),
        ({"entry": []}, "Ничего не отмечено"),
        ({"entry": [str(n) for n in range(1, 60)]}, "не больше 50"),
        ({"reason": "р" * 2001}, "Не больше 2000 знаков"),
    ],
)
def test_a_fault_is_told_before_anything_is_done(moderator, three, session, change, words):
    form = ticked(moderator.open("/moderation"), three) | {"step": "hide", "reason": "Реклама"} | change
    assert words in moderator.post("/moderation/decisions", 422, data=form).words
    assert states(session, three) == ["published"] * 3


def test_a_forgotten_reason_is_given_without_ticking_again(moderator, three, session):
    page = moderator.post("/moderation/decisions", 422, data=ticked(moderator.open("/moderation"), three) | {"step": "hide"})
    form = page.form("/moderation/decisions") | {"entry": [str(entry.id) for entry in three]}
    moderator.post("/moderation/decisions", 200, data=form | {"reason": "Реклама"})
    assert states(session, three) == ["hidden"] * 3


def test_others_regions_and_ones_own_stay(make, session, browser, three):
    regional = make.moderator("Сергей Рощин", regions=["40"])
    own, foreign = make.practice(author=regional), make.practice(municipality=make.place(region="69"))
    page = (
        browser()
        .sign_in(regional)
        .post("/moderation/decisions", 200, data={"entry": [own.id, foreign.id, three[0].id], "step": "hide", "reason": "Так"})
    )
    assert page.heading == "Сделано: 1 из 3"
    assert states(session, [own, foreign, three[0]]) == ["published", "published", "hidden"]
