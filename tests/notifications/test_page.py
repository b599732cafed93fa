"""The page of notices: what is shown, and that only pressing a button marks it as read."""

import re

import pytest

from forum.accounts.models import Person
from forum.core import events
from forum.core.actor import SYSTEM
from forum.notifications import together


def unread(session, person):
    session.commit()
    found = session.get_one(Person, person.id, populate_existing=True).unread
    session.commit()
    return found


def test_notices_lead_to_what_they_tell_of(make, sign_in, work):
    practice = make.practice("Светлые дворы")
    comment = make.comment(practice, "Кто считал экономию?", author=make.person("Анна Ветрова"))
    work()
    page = sign_in(practice.author).open("/notifications")
    assert "Анна Ветрова – комментарий к вашей практике «Светлые дворы»" in page.words
    assert "Кто считал экономию?" in page.words and f"/comments/{comment.id}" in page.links()
    assert 'class="count">1<' in page.text


def test_a_title_in_quotes_and_a_quotation_are_not_taken_for_the_writers(make, sign_in, work):
    practice = make.practice("«Следующая остановка» – на двух языках")
    for words in ("Первое слово", "[Анна Лугова](/comments/1), @lugova:\n\n> Кто считал экономию?\n\nСчитал подрядчик."):
        make.comment(practice, words, author=make.person("Игорь Лапин"))
        work()
        page = sign_in(practice.author).open("/notifications")
        assert "к вашей практике «„Следующая остановка“ – на двух языках»" in page.words or "вашу практику «„Следующая" in page.words
    assert "Считал подрядчик." in page.words and "Кто считал" not in page.words


def test_reading_the_page_marks_nothing_and_the_buttons_do(make, sign_in, work, session):
    author = make.person()
    for _ in range(3):
        make.comment(make.practice(author=author))
    work()
    me = sign_in(author)
    page = me.open("/notifications")
    assert unread(session, author) == 3
    action = next(
        f.get("action")
        for f in page.tree.iter("form")
        if (f.get("action") or "").endswith("/reading") and "notifications/r" not in f.get("action")
    )
    for _ in range(2):
        me.post(action, expect=303, data=page.form(action))
        assert unread(session, author) == 2
    page = me.open("/notifications")
    assert page.text.count('class="unread"') == me.open("/notifications?show=unread").text.count('class="unread"') == 2
    me.post("/notifications/reading", expect=303, data=page.form("/notifications/reading"))
    assert unread(session, author) == 0
    assert "Всё прочитано" in me.open("/notifications?show=unread").words
    assert 'class="unread"' not in me.open("/notifications").text


def test_others_notices_can_neither_be_seen_nor_marked(make, sign_in, browser, work, session):
    practice = make.practice("Светлые дворы")
    make.comment(practice)
    work()
    stranger = browser().sign_in(make.person())
    assert "Светлые дворы" not in stranger.open("/notifications").text
    stranger.post("/notifications/1/reading", expect=303)
    assert unread(session, practice.author) == 1
    browser().open("/notifications", expect=302)


def test_a_notice_of_what_is_gone_keeps_no_words_of_it(make, sign_in, work, session):
    practice, admin = make.practice("Светлые дворы"), make.admin()
    hidden = make.comment(practice, "Грубые слова", author=make.person("Пётр Резкий"))
    taken = make.comment(practice, "Взятые назад", author=make.person("Анна Забывшая"))
    reply = make.comment(practice, "Вопрос")
    make.comment(practice, "Секретный ответ", author=make.person("Кто-то Другой"), parent=reply)
    work()
    hidden.hide(by=make.actor(admin), reason="Оскорбление")
    taken.withdraw(by=make.actor(taken.author))
    session.commit()
    me = sign_in(practice.author)
    text = me.open("/notifications").text
    for words in ("Грубые", "Резкий", "Взятые", "Забывшая", "Оскорбление"):
        assert words not in text
    practice.hide(by=make.actor(admin), reason="Реклама")
    session.commit()
    me.sign_out()
    page = me.sign_in(reply.author).open("/notifications")
    assert "которая вам больше не видна" in page.words
    assert "Секретный" not in page.text and "Светлые" not in page.text


def test_the_decision_of_a_moderator_stands_with_its_reason(make, sign_in, work):
    practice = make.practice("Светлые дворы")
    practice.hide(by=make.actor(make.moderator("Галина Миронова")), reason="Персональные данные жителей")
    work()
    page = sign_in(practice.author).open("/notifications")
    assert "Модератор скрыл вашу практику" in page.words and "Персональные данные жителей" in page.words
    assert "Миронова" not in page.words


def test_pages_list_each_once_at_the_same_cost(make, session, sign_in, work, count_queries):
    author, writer = make.person(), make.person()

    def more(comments):
        for number in range(comments):
            make.comment(make.practice(author=author), f"Реплика {number}", author=writer)
        make.practice(author=author).hide(by=SYSTEM, reason="Реклама")
        work()

    events.record(session, "trust.raised", by=SYSTEM, person_id=author.id)
    more(comments=2)
    me = sign_in(author)
    few = count_queries(lambda: me.open("/notifications"))
    for _ in range(18):
        events.record(session, "trust.raised", by=SYSTEM, person_id=author.id)
    more(comments=4)
    assert count_queries(lambda: me.open("/notifications")) == few <= 12
    pages = [me.open("/notifications")]
    pages.append(me.open(next(link for link in pages[0].links() if "page=" in link)))
    shown = re.findall(r'action="/notifications/(\d+)/reading"', pages[0].text + pages[1].text)
    assert len(shown) == len(set(shown)) == 27


def test_several_voices_on_one_entry_are_one_line_with_the_last_first(make, sign_in, work, session):
    practice = make.practice("Светлые дворы")
    heard = [
        "Анна – комментарий к вашей практике",
        "Борис и Анна прокомментировали вашу практику",
        "Вера, Борис и ещё один человек прокомментировали вашу практику",
        "Глеб, Вера и ещё двое прокомментировали вашу практику",
        "Дина, Глеб и ещё трое прокомментировали вашу практику",
    ]
    me = sign_in(practice.author)
    for name, words in zip(("Анна", "Борис", "Вера", "Глеб", "Дина"), heard, strict=True):
        said = make.comment(practice, f"Говорит {name}", author=make.person(name))
        work()
        page = me.open("/notifications")
        assert f"{words} «Светлые дворы»" in page.words and f"Говорит {name}" in page.words
        assert f"/comments/{said.id}" in page.links() and unread(session, practice.author) == 1
    said.hide(by=SYSTEM, reason="Оскорбление")
    session.commit()
    page = me.open("/notifications")
    assert "Глеб, Вера и ещё двое" in page.words and "Дина" not in page.words


def test_one_voice_is_counted(make, sign_in, work):
    practice, writer = make.practice("Светлые дворы"), make.person("Анна Ветрова")
    for _ in range(3):
        make.comment(practice, author=writer)
    work()
    assert "Анна Ветрова – 3 комментария к вашей практике «Светлые дворы»" in sign_in(practice.author).open("/notifications").words


@pytest.mark.parametrize(
    ("others", "words"), [(6, "шестеро"), (7, "семеро"), (8, "8 человек"), (19, "19 человек"), (20, "20 человек"), (22, "22 человека")]
)
def test_the_others_are_counted_as_russian_counts(app, others, words):
    with app.test_request_context():
        assert together.who(["А"] * (others + 2)) == f"А, А и ещё {words}"


def test_after_reading_a_new_line_begins(make, sign_in, work, session):
    practice = make.practice()
    make.comment(practice, author=make.person("Анна"))
    work()
    me = sign_in(practice.author)
    me.post("/notifications/reading", expect=303)
    make.comment(practice, author=make.person("Борис"))
    work()
    page = me.open("/notifications")
    assert unread(session, practice.author) == 1 and page.text.count('class="unread"') == 1
    assert "Борис – комментарий" in page.words and "Анна – комментарий" in page.words


def test_a_name_with_markup_stays_text(make, sign_in, work):
    make.comment(practice := make.practice("<b>Дворы"), author=make.person("<img src=x onerror=alert(1)>"))
    work()
    text = sign_in(practice.author).open("/notifications").text
    assert "&lt;img src=x" in text and "<img src=x" not in text and "<b>Дворы" not in text
