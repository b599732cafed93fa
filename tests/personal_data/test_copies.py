"""A copy of one's data: asked for on the site, made by the worker, fetched by its owner only."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core.clock import now
from forum.core.letters import Letter
from forum.personal_data import copying
from forum.personal_data.models import COPY_KEPT, DataCopy
from forum.practices.models import Indicator, Resource, Step


@pytest.fixture
def work(app):
    def go(job):
        with app.app_context():
            return job()

    return go


def _ask(visitor):
    return visitor.client.post("/account/data/copies", data={"csrf_token": visitor.token()})


def _fetched(visitor, session) -> zipfile.ZipFile:
    copy = session.scalars(select(DataCopy)).one()
    answer = visitor.client.get(f"/account/data/copies/{copy.id}")
    assert answer.status_code == 200 and answer.mimetype == "application/zip"
    assert "attachment" in answer.headers["Content-Disposition"] and "no-store" in answer.headers["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_the_archive_holds_what_is_theirs_and_nobody_elses(visitor, make, session, work):
    me, other = make.person("Ирина Лапина"), make.person("Олег Сомов")
    mine, draft = make.practice("Тёплая остановка", author=me), make.practice("Черновик о дворах", author=me, state="draft")
    theirs = make.practice("Чужая практика", author=other)
    make.comment(theirs, "Мой вопрос о смете", author=me)
    make.comment(mine, "Чужой ответ", author=other)
    visitor.sign_in(me)
    assert _ask(visitor).status_code == 303
    assert "Ждёт своей очереди" in visitor.open("/account/data").text
    assert work(copying.make_due) == 1
    assert "Скачать архив" in visitor.open("/account/data").text
    archive = _fetched(visitor, session)
    everything = "\n".join(archive.read(name).decode() for name in archive.namelist())
    assert {mine.title, draft.title} <= {row["title"] for row in json.loads(archive.read("practices.json"))}
    assert "Мой вопрос о смете" in everything and me.email in everything
    assert "Чужая практика" not in everything and "Чужой ответ" not in everything and other.email not in everything
    assert "argon2" not in everything and "password_hash" not in everything
    assert "Каждый файл .json" in archive.read("README.txt").decode()
    letter = session.scalars(select(Letter).where(Letter.template == "personal_data_copy")).one()
    assert letter.to == me.email


def test_a_whole_card_is_in_the_archive_row_by_row(visitor, make, session, work):
    me = make.person()
    card = {
        "steps": [Step("Замерили улицы", "сентябрь", "отдел ЖКХ")],
        "resources": [Resource("act", "Постановление № 5")],
        "indicators": [Indicator("Расход", "кВт·ч", 100.5, 50.0)],
    }
    make.practice(author=me, **card)
    visitor.sign_in(me)
    _ask(visitor)
    work(copying.make_due)
    row = json.loads(_fetched(visitor, session).read("practices.json"))[0]
    assert row["steps"][0]["what"] == "Замерили улицы" and row["resources"][0]["what"] == "Постановление № 5"
    assert row["indicators"][0]["before"] == 100.5


def test_nobody_else_fetches_it(visitor, browser, make, session, work):
    visitor.sign_in(make.person())
    _ask(visitor)
    work(copying.make_due)
    copy = session.scalars(select(DataCopy)).one()
    stranger = browser()
    assert stranger.client.get(f"/account/data/copies/{copy.id}").status_code == 302
    stranger.sign_in(make.admin())
    assert stranger.client.get(f"/account/data/copies/{copy.id}").status_code == 404


def test_asking_twice_makes_one(visitor, make, session, work):
    visitor.sign_in(make.person())
    _ask(visitor)
    _ask(visitor)
    assert work(copying.make_due) == 1
    _ask(visitor)
    assert work(copying.make_due) == 0
    assert len(session.scalars(select(DataCopy)).all()) == 1


def test_a_worker_that_died_is_followed_by_another(visitor, make, session, work):
    visitor.sign_in(make.person())
    _ask(visitor)
    copy = session.scalars(select(DataCopy)).one()
    copy.taken_at = now()
    session.commit()
    assert work(copying.make_due) == 0
    copy.taken_at = now() - timedelta(hours=1)
    session.commit()
    assert work(copying.make_due) == 1
    session.refresh(copy)
    assert copy.ready and copy.parts_done == copy.parts_all > 10


def test_a_failure_is_told_and_can_be_tried_again(visitor, make, session, work, monkeypatch):
    visitor.sign_in(make.person())
    _ask(visitor)

    def broken(*_):
        raise OSError("disk full")

    with monkeypatch.context() as broken_disk:
        broken_disk.setattr(copying, "rows_of", broken)
        work(copying.make_due)
    assert "не получилось" in visitor.open("/account/data").text
    _ask(visitor)
    work(copying.make_due)
    assert "Скачать архив" in visitor.open("/account/data").text


def test_an_old_archive_goes_with_its_file(visitor, make, session, work, app):
    visitor.sign_in(make.person())
    _ask(visitor)
    work(copying.make_due)
    copy = session.scalars(select(DataCopy)).one()
    key = copy.key
    copy.done_at = now() - COPY_KEPT - timedelta(hours=1)
    session.commit()

    def tidy():
        copying.purge(copying.db.session())
        copying.db.session.commit()

    work(tidy)
    assert app.extensions["files"].get(key) is None
    assert session.scalar(select(DataCopy.id)) is None
