"""The page of notices: what is shown, and that only pressing a button marks it as read."""

from forum.accounts.models import Person


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


def test_reading_the_page_marks_nothing_and_the_buttons_do(make, sign_in, work, session):
    practice = make.practice()
    for _ in range(3):
        make.comment(practice)
    work()
    me = sign_in(practice.author)
    page = me.open("/notifications")
    assert unread(session, practice.author) == 3
    action = next(
        f.get("action")
        for f in page.tree.iter("form")
        if (f.get("action") or "").endswith("/reading") and "notifications/r" not in f.get("action")
    )
    for _ in range(2):
        me.post(action, expect=303, data=page.form(action))
        assert unread(session, practice.author) == 2
    page = me.open("/notifications")
    assert page.text.count('class="unread"') == 2
    me.post("/notifications/reading", expect=303, data=page.form("/notifications/reading"))
    assert unread(session, practice.author) == 0
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
    assert "которая вам больше не видна" in text
    for words in ("Грубые", "Резкий", "Взятые", "Забывшая", "Оскорбление"):
        assert words not in text
    practice.hide(by=make.actor(admin), reason="Реклама")
    session.commit()
    me.sign_out()
    page = me.sign_in(reply.author).open("/notifications")
    assert "Секретный" not in page.text and "Светлые" not in page.text


def test_the_decision_of_a_moderator_stands_with_its_reason(make, sign_in, work):
    practice = make.practice("Светлые дворы")
    practice.hide(by=make.actor(make.moderator("Галина Миронова")), reason="Персональные данные жителей")
    work()
    page = sign_in(practice.author).open("/notifications")
    assert "Модератор скрыл вашу практику" in page.words and "Персональные данные жителей" in page.words
    assert "Миронова" not in page.words


def test_pages_list_each_once_at_the_same_cost(make, sign_in, work, count_queries):
    practice, writer = make.practice(), make.person()
    first = make.comment(practice, "Реплика 0", author=writer)
    make.comment(practice, "Ответ 0", author=practice.author, parent=first)
    make.comment(practice, "Реплика 1", author=writer)
    make.comment(practice, "Реплика 2", author=writer)
    work()
    me = sign_in(practice.author)
    few = count_queries(lambda: me.open("/notifications"))
    for number in range(3, 25):
        make.comment(practice, f"Реплика {number}", author=writer)
    work()
    assert count_queries(lambda: me.open("/notifications")) == few <= 12
    pages = [me.open("/notifications")]
    pages.append(me.open(next(link for link in pages[0].links() if "page=" in link)))
    shown = [link for page in pages for link in page.links() if link.startswith("/comments/")]
    assert len(shown) == len(set(shown)) == 25


def test_a_name_with_markup_stays_text(make, sign_in, work):
    make.comment(practice := make.practice("<b>Дворы"), author=make.person("<img src=x onerror=alert(1)>"))
    work()
    text = sign_in(practice.author).open("/notifications").text
    assert "&lt;img src=x" in text and "<img src=x" not in text and "<b>Дворы" not in text
