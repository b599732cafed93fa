"""The public log: narrowed by act, region and time; moderators see names there, and undo."""

import pytest
from sqlalchemy import func, select

from forum.core.events import Event
from forum.entries.models import Entry
from forum.moderation import sanctions
from forum.moderation.sanctions import Sanction


@pytest.fixture
def world(make, session):
    """A practice hidden in Kaluga, another locked in Tver, and somebody silenced."""
    by = make.actor(make.moderator("Галина Миронова"))
    kaluga, tver = make.practice("Тайная"), make.practice("Тверская", municipality=make.place("Тверь", region="69"))
    kaluga.hide(by, "Причина первая")
    tver.lock(by, True, "Причина вторая")
    sanctions.silence(session, kaluga.author, by, 3, "Причина третья")
    session.commit()
    return {"kaluga": kaluga, "tver": tver, "person": kaluga.author}


def number(session, kind):
    found = session.scalar(select(Event.id).where(Event.kind == kind))
    session.commit()
    return found


def shown(page):
    return [word for word in ("первая", "вторая", "третья") if word in page.words]


def test_the_log_is_narrowed_by_act_region_and_time(world, visitor):
    assert shown(visitor.open("/moderation/log")) == ["первая", "вторая", "третья"]
    assert shown(visitor.open("/moderation/log?kind=hidden")) == ["первая"]
    assert shown(visitor.open("/moderation/log?region=69")) == ["вторая"]
    assert shown(visitor.open("/moderation/log?region=40&kind=silenced")) == ["третья"]
    assert shown(visitor.open("/moderation/log?since=01.01.2020&until=31.12.2020")) == []
    assert shown(visitor.open("/moderation/log?since=01.01.2020&until=2100-01-01")) == ["первая", "вторая", "третья"]
    page = visitor.open("/moderation/log?since=вчера&region=69", expect=422)
    assert "Нужна дата" in page.words and "вчера" in page.text and shown(page) == ["вторая"]
    assert shown(visitor.open("/moderation/log?kind=bogus&region=00")) == ["первая", "вторая", "третья"]


def test_a_guest_reads_no_names_and_a_moderator_does(make, world, visitor, browser):
    text = visitor.open("/moderation/log").text
    assert "Миронова" not in text and "Соколова" not in text and "Тайная" not in text and "Отменить" not in text
    assert world["person"].handle not in text
    words = browser().sign_in(make.moderator("Ольга Судьина")).open("/moderation/log").words
    assert "Галина Миронова" in words and "Мария Соколова" in words


def test_the_log_shows_a_new_step_at_once_to_guests(make, session, world, visitor):
    visitor.open("/moderation/log")
    sanctions.end(session, session.scalar(select(Sanction)), make.actor(make.moderator()), "Причина четвёртая")
    session.commit()
    assert "четвёртая" in visitor.open("/moderation/log").words


def test_a_moderator_undoes_a_step_once_with_a_reason(make, session, world, browser, visitor):
    step, judge = number(session, "moderation.hidden"), browser().sign_in(make.moderator("Ольга Судьина"))
    address = f"/moderation/log/{step}/undoing"
    assert address in " ".join(judge.open("/moderation/log").links())
    judge.post(address, expect=422, reason="")
    judge.post(address, reason="Поспешили")
    assert session.scalar(select(Entry.state).where(Entry.id == world["kaluga"].id)) == "published"
    session.commit()
    assert address not in " ".join(judge.open("/moderation/log").links())
    judge.post(address, expect=422, reason="Ещё раз")
    assert session.scalar(select(func.count()).select_from(Event).where(Event.kind == "moderation.undone")) == 1
    session.commit()
    assert "Решение отменено: скрыто" in visitor.open("/moderation/log").words


def test_a_sanction_is_undone_from_the_log(make, session, world, browser):
    browser().sign_in(make.moderator()).post(f"/moderation/log/{number(session, 'moderation.silenced')}/undoing", reason="Поспешили")
    assert session.scalar(select(Sanction.ended_at)) is not None
    assert number(session, "moderation.unsilenced") is None


def test_undoing_stays_within_the_region(make, session, world, browser):
    address = f"/moderation/log/{number(session, 'moderation.hidden')}/undoing"
    foreign = browser().sign_in(make.moderator(regions=["69"]))
    foreign.open(address, expect=403)
    foreign.post(address, expect=403, reason="Так")
    browser().sign_in(make.person()).post(address, expect=403, reason="Так")
    foreign.open("/moderation/log/99999/undoing", expect=404)


def test_the_log_is_paged_by_key_at_the_same_cost(make, session, world, visitor, browser, count_queries):
    by, practice = make.actor(make.moderator()), make.practice()
    few = count_queries(lambda: visitor.open("/moderation/log?kind=&region="))
    for turn in range(30):
        practice.lock(by, True, f"Закрыто {turn}")
        practice.lock(by, False, f"Открыто {turn}")
    session.commit()
    page = visitor.open("/moderation/log?kind=&region=")
    assert count_queries(lambda: browser().open("/moderation/log?region=&kind=")) == few <= 8
    following = next(link for link in page.links() if "page=" in link)
    words = visitor.open(following).words
    assert "Открыто 0" in words and "Причина первая" in words and "Закрыто 29" not in words
