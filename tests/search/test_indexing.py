"""From the database to the index: nothing lost, nothing stale, nothing hidden."""

import pytest
from sqlalchemy import event, func, select

from forum.core.actor import SYSTEM
from forum.search import indexing
from forum.search.models import Queued
from forum.search.port import Query, person_document
from forum.search.queue import waiting


@pytest.fixture
def engine(app):
    yield app.extensions["search"]
    app.extensions["search"].close()


@pytest.fixture
def find(engine, session):
    def go(text, **more):
        indexing.drain(session, engine)
        return [hit.id for hit in engine.search(Query(text, **more)).hits]

    return go


def test_publishing_queues_in_the_same_transaction(make, session):
    practice = make.practice()
    assert session.scalar(select(func.count()).select_from(Queued).where(Queued.document_id == practice.id)) > 0
    session.rollback()


def test_a_rolled_back_change_is_not_queued(make, session, engine):
    practice = make.practice()
    indexing.drain(session, engine)
    practice = session.get(type(practice), practice.id)
    practice.title = "Не бывать"
    session.flush()
    assert waiting(session) == 1
    session.rollback()
    assert waiting(session) == 0


def test_what_is_published_is_found_by_other_word_forms(make, find):
    practice = make.practice("Детские площадки у школ")
    assert find("площадок для ребёнка") == [practice.id]


def test_drafts_and_waiting_entries_are_not_indexed(make, find):
    make.practice("Тайная черновая затея", state="draft")
    make.practice("Тайная ждущая затея", state="waiting")
    assert find("тайная затея") == []


def test_an_edited_entry_is_found_by_its_new_words_only(make, find, session):
    practice = make.practice("Велодорожки вдоль набережной")
    assert find("велодорожки") == [practice.id]
    fresh = session.get(type(practice), practice.id)
    fresh.title = "Самокаты вдоль набережной"
    fresh.touch(words=True)
    session.commit()
    assert find("велодорожки") == []
    assert find("самокат") == [practice.id]


def test_hiding_a_practice_takes_its_comments_out_too(make, find, session):
    practice = make.practice("Раздельный сбор мусора")
    comment = make.comment(practice, "Контейнеры покупали за счёт субсидии")
    assert find("субсидия", kinds=["comment"]) == [comment.id]
    session.get(type(practice), practice.id).hide(by=SYSTEM, reason="Ошибка")
    session.commit()
    assert find("субсидия") == []
    assert find("мусор") == []
    session.get(type(practice), practice.id).restore(by=SYSTEM)
    session.commit()
    assert find("субсидия") == [comment.id]


def test_drain_empties_the_queue_in_batches(make, session, engine):
    author = make.person()
    entries = [make.practice(f"Практика номер {n}", author=author) for n in range(5)]
    assert indexing.drain(session, engine, batch=2) >= 5
    assert waiting(session) == 0
    assert engine.versions().keys() == {*(entry.id for entry in entries), person_document(author.id)}


def test_check_names_what_is_missing_extra_and_stale(make, session, engine):
    author = make.person()
    first, second = make.practice(author=author), make.practice(author=author)
    before = {one.id: one.version for one in (first, second)}
    indexing.drain(session, engine)
    assert indexing.differences(session, engine) == []
    first.touch()
    second.unpublish(by=SYSTEM)
    third = make.practice(author=author)
    assert indexing.differences(session, engine) == [
        f"missing {third.id} (version {third.version})",
        f"extra {second.id} (version {before[second.id]})",
        f"stale {first.id} (index {before[first.id]}, database {first.version})",
    ]


def test_rebuild_gives_the_same_as_draining(make, session, engine):
    practice = make.practice("Школьный автобус")
    make.comment(practice, "Автобус купили в лизинг")
    seen: list[int] = []
    assert indexing.rebuild(session, engine, seen.append) == 4  # two authors
    assert sum(seen) == 4
    assert waiting(session) == 0
    assert indexing.differences(session, engine) == []


def test_the_number_of_queries_of_a_drain_does_not_grow(make, session, engine):
    statements: list[str] = []
    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", lambda *args: statements.append(args[2]))

    def queries():
        statements.clear()
        indexing.drain(session, engine)
        return len(statements)

    make.comment(make.practice(tags=["дворы", "свет"]))
    few = queries()
    for _ in range(6):
        make.comment(make.practice(tags=["дворы", "свет"]))
    assert queries() == few > 0


def test_people_are_found_by_name_position_and_place_while_they_have_a_public_face(make, find, session):
    person = make.person("Зоя Верещагина", position="Инженер по благоустройству", municipality=make.place("Обнинск"))
    make.person("Зоя Тайная", confirmed=False)
    assert find("Верещагиной") == [person_document(person.id)]
    assert find("зоя", kinds=["person"]) == [person_document(person.id)]
    assert find("инженер обнинск") == [person_document(person.id)]


def test_a_new_name_reaches_the_person_and_all_they_wrote(make, find, session):
    author = make.person("Зоя Верещагина")
    practice = make.practice("Светлые дворы", author=author)
    assert set(find("верещагина", filters={"author": ["верещагина"]})) == {person_document(author.id)}
    session.get(type(author), author.id).name = "Зоя Громова"
    session.commit()
    assert find("дворы", filters={"author": ["зоя громова"]}) == [practice.id]
    assert find("верещагина") == []


def test_what_is_only_seen_of_a_person_queues_nothing(make, session, engine):
    author = make.person()
    indexing.drain(session, engine)
    session.get(type(author), author.id).unread = 7
    session.commit()
    assert waiting(session) == 0
