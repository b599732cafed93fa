"""Who is told of an adoption, in which words, and reminded of it after a silence."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum import worker
from forum.adoptions import reminding
from forum.adoptions.models import Adoption, AdoptionReminder, Stage
from forum.core.clock import now
from forum.core.events import Event
from forum.follows.models import Follow
from forum.notifications.wording import brief


@pytest.fixture
def practice(make):
    return make.practice("Светлые дворы")


def told(browser, person):
    page = browser().sign_in(person).open("/notifications")
    return [" ".join("".join(item.itertext()).split()) for item in page.tree.findall(".//ul[@class='notifications']/li")]


def test_the_author_and_followers_hear_of_interest_result_and_refusal(make, session, browser, work, letters, practice):
    follower, keeper = make.person("Следящий"), make.person("Олег Лапин", region="69")
    session.add(Follow(person_id=follower.id, entry_id=practice.id, at=now()))
    adoption = make.adoption(practice, keeper)
    work()
    town = keeper.municipality.name
    assert [subject for to, subject, _ in letters() if to == practice.author.email] == [f"{town}: внедряют вашу практику «Светлые дворы»"]
    assert f"{town}: внедряют практику «Светлые дворы», за которой вы следите" in told(browser, follower)[0]
    adoption.advance(Stage.LAUNCH, make.actor(keeper), now().date())
    adoption.advance(Stage.RESULT, make.actor(keeper), now().date(), "Дворы светлые.")
    session.commit()
    work()
    assert len(told(browser, follower)) == 2 and told(browser, keeper) == []
    heard = told(browser, practice.author)
    assert len(heard) == 2 and f"{town}: внедрили вашу практику «Светлые дворы» – подтвердите результат" in heard[0]


def test_several_towns_stand_as_one_line_for_the_author(make, browser, work, practice):
    for name, region in (("Анна Ветрова", "50"), ("Борис Громов", "51")):
        make.adoption(practice, make.person(name, region=region))
    work()
    lines = told(browser, practice.author)
    assert len(lines) == 1 and "Борис Громов и Анна Ветрова внедряют вашу практику «Светлые дворы»" in lines[0]


def test_a_refusal_is_no_town_that_carries_it_out(make, session, browser, work, practice):
    keeper = make.person("Борис Громов", region="51")
    make.adoption(practice, make.person("Анна Ветрова", region="50"))
    adoption = make.adoption(practice, keeper)
    work()
    adoption.advance(Stage.REFUSED, make.actor(keeper), now().date(), "Нет денег.", make.obstacle())
    session.commit()
    work()
    refused, together = told(browser, practice.author)
    assert "отказались от вашей практики" in refused and "Борис Громов и Анна Ветрова внедряют" in together


def test_a_digest_says_that_a_result_waits(make, session, practice):
    adoption = make.adoption(practice, make.person(region="69"), stage="result")
    event = session.scalars(select(Event).where(Event.kind == "adoption.advanced", Event.entry_id == adoption.id)).all()[-1]
    assert "подтвердите" in brief(event, adoption, "adopted") and "подтвердите" not in brief(event, adoption, "followed_adoption")


def test_nobody_is_reminded_of_a_result_whose_question_was_answered(make, session, practice):
    keeper = make.person(region="69")
    adoption = make.adoption(practice, keeper, stage="result")
    adoption.remind(30)
    adoption.question(make.actor(practice.author), "Сколько?")
    assert adoption.remind_on is not None
    adoption.tell(make.actor(keeper), "Сорок два.", now().date())
    assert adoption.remind_on is None


def test_all_who_keep_it_hear_of_questions_confirmation_and_comments(make, session, browser, work, practice):
    keeper = make.person("Олег Лапин", region="69")
    colleague = make.person("Ольга Лугова", municipality=keeper.municipality)
    adoption = make.adoption(practice, keeper, stage="result")
    make.adoption(practice, colleague)
    author = make.actor(practice.author)
    adoption.question(author, "Сколько?")
    adoption.confirm(author)
    session.commit()
    make.comment(adoption, author=make.person("Анна Ветрова"))
    work()
    for person in (keeper, colleague):
        lines = " / ".join(told(browser, person))
        assert "Результат подтверждён" in lines and "О вашем результате спрашивают" in lines
        assert "Анна Ветрова – комментарий к записи" in lines


def test_a_silence_is_broken_once_and_then_waited_for_again(app, make, session, browser, work, letters, practice):
    keeper = make.person("Олег Лапин", region="69")
    adoption = make.adoption(practice, keeper)
    due = adoption.remind_on
    adoption.remind_on = now().date() - timedelta(days=1)
    session.commit()
    with app.app_context():
        worker.remind_adopters()
        worker.remind_adopters()
    work()
    assert [subject for to, subject, _ in letters() if to == keeper.email] == [
        "Как идут дела с практикой «Светлые дворы»? О внедрении давно ничего не было слышно"
    ]
    session.expire_all()
    assert session.get_one(Adoption, adoption.id).remind_on == due
    assert session.scalar(select(func.count()).select_from(AdoptionReminder)) == 1


def test_nobody_is_reminded_of_what_is_over_or_switched_off(make, session, browser, practice):
    keeper = make.person("Олег Лапин", region="69")
    adoption = make.adoption(practice, keeper)
    browser().sign_in(keeper).post(f"/adoptions/{adoption.id}/reminders", 303, remind_after="")
    done = make.adoption(make.practice(), keeper, stage="result")
    session.expire_all()
    assert (session.get_one(Adoption, adoption.id).remind_on, session.get_one(Adoption, done.id).remind_on) == (None, None)
    assert list(reminding.due(session)) == []
