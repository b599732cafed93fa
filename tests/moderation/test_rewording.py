"""Moderators put right the words of adoptions and requests: with a reason, told, to be undone, in their own regions."""

import pytest
from sqlalchemy import select

from forum.adoptions.models import Adoption, AdoptionNote, Stage
from forum.core.clock import now
from forum.core.events import Event
from forum.moderation import undoing
from forum.solution_requests.models import SolutionRequest
from forum.worker import drain

PHONE = "Звоните Ивановой: 8 900 000-00-00"


@pytest.fixture
def moderator(make, browser):
    return browser().sign_in(make.moderator("Галина Миронова", region="53", regions=["69"]))


def fresh(session, kind, id):
    session.commit()
    found = session.get_one(kind, id, populate_existing=True)
    session.commit()
    return found


@pytest.fixture
def take_back(make, session):
    """Undo the last correction."""

    def go():
        event = session.scalars(select(Event).where(Event.kind == "moderation.edited").order_by(Event.id.desc())).first()
        undoing.undo(session, event, make.actor(make.moderator()), "Поспешили")
        session.commit()

    return go


def test_the_words_of_a_refusal_are_put_right_on_the_record_and_in_its_timeline(app, make, session, moderator, browser, take_back):
    keeper = make.person(region="69")
    by, id = make.actor(keeper), make.adoption(make.practice(), keeper).id
    refused = session.get_one(Adoption, id)
    refused.tell(by, "Собрали смету.", now().date())
    refused.advance(Stage.REFUSED, by, now().date(), PHONE, make.obstacle("money"))
    note = session.scalar(select(AdoptionNote.id).where(AdoptionNote.body == "Собрали смету."))
    session.commit()
    assert f"/entries/{id}/wording" in moderator.open(f"/entries/{id}/moderation").links()
    form = moderator.open(f"/entries/{id}/wording").form("/wording")
    assert (form["refusal"], form[f"note-{note}"]) == (PHONE, "Собрали смету.")
    seen = moderator.post(f"/entries/{id}/wording", 200, **form | {"refusal": "Звоните **в отдел**", "preview": "refusal", "reason": "Так"})
    assert "<strong>в отдел</strong>" in seen.text and fresh(session, Adoption, id).refusal == PHONE
    words = form | {"refusal": "Звоните в отдел", f"note-{note}": "Собрали **смету**."}
    assert "Укажите причину" in moderator.post(f"/entries/{id}/wording", 422, **words).words
    assert "Напишите" in moderator.post(f"/entries/{id}/wording", 422, **form | {"refusal": " ", "reason": "Так"}).words
    moderator.post(f"/entries/{id}/wording", **words | {"reason": "Личный телефон", "stage": "result", "outcome": "Чужое поле"})
    page = browser().open(f"/adoptions/{id}").words
    assert "Звоните в отдел" in page and "Ивановой" not in page
    assert (fresh(session, Adoption, id).stage, fresh(session, Adoption, id).outcome) == ("refused", "")
    with app.app_context():
        drain()
    assert "Личный телефон" in browser().sign_in(keeper).open("/notifications").words
    assert "изменил" in moderator.post(f"/entries/{id}/wording", 422, **words | {"refusal": "Ещё раз", "reason": "Так"}).words
    take_back()
    assert fresh(session, Adoption, id).refusal == PHONE
    assert "Собрали смету." in browser().open(f"/adoptions/{id}").words


def test_a_request_is_put_right_too_and_its_author_is_told(app, make, session, moderator, browser, take_back):
    author = make.person(region="69")
    id = make.request("=Чем чистить, спросите Иванову", author, tags=["дворы"]).id
    form = moderator.open(f"/entries/{id}/wording").form("/wording")
    too_long = moderator.post(f"/entries/{id}/wording", 422, **form | {"title": "Б" * 251, "reason": "Так"})
    assert "Не больше 250 знаков" in too_long.words and "Б" * 251 in too_long.text
    moderator.post(f"/entries/{id}/wording", 422, **form | {"title": "", "reason": "Так"})
    moderator.post(f"/entries/{id}/wording", **form | {"title": "Чем чистить тротуары", "reason": "Имя"})
    assert fresh(session, SolutionRequest, id).title == "Чем чистить тротуары"
    with app.app_context():
        drain()
    assert "Причина: Имя" in browser().sign_in(author).open("/notifications").words
    take_back()
    assert fresh(session, SolutionRequest, id).title == "=Чем чистить, спросите Иванову"


def test_nobody_rewords_outside_their_regions_or_what_is_their_own(make, moderator, browser):
    practice, keeper = make.practice(municipality=make.place(region="71")), make.person(region="40")
    for entry in (make.adoption(practice, keeper), make.request("Чем чистить", keeper)):
        for asking, answer in ((moderator, 403), (browser().sign_in(keeper), 403), (browser(), 302)):
            asking.open(f"/entries/{entry.id}/wording", answer)
    moderator.post(f"/entries/{make.request('Чужое', keeper).id}/wording", 403, reason="Так", title="Иначе")
