"""An appeal whose decision was taken back first: it waits for nobody, and comes back with the decision."""

import pytest
from sqlalchemy import select

from forum import worker
from forum.core.events import Event
from forum.core.letters import Letter
from forum.entries.models import Entry
from forum.moderation import appeals, sanctions, undoing
from forum.moderation.appeals import Appeal


@pytest.fixture
def author(make):
    return make.person("Юлия Новикова")


@pytest.fixture
def by(make):
    return make.actor(make.moderator("Сергей Рощин"))


@pytest.fixture
def hidden(make, session, author, by):
    practice = make.practice("Спорная практика", author=author)
    practice.hide(by, "Реклама")
    session.commit()
    return practice


@pytest.fixture
def appealed(make, session, author):
    """The author's appeal against the last decision of a kind."""

    def go(kind: str) -> Appeal:
        made = appeals.appeal(session, last(session, kind), make.actor(author), "Не согласна")
        session.commit()
        return made

    return go


@pytest.fixture
def told(app, session):
    """The worker has told everybody of everything."""

    def go():
        session.commit()
        with app.app_context():
            worker.drain()

    return go


def last(session, kind):
    found = session.scalar(select(Event).where(Event.kind == kind).order_by(Event.id.desc()).limit(1))
    session.commit()
    return found


def outcome(session, made):
    found = session.execute(select(Appeal.outcome, Appeal.resolved_at.is_(None)).where(Appeal.id == made.id)).one()
    session.commit()
    return found[0] or ("open" if found[1] else "?")


def test_it_leaves_the_queue_and_the_author_knows_why(make, session, browser, author, by, hidden, appealed, told):
    made = appealed("moderation.hidden")
    undoing.undo(session, last(session, "moderation.hidden"), by, "Ошибся")
    told()
    assert outcome(session, made) == "moot"
    judge = browser().sign_in(make.admin())
    assert "Обжалований нет" in judge.open("/moderation/appeals").words
    assert "Не согласна" not in judge.open("/moderation?kind=appeals").words
    assert "отменено до ответа" in judge.open("/moderation/appeals?done=1").words
    assert "Отвечать не на что" in judge.open(f"/moderation/appeals/{made.id}").words
    visitor = browser().sign_in(author)
    assert "отвечать больше не на что, обращение закрыто" in visitor.open("/notifications").words
    assert "Рассматривать больше нечего" in visitor.open(f"/decisions/{made.event_id}/appeal").words
    letters = set(session.scalars(select(Letter.key)))
    assert f"{last(session, 'moderation.undone').id}:{author.id}" in letters  # this one letter tells it
    assert f"{last(session, 'moderation.appeal_moot').id}:{author.id}" not in letters
    log = browser().open("/moderation/log?kind=appeal_moot").words
    assert "Обжалование закрыто: решение уже отменено" in log and "сайт" in log


def test_an_answer_that_comes_too_late_is_kept_for_its_writer(make, session, browser, by, hidden, appealed, told):
    made = appealed("moderation.hidden")
    hidden.restore(by)
    told()
    judge = browser().sign_in(make.admin())
    page = judge.post(f"/moderation/appeals/{made.id}/decision", expect=409, outcome="declined", reason="Скрыто верно")
    assert "обращение закрылось" in page.words and "Скрыто верно" in page.words


def test_undoing_what_took_the_decision_back_brings_the_appeal_back(make, session, browser, author, by, hidden, appealed, told):
    made = appealed("moderation.hidden")
    hidden.restore(by)
    told()
    assert outcome(session, made) == "moot"
    undoing.undo(session, last(session, "moderation.restored"), by, "Вернул не то")
    told()
    assert outcome(session, made) == "open"
    assert "снова действует" in browser().sign_in(author).open("/notifications").words
    judge = browser().sign_in(make.admin())
    assert "Не согласна" in judge.open("/moderation/appeals").words
    judge.post(f"/moderation/appeals/{made.id}/decision", outcome="upheld", reason="Рекламы нет")
    told()
    assert outcome(session, made) == "upheld"  # what was judged stays so, though the decision is undone by it
    assert session.scalar(select(Entry.state).where(Entry.id == hidden.id)) == "published"


@pytest.mark.parametrize("step", ["warn", "silence", "suspend"])
def test_a_sanction_that_was_lifted_needs_no_answer(session, author, by, appealed, told, step):
    more = () if step == "warn" else (7,)
    sanction = getattr(sanctions, step)(session, author, by, *more, "Так нельзя")
    made = appealed(sanctions.STARTED[sanction.kind])
    sanctions.end(session, sanction, by, "Погорячился")
    told()
    assert outcome(session, made) == "moot"


def test_other_decisions_on_the_same_person_leave_it_waiting(make, session, author, by, hidden, appealed, told):
    made = appealed("moderation.hidden")
    other = make.practice(author=author)
    other.hide(by, "Повтор")
    other.restore(by)
    told()
    assert outcome(session, made) == "open"
