"""Every act can be taken back once, by who may judge the entry now, and the author is told again."""

import pytest
from sqlalchemy import inspect, select

from forum.comments.models import Comment
from forum.core.errors import Forbidden, Refused
from forum.core.events import Event
from forum.entries.models import Entry
from forum.moderation import undoing
from forum.moderation.models import Report
from forum.notifications.models import Notice
from forum.practices.models import Practice
from forum.worker import drain


@pytest.fixture
def moderator(make, browser):
    return browser().sign_in(make.moderator("Галина Миронова", region="69"))


@pytest.fixture
def take_back(make, session):
    """Undo the last step of moderators."""
    by = make.actor(make.moderator("Олег Строев"))

    def go(kind, by=by, reason="Ошиблись"):
        session.commit()
        event = session.scalar(select(Event).where(Event.kind == f"moderation.{kind}").order_by(Event.id.desc()))
        made = session.get_one(Event, undoing.undo(session, event, by, reason))
        session.commit()
        return made

    return go


def fresh(session, kind, entry):
    session.commit()
    found = session.get_one(kind, inspect(entry).identity, populate_existing=True)
    session.commit()
    return found


def test_hiding_is_undone_with_its_reports(make, session, moderator, take_back):
    practice = make.practice()
    make.report(practice, make.person())
    moderator.post(f"/entries/{practice.id}/hiding", reason="Реклама")
    made = take_back("hidden")
    again = fresh(session, Practice, practice)
    assert (again.state, again.note, again.listed_at is not None) == ("published", None, True)
    assert session.scalar(select(Report.resolved_at)) is None
    assert (made.kind, made.reason, made.person_id, made.data["of"]) == (
        "moderation.undone", "Ошиблись", practice.author_id, "moderation.hidden")  # fmt: skip


@pytest.mark.parametrize("step", ["hiding", "rework"])
def test_what_waited_waits_again(make, session, moderator, take_back, step):
    practice = make.practice(author=make.person(trusted=False), state="waiting")
    moderator.post(f"/entries/{practice.id}/{step}", reason="Рано")
    take_back({"hiding": "hidden", "rework": "returned"}[step])
    assert fresh(session, Practice, practice).state == "waiting"


def test_an_approval_is_undone_with_the_trust_it_earned(make, session, moderator, take_back):
    author = make.person(trusted=False)
    practice = make.practice(author=author, state="waiting")
    moderator.post(f"/entries/{practice.id}/approval")
    take_back("approved")
    assert fresh(session, Practice, practice).state == "waiting"
    assert fresh(session, type(author), author).approved_posts == 0


def test_restoring_declining_locking_and_pinning_are_undone(make, session, moderator, take_back):
    practice = make.practice(state="hidden")
    moderator.post(f"/entries/{practice.id}/restoration", reason="Всё в порядке")
    take_back("restored")
    hidden = fresh(session, Practice, practice)
    assert (hidden.state, hidden.note) == ("hidden", "Рекламный текст")
    other = make.practice()
    make.report(other, make.person())
    moderator.post(f"/entries/{other.id}/dismissal")
    take_back("reports_declined")
    assert session.scalar(select(Report.outcome)) is None
    session.commit()
    moderator.post(f"/entries/{other.id}/lock", reason="Спор")
    take_back("locked")
    assert not fresh(session, Practice, other).locked
    first, second = make.comment(other), make.comment(other, "Второй")
    for comment in (first, second):
        moderator.post(f"/entries/{comment.id}/pin", reason="Важно")
    take_back("pinned")
    assert fresh(session, Practice, other).pinned_id == first.id
    moderator.post(f"/entries/{first.id}/pin", pinned="0")
    take_back("unpinned")
    assert fresh(session, Practice, other).pinned_id == first.id


def test_a_move_is_undone(make, session, moderator, take_back):
    practice = make.practice(nomination=1)
    comment = make.comment(practice)
    make.place("Тверь", region="69")
    make.nomination(2)
    town = practice.municipality_id
    moderator.post(f"/entries/{practice.id}/moving", nomination="2", municipality="Тверь", reason="Туда")
    with pytest.raises(Forbidden):
        take_back("moved", make.actor(make.moderator(regions=["69"])))
    session.rollback()
    take_back("moved")
    back = fresh(session, Practice, practice)
    assert (back.nomination_id, back.municipality_id, back.region) == (1, town, "40")
    assert fresh(session, Comment, comment).region_code == "40"


def test_a_split_is_undone_with_what_was_answered_since(make, session, moderator, take_back):
    here, there = make.practice(), make.practice()
    top = make.comment(here)
    answer = make.comment(here, "Ответ", parent=top)
    moderator.post(f"/entries/{answer.id}/moving", discussion=str(there.id), reason="Не сюда")
    later = make.comment(there, "Позже", parent=fresh(session, Comment, answer))
    take_back("moved")
    back, since = fresh(session, Comment, answer), fresh(session, Comment, later)
    assert (back.on_id, back.root_id, back.thread_id, back.parent_id) == (here.id, here.id, top.id, top.id)
    assert (since.on_id, since.thread_id, since.parent_id) == (here.id, top.id, answer.id)
    assert (fresh(session, Practice, here).comments_count, fresh(session, Practice, there).comments_count) == (3, 0)


def test_a_correction_is_undone(make, session, moderator, take_back):
    practice = make.practice("Светлые дворы", tags=["свет"])
    comment = make.comment(practice, "Как было")
    form = moderator.open(f"/practices/{practice.id}/edit").form(f"/practices/{practice.id}/edit")
    change = {"title": "Светлые улицы", "tags": "улицы", "reason": "Точнее", "action": "save"}
    moderator.post(f"/practices/{practice.id}/edit", 303, data=form | change)
    take_back("edited")
    assert fresh(session, Practice, practice).title == "Светлые дворы"
    moderator.post(f"/entries/{comment.id}/wording", body="Как стало", reason="Точнее")
    take_back("edited")
    assert fresh(session, Comment, comment).body == "Как было"


def test_a_step_is_undone_once_with_a_reason_and_not_too_late(make, session, moderator, take_back):
    author = make.person()
    practice = make.practice(author=author)
    by, number = make.actor(author), practice.id
    session.commit()
    moderator.post(f"/entries/{number}/hiding", reason="Реклама")
    with pytest.raises(Refused, match="reason_missing"):
        take_back("hidden", reason=" ")
    take_back("hidden")
    with pytest.raises(Refused, match=r"moderation\.undone"):
        take_back("hidden")
    session.rollback()
    form = moderator.open(f"/entries/{number}/moderation").form(f"/entries/{number}/hiding")
    moderator.post(f"/entries/{number}/rework", **form | {"reason": "Доработать"})
    fresh(session, Practice, practice).publish(by=by)
    session.commit()
    with pytest.raises(Refused, match="undo_late"):
        take_back("returned")


def test_who_may_not_judge_may_not_undo(make, session, moderator, take_back):
    practice = make.practice()
    moderator.post(f"/entries/{practice.id}/hiding", reason="Реклама")
    for actor in (make.actor(make.moderator(regions=["69"])), make.actor(practice.author)):
        with pytest.raises(Forbidden):
            take_back("hidden", actor)
        session.rollback()
    assert fresh(session, Entry, practice).state == "hidden"


def test_the_author_is_told_of_each_act_and_of_its_undoing(app, make, session, moderator, take_back, browser):
    author = make.person()
    practice = make.practice("Светлые дворы", author=author)
    writer = make.person("Анна Ветрова")
    comment = make.comment(practice, author=writer)
    make.nomination(2)
    moderator.post(f"/entries/{practice.id}/moving", nomination="2", reason="Другая тема")
    moderator.post(f"/entries/{comment.id}/pin", reason="Важно")
    take_back("moved")
    with app.app_context():
        drain()
    told = dict.fromkeys(session.scalars(select(Notice.kind).where(Notice.person_id == practice.author_id)))
    assert set(told) >= {"moderation.moved", "moderation.undone"}
    session.commit()
    words = browser().sign_in(author).open("/notifications").words
    assert "Модератор перенёс вашу практику" in words
    assert "Причина: Другая тема" in words
    assert "Модератор отменил прежнее решение о вашей практике" in words
    assert "закрепил ваш комментарий" in browser().sign_in(writer).open("/notifications").words


def test_a_decision_that_a_later_one_replaced_is_not_undone(make, session, moderator, take_back):
    practice = make.practice()
    for reason in ("Реклама", "Чужие данные"):
        moderator.post(f"/entries/{practice.id}/hiding", reason=reason)
        first = session.scalar(select(Event.id).where(Event.kind == "moderation.hidden").order_by(Event.id))
        session.commit()
        if reason == "Реклама":
            moderator.post(f"/entries/{practice.id}/restoration")
    with pytest.raises(Refused, match="undo_late"):
        undoing.undo(session, session.get_one(Event, first), make.actor(make.moderator()), "Не реклама")
    session.rollback()
    assert fresh(session, Practice, practice).state == "hidden"


def test_the_page_of_what_was_undone_says_so_at_once(make, session, moderator, take_back):
    practice = make.practice()
    moderator.post(f"/entries/{practice.id}/hiding", reason="Реклама")
    made = take_back("hidden")
    page = moderator.open(f"/moderation/log/{made.data['undoes']}/undoing")
    assert "уже отменено" in page.words and "Причина" not in page.words
