"""The record of an adoption: who opens it, its steps, what counts."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from forum import worker
from forum.adoptions import actions, following, queries
from forum.adoptions.models import Adoption, Stage, What
from forum.core.clock import now
from forum.core.errors import Forbidden, Refused
from forum.notifications.models import Notice
from forum.practices.models import Indicator, Practice


def today():
    return now().date()


@pytest.fixture
def practice(make):
    return make.practice("Светлые дворы", indicators=[Indicator("Расход энергии", "тыс. кВт·ч", 410, 197)])


def counted(session, practice):
    found = session.get_one(Practice, practice.id, populate_existing=True)
    return found.list_adoptions, found.open_adoptions


def refused(code, call, *args, **more):
    with pytest.raises(Refused) as caught:
        call(*args, **more)
    assert caught.value.code == code


def test_a_town_takes_a_practice_home_with_its_indicators_and_without_its_figures(make, session, practice):
    keeper = make.person(region="69")
    adoption = make.adoption(practice, keeper)
    assert (adoption.stage, adoption.live, adoption.is_published) == (Stage.INTEREST, True, True)
    assert adoption.indicators == [Indicator("Расход энергии", "тыс. кВт·ч")]
    assert adoption.headline.endswith("– Светлые дворы") and adoption.headline.startswith(keeper.municipality.name)
    assert counted(session, practice) == (0, 1)


def test_a_colleague_comes_to_the_record_that_is_open_and_both_keep_it(make, session, practice):
    first = make.person(region="69")
    colleague = make.person("Ольга", municipality=first.municipality)
    adoption = make.adoption(practice, first)
    assert make.adoption(practice, colleague).id == adoption.id
    assert queries.keepers_of(session, adoption.id) == [first.id, colleague.id]
    assert counted(session, practice) == (0, 1)


def test_the_own_town_guests_and_people_without_a_town_adopt_nothing(make, session, practice):
    at_home = make.person(municipality=practice.municipality)
    homeless = make.person(region="69")
    homeless.municipality = None
    session.commit()
    for person in (at_home, homeless):
        with pytest.raises(Forbidden):
            actions.adopt(session, practice, make.actor(person))


def test_a_practice_that_failed_may_be_tried_again_and_a_hidden_one_may_not(make, session):
    assert make.adoption(make.practice(status="failed")).is_published
    with pytest.raises(Forbidden):
        make.adoption(make.practice(state="hidden"))


def test_a_newcomers_record_waits_for_a_moderator_and_counts_nowhere(make, session, practice):
    adoption = make.adoption(practice, make.person(region="69", trusted=False))
    assert adoption.state == "waiting" and counted(session, practice) == (0, 0)
    adoption.approve(make.actor(make.moderator()))
    session.commit()
    assert counted(session, practice) == (0, 1)


def test_steps_go_forward_and_back_with_a_word_why(make, session, practice):
    keeper = make.person(region="69")
    adoption, actor = make.adoption(practice, keeper), make.actor(keeper)
    adoption.advance(Stage.LAUNCH, actor, today())
    refused("adoption.same_stage", adoption.advance, Stage.LAUNCH, actor, today())
    refused("adoption.why_back", adoption.advance, Stage.ADAPTATION, actor, today())
    refused("adoption.day_ahead", adoption.advance, Stage.ADAPTATION, actor, today() + timedelta(days=9), "Ждём")
    adoption.advance(Stage.ADAPTATION, actor, today(), "Проект вернули.")
    refused("adoption.outcome_missing", adoption.advance, Stage.RESULT, actor, today())
    adoption.advance(Stage.RESULT, actor, today(), "Дворы светлые.")
    assert adoption.outcome == "Дворы светлые." and "<p>" in adoption.html["outcome"] and adoption.closed_on == today()
    session.commit()
    stages = [note.stage for note in session.scalars(queries.notes_of(adoption.id))]
    assert stages == ["result", "adaptation", "launch", "interest"]


def test_a_refusal_names_its_obstacle_and_leaves_room_for_another_try(make, session, practice):
    keeper = make.person(region="69")
    adoption, actor = make.adoption(practice, keeper), make.actor(keeper)
    refused("adoption.obstacle_missing", adoption.advance, Stage.REFUSED, actor, today(), "Нет денег")
    refused("adoption.refusal_missing", adoption.advance, Stage.REFUSED, actor, today(), "", make.obstacle())
    adoption.advance(Stage.REFUSED, actor, today(), "Нет денег", make.obstacle())
    session.commit()
    assert counted(session, practice) == (0, 0)
    again = make.adoption(practice, keeper)
    assert again.id != adoption.id
    refused("adoption.begun_anew", adoption.advance, Stage.INTEREST, actor, today(), "Деньги нашлись")


def test_only_a_confirmed_result_counts_and_a_question_takes_it_back(make, session, practice):
    keeper = make.person(region="69")
    adoption, author = make.adoption(practice, keeper, stage="result"), make.actor(practice.author)
    assert counted(session, practice) == (0, 1)
    refused("adoption.question_missing", adoption.question, author, " ")
    adoption.confirm(author)
    adoption.confirm(author)
    session.commit()
    assert counted(session, practice) == (1, 0)
    adoption.question(author, "Сколько светильников?")
    session.commit()
    assert counted(session, practice) == (0, 1) and not adoption.awaits_confirmation
    adoption.tell(make.actor(keeper), "Сорок.", today())
    assert adoption.awaits_confirmation
    assert [note.what for note in session.scalars(queries.notes_of(adoption.id))][:3] == [What.ANSWER, What.QUESTION, What.CONFIRMED]


def test_nothing_is_confirmed_before_its_result(make, practice):
    refused("adoption.no_result", make.adoption(practice).confirm, make.actor(practice.author))


def test_hidden_adoptions_count_nowhere_and_come_back(make, session, practice):
    adoption = make.adoption(practice, stage="result", confirmed=True)
    moderator = make.actor(make.moderator())
    adoption.hide(moderator, "Проверяем")
    session.commit()
    assert counted(session, practice) == (0, 0)
    adoption.restore(moderator)
    session.commit()
    assert counted(session, practice) == (1, 0)


def test_a_hidden_practice_takes_its_adoptions_out_of_lists_and_its_title_from_them(make, session, practice):
    adoption, moderator = make.adoption(practice, stage="result", confirmed=True), make.actor(make.moderator())
    session.get_one(Practice, practice.id).hide(moderator, "Проверяем")
    session.commit()
    session.refresh(adoption)
    assert adoption.listed_at is None and "Светлые" not in adoption.headline and counted(session, practice) == (None, 0)
    session.get_one(Practice, practice.id).restore(moderator)
    session.commit()
    session.refresh(adoption)
    assert adoption.listed_at is not None and "Светлые" in adoption.headline and counted(session, practice) == (1, 0)


def test_what_was_withdrawn_comes_back_unless_the_town_has_begun_anew(make, session, practice):
    keeper = make.person(region="69")
    adoption, actor = make.adoption(practice, keeper), make.actor(keeper)
    adoption.withdraw(actor)
    session.commit()
    make.adoption(practice, keeper)
    refused("adoption.begun_anew", session.get_one(Adoption, adoption.id).take_back, actor)


def test_what_adoptions_repeat_of_practices_is_mended_at_night(app, make, session):
    practice, other = make.practice("Светлые дворы", nomination=1), make.practice("Тихие улицы")
    adoption, untouched = make.adoption(practice), make.adoption(other)
    make.nomination(2)
    session.execute(update(Practice.__table__).where(Practice.__table__.c.id == practice.id).values(title="Яркие дворы", nomination_id=2))
    session.execute(update(Adoption.__table__).where(Adoption.__table__.c.id == untouched.id).values(town="Не там"))
    session.commit()
    assert following.astray(session) == [practice.id, other.id]
    session.commit()
    with app.app_context():
        worker.count_adoptions()
    found = session.get_one(Adoption, adoption.id, populate_existing=True)
    assert (found.title, found.nomination_id) == ("Яркие дворы", 2)
    assert following.astray(session) == []


def test_whoever_leads_the_practice_now_hears_of_results_and_confirms_them(app, make, session, browser, practice):
    heir = make.person("Анна", municipality=practice.municipality)
    session.get_one(Practice, practice.id).take_over(make.actor(heir), "")
    adoption = make.adoption(practice, stage="result")
    with app.app_context():
        worker.drain()
    heard = session.scalars(select(Notice.kind).where(Notice.person_id == heir.id, Notice.told_as == "adopted")).all()
    assert heard == ["adoption.published", "adoption.advanced"]
    session.commit()
    browser().sign_in(heir).post(f"/adoptions/{adoption.id}/confirmation", 303)
    assert counted(session, practice) == (1, 0)
