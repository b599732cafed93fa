"""A button pressed twice: one practice, and nothing of what was typed between the presses is lost."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from forum.attachments.models import Attachment
from forum.comments.models import Comment
from forum.moderation.models import Report
from forum.practices.models import Practice

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def author(make, visitor, fields):
    return visitor.sign_in(make.person())


def found(session, table=Practice):
    session.rollback()
    session.expire_all()
    rows = session.scalars(select(table)).all()
    session.rollback()
    return rows


def test_a_double_press_with_a_file_makes_one_practice_with_one_file(author, visitor, session, fields):
    for _ in range(2):
        visitor.post("/practices/new", 303, data=fields | {"files": (io.BytesIO(PDF), "смета.pdf")})
    assert len(found(session)) == 1 and len(found(session, Attachment)) == 1


def test_words_changed_between_two_presses_are_kept(author, visitor, session, fields):
    visitor.post("/practices/new", 303, data=fields | {"action": "draft"})
    visitor.post("/practices/new", 303, data=fields | {"summary": "Дописали потом."})
    (practice,) = found(session)
    assert practice.summary == "Дописали потом." and practice.is_published


def test_a_draft_saved_after_publishing_leaves_what_others_see(author, visitor, session, fields):
    visitor.post("/practices/new", 303, data=fields)
    visitor.post("/practices/new", 303, data=fields | {"summary": "Ещё не решил.", "action": "draft"})
    states = {practice.state: practice.summary for practice in found(session)}
    assert states == {"published": "Заменили светильники.", "draft": "Ещё не решил."}


def test_what_a_moderator_has_hidden_is_not_written_on(author, visitor, session, make, fields):
    visitor.post("/practices/new", 303, data=fields)
    (practice,) = found(session)
    practice.hide(by=make.actor(make.moderator()), reason="Реклама")
    session.commit()
    visitor.post("/practices/new", 303, data=fields | {"summary": "Снова."})
    assert sorted(practice.state for practice in found(session)) == ["hidden", "published"]


def pressed_twice(browser, address: str, fields: dict[str, str], statuses: set[int] = frozenset({302, 303})) -> list[str]:
    """Send a form twice at the same moment, over two connections with the cookies of one person; where both led."""
    token = browser.token()

    def press(client) -> str:
        answer = client.post(address, data=fields | {"csrf_token": token})
        assert answer.status_code in statuses, answer.status_code
        return answer.location

    clients = [browser.client, browser.app.test_client()]
    clients[1]._cookies.update(clients[0]._cookies)
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(press, clients))


DOUBLES = 12  # fifty by `make soak`


def test_double_presses_at_the_same_moment_make_one_each(make, browser, session, fields):
    on = make.practice()
    people = [browser().sign_in(make.person()) for _ in range(DOUBLES)]
    forms = [(f"/entries/{on.id}/comments", person.open(f"/entries/{on.id}/comments/new").form("/comments")) for person in people]
    new = [("/practices/new", person.open("/practices/new").form("/practices/new")) for person in people]
    assert len({form["once"] for _, form in forms + new}) == 2 * DOUBLES

    def press(number: int) -> None:
        ways = pressed_twice(people[number], forms[number][0], forms[number][1] | {"body": f"Мысль {number}"})
        assert ways[0] == ways[1]
        ways = pressed_twice(people[number], "/practices/new", new[number][1] | fields | {"title": "", "action": "draft"})
        assert ways[0] == ways[1]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(press, range(DOUBLES)))
    assert len(found(session, Comment)) == DOUBLES
    assert len([practice for practice in found(session) if practice.state == "draft"]) == DOUBLES


def test_a_double_press_with_a_file_and_a_mistake_makes_one_draft(author, visitor, session, fields):
    form = visitor.open("/practices/new").form("/practices/new") | fields | {"title": "", "started": "когда-то"}
    for _ in range(2):
        page = visitor.post("/practices/new", 422, data=form | {"files": (io.BytesIO(PDF), "смета.pdf")})
        assert page.form("/edit")["started"] == "когда-то"
    assert len(found(session)) == 1 and len(found(session, Attachment)) == 1


def test_what_is_kept_while_typing_and_what_is_sent_are_one_practice(author, visitor, session, fields):
    form = visitor.open("/practices/new").form("/practices/new") | fields
    visitor.post("/drafts", 200, data=form, headers={"Accept": "application/json"})
    visitor.post("/practices/new", 303, data=form)  # the script had not learnt the draft's address yet
    visitor.post("/drafts", 200, data=form, headers={"Accept": "application/json"})
    (practice,) = found(session)
    assert practice.is_published


def test_the_same_form_with_other_words_is_another_comment(make, visitor, session):
    practice = make.practice()
    visitor.sign_in(make.person())
    form = visitor.open(f"/entries/{practice.id}/comments/new").form("/comments")
    for words in ("Первый", "Первый", "Второй"):
        visitor.post(f"/entries/{practice.id}/comments", 303, data=form | {"body": words})
    assert sorted(comment.body for comment in found(session, Comment)) == ["Второй", "Первый"]


def test_a_report_sent_twice_is_one(make, visitor, session):
    practice = make.practice()
    visitor.sign_in(make.person())
    form = visitor.open(f"/entries/{practice.id}/reports/new").form("/reports") | {"reason": "spam", "note": "Реклама"}
    ways = [visitor.post(f"/entries/{practice.id}/reports", 302 if first else 303, data=form).response.location for first in (True, False)]
    assert ways[0] == ways[1] and len(found(session, Report)) == 1


def test_somebody_elses_key_is_nobodys(make, browser, session, fields):
    one, other = browser().sign_in(make.person()), browser().sign_in(make.person())
    form = one.open("/practices/new").form("/practices/new") | fields
    for person in (one, other):
        del form["csrf_token"]
        form["csrf_token"] = person.token()
        person.post("/practices/new", 303, data=form)
    assert len(found(session)) == 2
