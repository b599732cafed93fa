"""The dump: all that everybody may read, nothing else, and it can be trusted to be whole."""

import csv
import hashlib
import io
import json
from datetime import timedelta

from forum.adoptions.models import Adoption
from forum.core.clock import now
from forum.open_data.adoptions import ADOPTIONS
from forum.open_data.models import Dump
from forum.open_data.practices import PRACTICES
from forum.open_data.requests import REQUESTS
from forum.practices.models import Practice
from forum.solution_requests.models import SolutionRequest


def test_the_dump_holds_what_guests_read_and_nothing_else(make, session, dumped, lines):
    author = make.person("Евдокия Тайная", email="evdokia.secret@example.org")
    shown = make.practice("Открытая", author=author, contact="Звоните Евдокии, 8 900 000-00-00", tags=["дворы"])
    for state in ("draft", "waiting", "hidden", "withdrawn"):
        make.practice(f"Скрытая {state}", state=state, author=author)
    gone = make.practice("Спрятанная позже")
    adoption = make.adoption(shown, make.person("Аноним Внедряющий", region="69"), stage="refused")
    make.adoption(gone, make.person("Аноним Второй", region="69"))
    gone.hide(by=make.actor(make.moderator()), reason="Проверяем")
    make.comment(shown, "Комментарий не для архива")
    make.place("Ненастоящий", verified=False)
    failed = make.practice("Не вышло", status="failed", author=make.person("Аноним Третий"))
    failed.anonymous = True
    session.commit()

    files = dumped()

    assert [row["id"] for row in lines(files["practices.jsonl"])] == [shown.id, failed.id]
    assert [row["id"] for row in lines(files["adoptions.jsonl"])] == [adoption.id]
    everything = "\n".join(files.values())
    for secret in ("Скрытая", "Спрятанная", "Евдоки", "8 900", "@example.org", "Тайная", "Аноним", "Комментарий не для", "Ненастоящий"):
        assert secret not in everything, secret


def test_both_shapes_say_the_same_and_the_description_fits(make, dumped, lines):
    for number in range(3):
        make.practice(f"Дворы {number}")
    files = dumped()
    package = json.loads(files["datapackage.json"])
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    for resource in package["resources"]:
        rows = list(csv.reader(io.StringIO(files[resource["path"]], newline=""), delimiter=resource["dialect"]["delimiter"]))
        assert rows[0] == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert len(rows) - 1 == resource["rows"] == len(lines(files[f"{resource['name']}.jsonl"]))
    assert next(one["rows"] for one in package["resources"] if one["name"] == "practices") == 3


def test_a_dump_comes_back_through_the_import(app, make, session, dumped, tmp_path):
    practice = make.practice("Светлые дворы", external_id="svet-1", tags=["дворы"])
    (tmp_path / "practices.csv").write_text(dumped()["practices.csv"], "utf-8-sig")
    make.admin()
    result = app.test_cli_runner().invoke(args=["practices", "import", str(tmp_path / "practices.csv")])
    assert "обновлено: 0, без изменений: 1, с ошибками: 0" in result.output, result.output
    session.refresh(practice)
    assert practice.title == "Светлые дворы"


def test_the_page_names_size_and_hash_and_the_file_has_them(make, visit, visitor, dumped, session):
    assert "ближайшей ночью" in visit("/open-data").words
    make.practice()
    dumped()
    dump = session.query(Dump).one()
    answer = visitor.client.get("/open-data/dump.zip")
    assert hashlib.sha256(answer.data).hexdigest() == dump.sha256
    assert len(answer.data) == dump.size == int(answer.headers["Content-Length"])
    assert dump.sha256 in visit("/open-data").words
    again = visitor.client.get("/open-data/dump.zip", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_old_dumps_go_with_their_files_and_the_last_one_stays(app, make, session, dumped):
    make.practice()
    dumped()
    old = session.query(Dump).one()
    old.made_at = now() - timedelta(days=5)
    session.commit()
    dumped()
    session.expire_all()
    (kept,) = session.query(Dump).all()
    assert list(app.extensions["files"].keys()) == [kept.key]


def test_every_text_of_a_card_is_in_its_set():
    assert set(Practice.MARKDOWN) <= {field.name for field in PRACTICES.fields}
    assert set(Adoption.MARKDOWN) <= {field.name for field in ADOPTIONS.fields}
    assert set(SolutionRequest.MARKDOWN) <= {field.name for field in REQUESTS.fields}


def test_schemas_are_there_for_machines(visitor):
    schema = visitor.client.get("/open-data/schema/practices.json").get_json()
    assert {"name": "costs-local", "type": "integer"}.items() <= next(f for f in schema["fields"] if f["name"] == "costs-local").items()
    objects = visitor.client.get("/open-data/schema/practices.json?of=json").get_json()
    assert next(f for f in objects["fields"] if f["name"] == "costs")["type"] == "object"
    assert visitor.client.get("/open-data/schema/people.json").status_code == 404
    assert visitor.client.get("/open-data/datapackage.json").get_json()["resources"]
    assert visitor.client.get("/open-data/regions.csv").status_code == 200
    assert visitor.client.get("/open-data/practices.csv").status_code == 404
