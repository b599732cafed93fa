"""Who hears of requests, and when: the outbox as the worker drains it, and time that passes."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core.clock import now
from forum.moderation import merging
from forum.notifications.models import Notice
from forum.practices.models import Practice
from forum.solution_requests import asking
from forum.solution_requests.models import Offer, RequestMatch, SolutionRequest
from forum.worker import close_requests, drain, match_requests


@pytest.fixture
def work(app, session):
    """The worker's steps, in the application."""

    def go(*steps):
        session.commit()
        with app.app_context():
            for step in (*steps, drain):
                step()

    return go


def told(session: Session, person, kind):
    query = select(Notice.kind).where(Notice.person_id == person.id, Notice.told_as == kind)
    found = session.scalars(query.order_by(Notice.at)).all()
    session.commit()  # lets the lock go
    return found


def fresh(session: Session, request):
    found = session.get_one(SolutionRequest, request.id, populate_existing=True)
    session.commit()
    return found


def test_an_offer_is_told_as_an_offer_and_not_as_a_comment_besides(make, session, work, browser):
    request, helper = make.request(), make.person("Пётр Нилов", region="71")
    person, offer = request.author, make.offer(request, make.practice(), helper)
    work()
    assert told(session, person, "offer") == ["request.offered"]
    assert told(session, person, "comment") == []
    assert fresh(session, request).offers_count == 1
    make.comment(request, "А сколько у вас дворов?")
    work()
    assert told(session, person, "comment") == ["comment.published"]
    page = browser().sign_in(person).open("/notifications")
    assert "Вам предложили решение" in page.words
    asker = browser().sign_in(person)
    asker.post(f"/requests/{request.id}/offers/{offer.practice_id}/thanks", 303)
    asker.post(f"/requests/{request.id}/closing", 303, practice=str(offer.practice_id), words="")
    work()
    assert told(session, person, "request") == []
    assert told(session, helper, "request") == ["request.thanked", "request.closed"]


def test_who_has_written_what_fits_hears_of_it_once_a_week(make, session, work, indexed):
    owner = make.person("Пётр Нилов", region="71")
    make.practice("Уборка тротуаров без техники", author=owner, municipality=owner.municipality)
    indexed()
    first, second = make.request("Уборка тротуаров без техники"), make.request("Уборка тротуаров: без техники")
    own = make.request("Уборка тротуаров без техники у нас", owner)
    work(match_requests, match_requests)
    assert told(session, owner, "request_match") == ["request.matched"]
    noted = {row.request_id: row.told_at for row in session.scalars(select(RequestMatch))}
    assert noted.keys() == {first.id, second.id} and all(noted.values()) and own.id not in noted
    make.request("Уборка тротуаров – и без техники")
    work(match_requests, match_requests)
    assert told(session, owner, "request_match") == ["request.matched"]


def test_followers_of_a_region_hear_of_a_request(make, session, work, browser):
    reader = make.person(region="71")
    asker = make.person(region="69")
    browser().sign_in(reader).post("/follows", 303, kind="region", key="69", value="1")
    make.request(author=asker)
    work()
    assert told(session, reader, "followed_request") == ["followed_request"]
    assert "ищет решение: «Чем чистить тротуары»" in browser().sign_in(reader).open("/notifications").words


def test_one_whose_time_is_up_is_asked_about_and_then_closed_without_an_answer(make, session, work, browser):
    request = make.request(until=now().date() - timedelta(days=1))
    person = request.author
    work(close_requests, close_requests)
    assert told(session, person, "request") == ["request.overdue"]
    page = f"/requests/{request.id}/{request.slug}"
    asker = browser().sign_in(person)
    assert "Нашлось ли решение?" in asker.open(page).words
    fresh(session, request).asked_on = now().date() - asking.PATIENCE
    session.commit()
    work(close_requests)
    assert "Без ответа" in browser().open(page).words and "Чем чистить" in browser().open("/requests?show=unanswered").words
    assert told(session, person, "request") == ["request.overdue", "request.closed"]
    asker.post(f"/requests/{request.id}/term", 303, **asker.open(page).form("/term"))
    assert fresh(session, request).is_open


def test_an_adoption_opened_elsewhere_closes_the_request_it_was_offered_to(make, session, work):
    request, practice = make.request(), make.practice()
    make.offer(request, practice)
    other = make.request("Другой запрос", request.author)
    make.adoption(practice, request.author)
    work()
    assert fresh(session, request).outcome == "adopted"
    assert fresh(session, other).is_open


def test_offers_go_along_when_practices_are_merged(make, session, work):
    request = make.request()
    gone, kept = make.practice(), make.practice()
    make.offer(request, gone)
    practices = (session.get_one(Practice, gone.id), session.get_one(Practice, kept.id))
    merging.merge(session, *practices, make.actor(make.moderator()), "Одно и то же", [])
    work()
    assert session.scalars(select(Offer.practice_id)).all() == [kept.id]
    assert fresh(session, request).offers_count == 1


def test_words_that_are_taken_back_are_an_offer_no_more(make, session, work, browser):
    request = make.request()
    offer = make.offer(request, make.practice())
    work()
    browser().sign_in(offer.comment.author).post(f"/entries/{offer.comment_id}/withdrawal", 303)
    work()
    assert fresh(session, request).offers_count == 0
    assert fresh(session, request).unanswered
