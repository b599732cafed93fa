"""A practice that did not work: what stood in the way, and what would have helped, from the form to files and programs."""

import json

import pytest
from sqlalchemy import select

from forum.practices.models import Practice


@pytest.fixture
def obstacles(make):
    return [make.obstacle("money"), make.obstacle("owners")]


def stored(session, id):
    found = session.get_one(Practice, id, populate_existing=True)
    session.commit()  # no lock is held while pages are asked for
    return found


def test_the_form_takes_them_and_the_page_the_passport_and_the_history_show_them(make, session, obstacles, sign_in):
    author = make.person()
    practice = make.practice(author=author, status="failed")
    me = sign_in(author)
    page = me.open(f"/practices/{practice.id}/edit")
    fields = page.form(f"/practices/{practice.id}/edit")
    assert fields["anonymous"] == "0" and "Если не сработало" in page.words  # without a script it is always there
    typed = {"obstacles": ["owners", "money"], "would_help": "**Договор** до закупки."}
    me.post(f"/practices/{practice.id}/edit", 303, data=fields | typed)
    kept = stored(session, practice.id)
    assert kept.obstacles == ["money", "owners"] and not kept.anonymous
    for address in (f"/practices/{practice.id}/{practice.slug}", f"/practices/{practice.id}/passport"):
        shown = me.open(address)
        assert "не нашлось денег" in shown.words and "Договор до закупки." in shown.words
    assert "не согласовали собственники" in me.open(f"/practices/{practice.id}/history/2").words


def test_what_is_typed_stays_when_something_else_is_wrong(make, obstacles, sign_in):
    author = make.person()
    practice = make.practice(author=author, status="failed")
    me = sign_in(author)
    fields = me.open(f"/practices/{practice.id}/edit").form(f"/practices/{practice.id}/edit")
    page = me.post(f"/practices/{practice.id}/edit", 422, data=fields | {"title": "", "obstacles": "money", "anonymous": "1"})
    again = page.form(f"/practices/{practice.id}/edit")
    assert again["obstacles"] == "money" and again["anonymous"] == "1"


def test_the_name_can_be_kept_back_where_it_did_not_work_and_only_by_its_author(make, session, obstacles, browser):
    author = make.person()
    practice, worked = make.practice(author=author, status="failed"), make.practice(author=author)
    me = browser().sign_in(author)

    def send(who, which, expect, **more):
        fields = who.open(f"/practices/{which.id}/edit").form(f"/practices/{which.id}/edit")
        return who.post(f"/practices/{which.id}/edit", expect, data=fields | more)

    refused = send(me, worked, 422, anonymous="1")
    assert "у практики, которая не сработала" in refused.words
    send(me, practice, 303, anonymous="1")
    assert stored(session, practice.id).anonymous and not stored(session, worked.id).anonymous
    send(browser().sign_in(make.moderator()), practice, 303, anonymous="0", title="Поправили", reason="Опечатка")
    assert stored(session, practice.id).anonymous
    fields = me.open(f"/practices/{practice.id}/edit").form(f"/practices/{practice.id}/edit")
    fields.pop("anonymous")  # a program that knows nothing of it does not name anybody
    me.post(f"/practices/{practice.id}/edit", 303, data=fields | {"status": "finished"})
    assert stored(session, practice.id).anonymous  # nor does another status


def test_an_old_version_that_comes_back_does_not_name_the_author(make, session, obstacles, sign_in):
    author = make.person()
    practice = make.practice(author=author, status="failed")
    me = sign_in(author)
    fields = me.open(f"/practices/{practice.id}/edit").form(f"/practices/{practice.id}/edit")
    me.post(f"/practices/{practice.id}/edit", 303, data=fields | {"title": "Иначе", "anonymous": "1"})
    me.post(f"/practices/{practice.id}/history/1", 303)
    assert stored(session, practice.id).anonymous


def test_files_bring_them_and_take_them_back(app, make, session, obstacles, tmp_path):
    make.region(), make.nomination(), make.admin()
    row = {"external_id": "a-1", "title": "Баки", "summary": "Коротко", "status": "failed", "region": "40", "municipality": "Обнинск"}
    row |= {"obstacles": ["money"], "would_help": "Насос", "anonymous": True}
    bad = row | {"external_id": "a-2", "obstacles": ["weather"]}
    file, back = tmp_path / "in.jsonl", tmp_path / "out.csv"
    file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in (row, bad)), encoding="utf-8")
    run = app.test_cli_runner().invoke
    done = run(args=["practices", "import", str(file), "--publish"])
    assert done.exit_code == 1 and "in.jsonl:2: obstacles" in done.output
    kept = session.scalar(select(Practice).where(Practice.external_id == "a-1"))
    assert (kept.obstacles, kept.would_help, kept.anonymous) == (["money"], "Насос", True)
    session.commit()
    run(args=["practices", "export", str(back)])
    assert "без изменений: 1" in run(args=["practices", "import", str(back)]).output


def test_programs_write_and_read_them(make, session, obstacles, program):
    author = make.person()
    practice = make.practice(author=author, status="failed", contact="Приёмная")
    mine, guest, address = program(author), program(), f"/practices/{practice.id}"
    assert (guest.get(address)["obstacles"], guest.get(address)["author"]["name"]) == ([], author.name)
    mine.patch(address, {"obstacles": ["owners"], "would_help": "Договор", "anonymous": True})
    answer = guest.get(address)
    assert (answer["obstacles"], answer["would_help"], answer["anonymous"]) == (["owners"], "Договор", True)
    assert answer["author"] == {"name": None, "handle": None} and "contact" not in program(make.person()).get(address)
    assert mine.patch(address, {"obstacles": ["weather"]}, 422)["errors"].keys() == {"obstacles"}
    program(make.moderator()).patch(address, {"anonymous": False}, 403)
    assert [one["code"] for one in guest.get("/obstacles")["items"]] == ["money", "owners"]
