"""The queue, the steps and the public log, through the pages."""

import pytest
from sqlalchemy import select

from forum.core.events import Event
from forum.entries.models import Entry
from forum.moderation.models import Report


@pytest.fixture
def moderator(make, browser):
    return browser().sign_in(make.moderator(region="69"))


@pytest.fixture
def reader(make, browser):
    return browser().sign_in(make.person("Игорь Лапин"))


def state(session, entry):
    session.commit()
    found = session.scalar(select(Entry.state).where(Entry.id == entry.id))
    session.commit()  # an open transaction would keep the next request waiting, and a rollback would expire what the test holds
    return found


def test_a_report_reaches_the_queue_and_hiding_settles_it(make, session, moderator, reader, browser):
    practice = make.practice("Реклама окон")
    reader.post(f"/entries/{practice.id}/reports", reason="spam", note="Продают окна")
    page = moderator.open("/moderation")
    assert "Реклама окон" in page.words
    assert "Продают окна" in page.words
    moderator.post(f"/entries/{practice.id}/hiding", reason="Реклама")
    assert state(session, practice) == "hidden"
    assert "Реклама окон" not in moderator.open("/moderation").words
    browser().open(f"/practices/{practice.id}/{practice.slug}", expect=404)
    assert session.scalar(select(Report.outcome)) == "upheld"


def test_hiding_without_a_reason_changes_nothing(make, session, moderator):
    practice = make.practice()
    page = moderator.post(f"/entries/{practice.id}/hiding", expect=422, reason="  ")
    assert "Укажите причину" in page.words
    assert state(session, practice) == "published"


def test_an_unknown_reason_or_an_empty_note_is_told_at_the_field(make, session, reader):
    practice = make.practice()
    assert "Выберите причину" in reader.post(f"/entries/{practice.id}/reports", expect=422, reason="bogus", note="моё объяснение").words
    page = reader.post(f"/entries/{practice.id}/reports", expect=422, reason="other", note="")
    assert "Опишите, что не так" in page.words
    assert session.scalar(select(Report.id)) is None


def test_a_second_report_of_one_person_changes_the_first(make, session, reader):
    practice = make.practice()
    reader.post(f"/entries/{practice.id}/reports", reason="spam", note="раз")
    reader.post(f"/entries/{practice.id}/reports", reason="false", note="два")
    assert [(r.reason, r.note) for r in session.scalars(select(Report))] == [("false", "два")]


def test_nobody_reports_their_own(make, browser):
    practice = make.practice()
    browser().sign_in(practice.author).post(f"/entries/{practice.id}/reports", expect=403, reason="spam")


def test_a_first_post_waits_and_is_approved(make, session, moderator, browser):
    practice = make.practice("Первая практика", author=make.person("Юлия Новикова", trusted=False), state="waiting")
    browser().open(f"/practices/{practice.id}/{practice.slug}", expect=404)
    assert "Первая практика" in moderator.open("/moderation?kind=posts").words
    assert "Первая практика" not in moderator.open("/moderation?kind=reports").words
    moderator.post(f"/entries/{practice.id}/approval")
    assert state(session, practice) == "published"
    browser().open(f"/practices/{practice.id}/{practice.slug}")


def test_rework_returns_a_draft_with_the_reason(make, session, moderator, browser):
    author = make.person("Юлия Новикова", trusted=False)
    practice = make.practice(author=author, state="waiting")
    moderator.post(f"/entries/{practice.id}/rework", reason="Добавьте цифры")
    assert state(session, practice) == "draft"
    assert "Добавьте цифры" in browser().sign_in(author).open(f"/practices/{practice.id}/{practice.slug}").words
    moderator.open(f"/practices/{practice.id}/{practice.slug}", expect=404)


def test_a_comment_cannot_be_returned_for_rework(make, session, moderator):
    comment = make.comment(make.practice())
    moderator.post(f"/entries/{comment.id}/rework", expect=422, reason="Грубо")
    assert state(session, comment) == "published"


def test_declined_reports_leave_the_entry(make, session, moderator, reader):
    practice = make.practice()
    reader.post(f"/entries/{practice.id}/reports", reason="false", note="Не верю")
    moderator.post(f"/entries/{practice.id}/dismissal")
    assert state(session, practice) == "published"
    assert session.scalar(select(Report.outcome)) == "declined"
    assert "Очередь пуста" in moderator.open("/moderation").words


def test_a_locked_discussion_takes_no_comments(make, moderator, reader):
    practice = make.practice()
    moderator.post(f"/entries/{practice.id}/lock", locked="1", reason="Спор ушёл от темы")
    reader.post(f"/entries/{practice.id}/comments", expect=422, body="Ещё одно слово")
    moderator.post(f"/entries/{practice.id}/lock", locked="0")
    reader.post(f"/entries/{practice.id}/comments", expect=303, body="Спасибо")


def test_a_regional_moderator_acts_in_their_regions_only(make, session, browser):
    theirs, foreign = (
        make.practice("В Калуге"),
        make.practice("В Твери", author=make.person(region="69"), municipality=make.place(region="69")),
    )
    regional = browser().sign_in(make.moderator("Сергей Рощин", regions=["40"]))
    for practice in (theirs, foreign):
        reader = browser().sign_in(make.person())
        reader.post(f"/entries/{practice.id}/reports", reason="spam")
    page = regional.open("/moderation")
    assert "В Калуге" in page.words
    assert "В Твери" not in page.words
    regional.post(f"/entries/{foreign.id}/hiding", expect=403, reason="Спам")
    regional.post(f"/entries/{theirs.id}/hiding", reason="Спам")
    assert (state(session, theirs), state(session, foreign)) == ("hidden", "published")


def test_a_moderator_does_not_judge_their_own(make, browser):
    moderator = make.moderator()
    practice = make.practice(author=moderator)
    browser().sign_in(moderator).post(f"/entries/{practice.id}/hiding", expect=403, reason="Так")


def test_employees_and_guests_stay_out(make, browser, reader):
    practice = make.practice()
    reader.open("/moderation", expect=403)
    reader.post(f"/entries/{practice.id}/hiding", expect=403, reason="Хочу")
    browser().open("/moderation", expect=302)


def test_a_suspended_person_reads_and_does_not_write(make, session, moderator, browser):
    person, practice = make.person("Пётр Громов", region="69"), make.practice()
    moderator.post(f"/people/{person.handle}/suspension", expect=422, days="1000", reason="Спам")
    moderator.post(f"/people/{person.handle}/suspension", expect=422, days="7", reason="")
    moderator.post(f"/people/{person.handle}/suspension", days="7", reason="Рассылал рекламу")
    suspended = browser().sign_in(person)
    assert "Рассылал рекламу" in suspended.open("/").text
    suspended.post(f"/entries/{practice.id}/vote", expect=403, value="1")
    suspended.post(f"/entries/{practice.id}/comments", expect=403, body="Слово")
    moderator.post(f"/people/{person.handle}/release")
    suspended.post(f"/entries/{practice.id}/vote", expect=303, value="1")


def test_a_regional_moderator_cannot_suspend_elsewhere_nor_a_moderator_another(make, browser):
    regional = browser().sign_in(make.moderator(regions=["40"]))
    regional.post(f"/people/{make.person(region='69').handle}/suspension", expect=403, days="7", reason="Так")
    regional.post(f"/people/{make.moderator('Другой Модератор').handle}/suspension", expect=403, days="7", reason="Так")


def test_the_log_is_public_and_names_nobody(make, session, moderator, visitor):
    practice = make.practice("Секретная реклама")
    moderator.post(f"/entries/{practice.id}/hiding", reason="Реклама товара")
    page = visitor.open("/moderation/log")
    assert "Реклама товара" in page.words
    assert "Галина Миронова" not in page.text
    assert "Мария Соколова" not in page.text
    assert "Секретная реклама" not in page.text
    assert session.scalar(select(Event.actor_role).where(Event.kind == "moderation.hidden")) == "moderator"


def test_restoring_shows_it_again(make, session, moderator, browser):
    practice = make.practice(state="hidden")
    moderator.post(f"/entries/{practice.id}/restoration")
    browser().open(f"/practices/{practice.id}/{practice.slug}")


def test_the_queue_costs_the_same_queries_at_any_size(app, make, moderator, count_queries):
    def fill(number):
        for _ in range(number):
            practice = make.practice()
            for reporter in (make.person(), make.person()):
                make.report(practice, reporter)

    fill(3)
    few = count_queries(lambda: moderator.open("/moderation"))
    fill(12)
    assert count_queries(lambda: moderator.open("/moderation")) == few <= 12
