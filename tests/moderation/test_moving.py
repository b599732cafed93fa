"""Moving a practice, splitting a discussion, pinning and correcting a comment: with a reason, told, within one's regions."""

import io

import pytest
from sqlalchemy import select

from forum.accounts.tokens import new_api_token
from forum.attachments.models import Attachment
from forum.comments.models import Comment
from forum.core.events import Event
from forum.entries.models import Entry
from forum.practices.models import Practice
from forum.search.models import Queued
from forum.worker import drain


@pytest.fixture
def moderator(make, browser):
    return browser().sign_in(make.moderator("Галина Миронова", region="69"))


def fresh(session, kind, id):
    session.commit()
    found = session.get_one(kind, id, populate_existing=True)
    session.commit()
    return found


def test_a_practice_moves_to_another_nomination_and_town(make, session, moderator):
    practice, town = make.practice(nomination=1), make.place("Тверь", region="69")
    comment = make.comment(practice)
    make.nomination(2)
    form = moderator.open(f"/entries/{practice.id}/moving").form("/moving")
    moderator.post(f"/entries/{practice.id}/moving", **form | {"nomination": "2", "municipality": "Тверь", "reason": "Это о другом городе"})
    moved = fresh(session, Practice, practice.id)
    assert (moved.nomination_id, moved.municipality_id, moved.region, moved.region_code) == (2, town.id, "69", "69")
    assert fresh(session, Comment, comment.id).region_code == "69"
    event = session.scalar(select(Event).where(Event.kind == "moderation.moved"))
    assert (event.reason, event.person_id, event.data["before"]["region"]) == ("Это о другом городе", practice.author_id, "40")
    assert {practice.id, comment.id} <= set(session.scalars(select(Queued.document_id)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"nomination": "2"}, "Укажите причину"),
        ({"reason": "Так"}, "Запись уже там"),
        ({"reason": "Так", "municipality": "Нетаково"}, "Такого названия в справочнике нет"),
        ({"reason": "Так", "nomination": "77"}, ""),
    ],
)
def test_a_wrong_move_is_told_and_changes_nothing(make, session, moderator, change, words):
    practice = make.practice()
    make.nomination(2)
    page = moderator.post(f"/entries/{practice.id}/moving", 422, **change)
    assert words in page.text
    assert fresh(session, Practice, practice.id).nomination_id == 1


def test_a_regional_moderator_moves_within_their_regions_only(make, session, browser):
    regional = browser().sign_in(make.moderator("Сергей Рощин", regions=["40"]))
    practice, foreign = make.practice(), make.practice(municipality=make.place("Тверь", region="69"))
    near = make.place("Обнинск")
    refused = regional.post(f"/entries/{practice.id}/moving", 422, municipality="Тверь", reason="Туда").words
    assert "не в ваших регионах" in refused
    regional.post(f"/entries/{foreign.id}/moving", 403, municipality="Обнинск", reason="Сюда")
    regional.post(f"/entries/{practice.id}/moving", municipality="Обнинск", reason="Сюда")
    assert fresh(session, Practice, practice.id).municipality_id == near.id
    # The form of the practice is no way round.
    form = regional.open(f"/practices/{practice.id}/edit").form(f"/practices/{practice.id}/edit")
    page = regional.post(f"/practices/{practice.id}/edit", 422, data=form | {"municipality": "Тверь", "reason": "Туда", "action": "save"})
    assert "не в ваших регионах" in page.words
    assert fresh(session, Practice, practice.id).region_code == "40"


@pytest.fixture
def talk(make):
    """A thread of four, another beside it, and a second discussion."""
    here, there = make.practice("Здесь"), make.practice("Там", municipality=make.place(region="69"))
    top = make.comment(here, "Первый")
    answer = make.comment(here, "Ответ", parent=top)
    deeper = make.comment(here, "Ответ на ответ", parent=answer)
    beside = make.comment(here, "Ответ рядом", parent=top)
    other = make.comment(here, "Другая ветка")
    return here, there, {"top": top, "answer": answer, "deeper": deeper, "beside": beside, "other": other}


def places(session, comments):
    session.commit()
    rows = {id: (on, thread, parent) for id, on, thread, parent in session.execute(
        select(Comment.id, Comment.on_id, Comment.thread_id, Comment.parent_id))}  # fmt: skip
    session.commit()
    return {name: rows[comment.id] for name, comment in comments.items()}


def test_a_branch_moves_with_its_answers_and_links_follow(talk, session, moderator, browser):
    here, there, comments = talk
    answer, deeper, top = comments["answer"], comments["deeper"], comments["top"]
    address = f"http://127.0.0.1:8000/practices/{there.id}/tam?page=2"
    moderator.post(f"/entries/{answer.id}/moving", discussion=address, reason="Это о другом")
    now = places(session, comments)
    assert now["answer"] == (there.id, None, None)
    assert now["deeper"] == (there.id, answer.id, answer.id)
    assert now["beside"] == (here.id, top.id, top.id)
    left, right = fresh(session, Practice, here.id), fresh(session, Practice, there.id)
    assert (left.comments_count, right.comments_count, right.list_comments) == (3, 2, 2)
    assert fresh(session, Entry, deeper.id).region_code == "69"
    guest = browser()
    assert guest.open(f"/comments/{deeper.id}", 302).response.location == f"/practices/{there.id}/{there.slug}#comment-{deeper.id}"
    assert "Ответ на ответ" in guest.open(f"/practices/{there.id}/{there.slug}").words
    assert "Ответ на ответ" not in guest.open(f"/practices/{here.id}/{here.slug}").words
    assert {answer.id, deeper.id} <= set(session.scalars(select(Queued.document_id)))


def test_all_whose_answers_went_along_are_told_once(app, make, talk, session, moderator, browser):
    _, there, comments = talk
    along, apart = make.person(), make.person()
    for text in ("Я отвечу", "И ещё отвечу"):
        make.comment(talk[0], text, parent=comments["answer"], author=along)
    make.comment(talk[0], "Мой ответ остаётся", parent=comments["top"], author=apart)
    moderator.post(f"/entries/{comments['answer'].id}/moving", discussion=str(there.id), reason="Это о другом")
    with app.app_context():
        drain()
    told = browser().sign_in(along).open("/notifications").words
    assert told.count("перенёс комментарий, на который вы ответили") == 1 and "Это о другом" in told
    assert "перенёс" not in browser().sign_in(apart).open("/notifications").words


def test_a_whole_thread_moves(talk, session, moderator):
    here, there, comments = talk
    moderator.post(f"/entries/{comments['top'].id}/moving", discussion=str(there.id), reason="Это о другом")
    now = places(session, comments)
    assert {name for name, (on, *_rest) in now.items() if on == there.id} == {"top", "answer", "deeper", "beside"}
    assert now["deeper"] == (there.id, comments["top"].id, comments["answer"].id)


@pytest.mark.parametrize("target", ["", "нет такой", "999999", "COMMENT", "DRAFT", "SAME"])
def test_a_discussion_to_move_to_must_be_there(talk, make, session, moderator, target):
    here, _there, comments = talk
    known = {"COMMENT": comments["other"].id, "SAME": here.id}
    number = known.get(target) or (make.practice(state="draft").id if target == "DRAFT" else target)
    moderator.post(f"/entries/{comments['top'].id}/moving", 422, discussion=str(number), reason="Так")
    assert {on for on, *_rest in places(session, comments).values()} == {here.id}


def test_a_regional_moderator_splits_only_into_their_regions(talk, session, browser, make):
    here, there, comments = talk
    regional = browser().sign_in(make.moderator("Сергей Рощин", regions=["40"]))
    page = regional.post(f"/entries/{comments['top'].id}/moving", 422, discussion=str(there.id), reason="Так")
    assert "не в ваших регионах" in page.words
    assert {on for on, *_rest in places(session, comments).values()} == {here.id}


def test_a_pinned_comment_stands_first_and_only_once(make, session, moderator, browser):
    practice = make.practice()
    comments = [make.comment(practice, f"Комментарий {number}") for number in range(25)]
    last, address = comments[-1], f"/practices/{practice.id}/{practice.slug}"
    moderator.post(f"/entries/{last.id}/pin", reason="Ответ на главный вопрос")
    guest = browser()
    for order in ("", "?order=new", "?order=best"):
        page = guest.open(address + order).text
        assert page.index(f'id="comment-{last.id}"') < page.index('id="comment-', page.index(f'id="comment-{last.id}"') + 5)
        assert page.count(f'id="comment-{last.id}"') == 1
    assert "закреплён" in guest.open(address).words
    second = guest.open(next(link for link in guest.open(address).links() if "page=" in link and "#discussion" in link)).text
    assert f'id="comment-{last.id}"' not in second
    assert guest.open(f"/comments/{last.id}", 302).response.location == f"{address}#comment-{last.id}"
    for comment in (comments[0], comments[19], comments[20], comments[23]):
        assert f'id="comment-{comment.id}"' in guest.open(guest.open(f"/comments/{comment.id}", 302).response.location).text
    moderator.post(f"/entries/{last.id}/pin", pinned="0")
    assert fresh(session, Practice, practice.id).pinned_id is None


def test_what_cannot_be_pinned_is_refused(make, moderator):
    practice = make.practice()
    top = make.comment(practice)
    answer = make.comment(practice, parent=top)
    for entry in (practice, answer):
        moderator.post(f"/entries/{entry.id}/pin", 422, reason="Важно")
    assert "Укажите причину" in moderator.post(f"/entries/{top.id}/pin", 422, reason="").words


def test_a_moderator_corrects_a_comment_and_the_former_words_stay(make, session, moderator, browser):
    comment = make.comment(make.practice(), "Звоните Ивановой: 8 900 000-00-00")
    form = moderator.open(f"/entries/{comment.id}/wording").form("/wording")
    assert "Укажите причину" in moderator.post(f"/entries/{comment.id}/wording", 422, **form | {"body": "Звоните в отдел"}).words
    moderator.post(f"/entries/{comment.id}/wording", **form | {"body": "Звоните в отдел", "reason": "Личный телефон"})
    assert fresh(session, Comment, comment.id).body == "Звоните в отдел"
    assert session.scalar(select(Event.reason).where(Event.kind == "moderation.edited")) == "Личный телефон"
    session.commit()
    assert "Ивановой" in browser().open(f"/comments/{comment.id}/history").words
    stale = moderator.post(f"/entries/{comment.id}/wording", 422, **form | {"body": "Ещё раз", "reason": "Так"})
    assert "автор изменил запись" in stale.words
    assert "Ещё раз" in stale.text


def test_a_moderator_corrects_a_practice_with_a_reason(make, session, moderator):
    practice = make.practice("Светлые дворы")
    form = moderator.open(f"/practices/{practice.id}/edit").form(f"/practices/{practice.id}/edit") | {"action": "save"}
    page = moderator.post(f"/practices/{practice.id}/edit", 422, data=form | {"title": "Светлые улицы"})
    assert "Укажите причину" in page.words
    assert "Светлые улицы" in page.text
    form = page.form(f"/practices/{practice.id}/edit") | {"action": "save"}
    moderator.post(f"/practices/{practice.id}/edit", 303, data=form | {"reason": "Опечатка"})
    assert fresh(session, Practice, practice.id).title == "Светлые улицы"
    event = session.scalar(select(Event).where(Event.kind == "moderation.edited"))
    assert (event.reason, event.person_id) == ("Опечатка", practice.author_id)


def test_a_moderator_changes_files_alone_with_a_reason_too(make, session, moderator, browser):
    practice = make.practice("Светлые дворы")
    author, address = practice.author_id, f"/practices/{practice.id}/edit"
    own = browser().sign_in(practice.author)
    table = {"files": (io.BytesIO(b"a;b\n1;2\n"), "plan.csv"), "action": "upload"}
    own.post(address, 200, data=own.open(address).form(address) | table)
    page = moderator.open(address)
    form = page.form(address) | {"action": "save", "attachments-0-remove": "y"}
    assert "Укажите причину" in moderator.post(address, 422, data=form).words
    more = {"files": (io.BytesIO(b"a;b\n1;2\n"), "smeta.csv"), "action": "upload"}
    assert "smeta.csv: Укажите причину" in moderator.post(address, 422, data=page.form(address) | more).words
    assert len(session.scalars(select(Attachment.id)).all()) == 1
    session.commit()
    moderator.post(address, 303, data=form | {"reason": "На снимке дети"})
    assert session.scalar(select(Attachment.id)) is None
    event = session.scalars(select(Event).where(Event.kind == "moderation.edited")).one()
    assert (event.reason, event.person_id) == ("На снимке дети", author)
    session.commit()
    log = moderator.open("/moderation/log")
    assert "Изменены файлы" in log.words and "Исправлен текст" not in log.tree.findtext(".//ol[@class='log']//b")
    assert not [link for link in log.links() if link.startswith(f"/moderation/log/{event.id}/undoing")]  # nothing to bring back


def test_a_moderators_program_says_why_too(make, session, app):
    practice, person = make.practice("Светлые дворы"), make.moderator()
    row, text = new_api_token(person.id, "Правки", "write")
    session.add(row)
    session.commit()
    client, headers, address = app.test_client(), {"Authorization": f"Bearer {text}"}, f"/api/v1/practices/{practice.id}"
    assert client.patch(address, json={"title": "Светлые улицы", "reason": "Опечатка"}, headers=headers).status_code == 200
    assert session.scalar(select(Event.reason).where(Event.kind == "moderation.edited")) == "Опечатка"


def test_the_author_needs_no_reason(make, session, browser):
    practice = make.practice("Светлые дворы")
    author = browser().sign_in(practice.author)
    page = author.open(f"/practices/{practice.id}/edit")
    assert "Почему вы правите" not in page.words
    form = page.form(f"/practices/{practice.id}/edit")
    author.post(f"/practices/{practice.id}/edit", 303, data=form | {"title": "Светлые улицы", "action": "save"})
    assert session.scalar(select(Event.id).where(Event.kind == "moderation.edited")) is None
