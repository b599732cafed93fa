"""Who is told of what: once, and only of what they may still see."""

import gc
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum import worker
from forum.accounts.models import Person
from forum.comments import subscribers
from forum.core import events
from forum.core.actor import SYSTEM
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.events import Delivery, Event
from forum.core.letters import Letter
from forum.notifications import post
from forum.notifications.models import Notice


def told(session, person):
    session.commit()
    kinds = list(session.scalars(select(Notice.kind).where(Notice.person_id == person.id).order_by(Notice.id)))
    unread = session.scalar(select(Person.unread).where(Person.id == person.id))
    session.commit()
    return kinds, unread


def test_the_author_of_a_practice_hears_of_a_comment(make, session, work, letters):
    practice = make.practice("Светлые дворы")
    comment = make.comment(practice, "Кто считал **экономию**?", author=make.person("Анна Ветрова"))
    work()
    assert told(session, practice.author) == (["comment.published"], 1)
    assert told(session, comment.author) == ([], 0)
    [(to, subject, text)] = letters()
    assert to == practice.author.email
    assert subject == "Обсуждение практики «Светлые дворы»" and "Анна Ветрова – комментарий к вашей практике «Светлые дворы»" in text
    assert "Кто считал экономию?" in text and f"http://127.0.0.1:8000/comments/{comment.id}" in text


def test_who_is_answered_hears_of_it_too_and_nobody_twice(make, session, work, letters):
    practice = make.practice()
    first = make.comment(practice, "Вопрос")
    work()
    answer = make.comment(practice, "Ответ автора", author=practice.author, parent=first)
    make.comment(practice, "Сам себе", author=first.author, parent=first)
    make.comment(practice, "И автору", author=first.author, parent=answer)
    work()
    assert told(session, first.author) == (["comment.published"], 1)
    assert told(session, practice.author) == (["comment.published"] * 3, 2)  # two comments on the practice in one line, an answer
    assert [to for to, _, text in letters() if "ответ на ваш комментарий" in text] == [first.author.email, practice.author.email]


def test_a_waiting_comment_is_told_when_it_appears_and_the_moderator_is_not_the_writer(make, session, work, letters):
    practice, moderator = make.practice(), make.moderator("Галина Миронова")
    newcomer = make.person("Новый Человек", trusted=False)
    comment = make.comment(practice, author=newcomer, state="waiting")
    work()
    assert told(session, practice.author) == ([], 0)
    comment.approve(by=make.actor(moderator))
    work()
    assert told(session, practice.author) == (["comment.published"], 1)
    assert told(session, newcomer) == (["moderation.approved"], 1)
    texts = " ".join(subject + text for _, subject, text in letters())
    assert "Новый Человек – комментарий" in texts and "Миронова" not in texts


def test_a_comment_hidden_before_the_delivery_is_told_to_nobody(make, session, work, letters):
    practice = make.practice()
    comment = make.comment(practice, "Грубые слова")
    comment.hide(by=SYSTEM, reason="Оскорбление")
    work()
    assert told(session, practice.author) == ([], 0)
    assert told(session, comment.author) == (["moderation.hidden"], 1)
    assert [to for to, _, _ in letters()] == [comment.author.email]


def test_a_letter_waiting_to_be_sent_is_dropped_when_its_comment_is_hidden(app, make, session, letters):
    practice = make.practice()
    comment = make.comment(practice, "Грубые слова")
    with app.app_context():
        worker.drain()
    gc.collect()  # SQLite gives the numbers of delivered rows again, and this session may still hold those
    comment.hide(by=SYSTEM, reason="Оскорбление")
    session.commit()
    with app.app_context():
        post.send_due()
    assert letters() == []
    assert session.scalars(select(Letter.error)).all() == ["no longer due"]


def test_people_without_letters_and_unconfirmed_ones_hear_on_the_site_only(make, session, work, letters, wants):
    quiet, unconfirmed = make.person(), make.person(confirmed=False)
    wants(quiet, comment="site")
    for author in (quiet, unconfirmed):
        make.comment(make.practice(author=author))
    work()
    assert told(session, quiet)[1] == told(session, unconfirmed)[1] == 1
    assert letters() == []


def test_who_wants_to_hear_nothing_of_a_kind_does_not(make, session, work, letters, wants):
    practice = make.practice()
    wants(practice.author, comment="nowhere")
    make.comment(practice)
    work()
    assert told(session, practice.author) == ([], 0) and letters() == []


def test_a_crash_delivers_later_and_once(make, session, work, letters, monkeypatch):
    practice = make.practice()
    make.comment(practice)
    name = f"{subscribers.__name__}.tell_answered"
    handler = events._functions[name]

    def crash_at_the_end(session, event):
        handler(session, event)
        raise ConnectionError("the line broke")

    with monkeypatch.context() as broken:
        broken.setitem(events._functions, name, crash_at_the_end)
        work()
    assert told(session, practice.author) == ([], 0) and letters() == []
    delivery = session.scalars(select(Delivery).where(Delivery.handler == name)).one()
    assert delivery.tries == 1 and "the line broke" in delivery.error and delivery.due_at > now() - timedelta(seconds=2)
    work(later=True)
    assert told(session, practice.author) == (["comment.published"], 1)
    assert len(letters()) == 1
    assert session.scalars(select(Delivery).where(Delivery.handler == name)).all() == []


def test_an_event_delivered_again_changes_nothing(make, session, work, letters):
    practice = make.practice()
    make.comment(practice)
    work()
    event = session.scalars(select(Event).where(Event.kind == "comment.published")).one()
    for _ in range(2):
        subscribers.tell_answered(session, event)
    work()
    assert told(session, practice.author) == (["comment.published"], 1)
    assert len(letters()) == 1


def test_a_comment_shown_again_is_not_told_again(make, session, work):
    practice = make.practice()
    comment = make.comment(practice)
    work()
    comment.unpublish(by=make.actor(comment.author))
    comment.publish(by=make.actor(comment.author))
    work()
    assert told(session, practice.author) == (["comment.published"], 1)


def test_an_author_hears_each_step_of_a_moderator_with_its_reason(make, session, work, letters):
    practice, moderator = make.practice("Светлые дворы"), make.moderator()
    by = make.actor(moderator)
    practice.lock(by, True, "Спор ушёл от темы")
    practice.hide(by, "Персональные данные жителей")
    practice.restore(by)
    practice.send_back(by, "Нет результатов")
    work()
    steps = ["moderation.locked", "moderation.hidden", "moderation.restored", "moderation.returned"]
    assert told(session, practice.author) == (steps, 4)
    texts = [text for _, _, text in letters()]
    assert len(texts) == 4 and any("Причина: Персональные данные жителей" in text for text in texts)
    assert all("Светлые дворы" in text and "Миронова" not in text for text in texts)


def test_a_suspension_and_a_decision_on_a_report_are_told(make, session, work, letters):
    person, reporter, entry = make.person(), make.person(), make.practice(state="hidden")
    events.record(session, "moderation.suspended", by=SYSTEM, person_id=person.id, reason="Реклама в комментариях", days=7)
    events.record(session, "moderation.report_resolved", by=SYSTEM, person_id=reporter.id, entry_id=entry.id, outcome="upheld")
    work()
    assert told(session, person) == (["moderation.suspended"], 1)
    assert told(session, reporter) == (["moderation.report_resolved"], 1)
    [(to, _, text)] = [letter for letter in letters() if letter[0] in (person.email, reporter.email)]
    assert to == person.email and "Реклама в комментариях" in text and "7 дней" in text


def test_moderators_are_not_told_of_their_own_steps(make, session, work):
    moderator = make.moderator()
    practice = make.practice(author=moderator)
    practice.lock(make.actor(moderator), True, "Вопрос решён")
    work()
    assert told(session, moderator) == ([], 0)


def test_letters_speak_the_language_of_their_receiver(make, session, work, letters):
    make.comment(make.practice(author=make.person(lang="en")))
    work()
    assert session.scalars(select(Letter.lang)).all() == ["en"]
    assert len(letters()) == 1


def test_a_name_cannot_break_out_of_the_head(make, work, mails):
    comment = make.comment(make.practice("Дворы\nBcc: all@example.org"), author=make.person("Злой\nBcc: all@example.org"))
    work()
    [message] = mails()
    assert message["Subject"] == "Обсуждение практики «Дворы Bcc: all@example.org»" and message["Bcc"] is None
    assert message["From"].startswith('"Злой Bcc: all@example.org – ') and message["From"].addresses[0].addr_spec == "noreply@localhost"
    assert comment.author.email not in message.as_string()


def test_an_empty_reason_is_refused(make, session):
    with pytest.raises(Refused):
        make.practice().hide(by=SYSTEM, reason=" ")


def test_a_long_subject_keeps_its_spaces(make, session, work, letters):
    title = "Как мы заменили тысячу двести сорок светильников во дворах и вернули деньги за три года без вложений из бюджета"
    make.comment(make.practice(title), author=make.person("Анна Ветрова"))
    work()
    assert [subject for _, subject, _ in letters()] == [f"Обсуждение практики «{title}»"]
