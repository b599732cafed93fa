"""Tables: CSV in several dialects, Excel; nothing in them becomes a formula."""

import csv
import io
import json

import openpyxl
import pytest
from sqlalchemy import select

from forum.core.errors import Refused
from forum.practices.importing.files import Unreadable, read
from forum.practices.importing.flat import escape, flat, nested, unescape
from forum.practices.models import Practice


def rows(path):
    return [(line, (row.field, row.code) if isinstance(row, Refused) else row) for line, row in read(path)]


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), (";", "cp1251"), ("\t", "utf-8")])
def test_csv_as_various_programs_write_it(tmp_path, delimiter, encoding):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["external_id", "title", "costs.local", "costs-extra", "tags", "steps-0-what", "steps-1-what", "indicators", "summary"])
    writer.writerow(["a-1", "Двор, улица; сквер", "1200000", "", "свет; двор", "Раз", "Два", '[{"name": "Расход"}]', "Две\nстроки"])
    writer.writerow([""] * 9)
    writer.writerow(["a-2", "Вторая", "", "", "", "", "", "", "Кратко"])
    path = tmp_path / "practices.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    first = {
        "external_id": "a-1", "title": "Двор, улица; сквер", "costs": {"local": "1200000"}, "tags": ["свет", "двор"],
        "indicators": [{"name": "Расход"}], "summary": "Две\nстроки", "steps": [{"what": "Раз"}, {"what": "Два"}],
    }  # fmt: skip
    assert rows(path) == [(2, first), (5, {"external_id": "a-2", "title": "Вторая", "summary": "Кратко"})]


def test_excel_with_dates_numbers_and_a_formula(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["external_id", "title", "summary", "started", "costs-local", "nomination"])
    book.active.append(["a-1", "Светлые дворы", "Кратко", "2022-03", 1200000, 1])
    book.active.append(["a-2", "=1+1", "Кратко", None, None, None])
    book.save(tmp_path / "practices.xlsx")
    first = {"external_id": "a-1", "title": "Светлые дворы", "summary": "Кратко", "started": "2022-03", "nomination": 1}
    assert rows(tmp_path / "practices.xlsx") == [(2, first | {"costs": {"local": 1200000}}), (3, ("title", "import.formula"))]


def test_what_is_no_table(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 not a book")
    with pytest.raises(Unreadable):
        rows(tmp_path / "a.xlsx")
    (tmp_path / "b.csv").write_text("external_id,title\na,b,c\n")
    assert rows(tmp_path / "b.csv") == [(2, (None, "import.cells"))]
    (tmp_path / "c.csv").write_text("external_id,steps\na,[{\n")
    assert rows(tmp_path / "c.csv") == [(2, ("steps", "import.json"))]


@pytest.mark.parametrize("text", ["=1+1", "+7 000", "-5", "@name", "'=x", "''-y", "\tтаб"])
def test_what_looks_like_a_formula_is_escaped_and_comes_back(text):
    assert escape(text).startswith("'")
    assert unescape(escape(text)) == text


def test_flat_and_back():
    card = {"external_id": "a", "costs": {"local": 5}, "tags": ["двор", "свет"], "steps": [{"what": "Раз"}], "problem": "- пункт"}
    assert nested(flat(card)) == card


@pytest.mark.parametrize("kind", [".jsonl", ".csv", ".xlsx"])
def test_export_into_an_empty_site_and_export_again_gives_the_same(kind, app, run, session, admin, lines, tmp_path):
    full = {
        "external_id": "p-1", "title": "'Светлые' дворы", "summary": "=СУММ(A1)", "problem": "- Темно.\n- Очень.", "goals": "Свет",
        "solution": "Контракт", "results": "Светло", "participation": "Собрания", "lessons": "Считать",
        "replication": "Везде", "contact": "+7 (000) 000-00-00",
        "municipality": "Обнинск", "region": "40", "nomination": 1, "tags": ["дворы", "свет"], "status": "finished", "started": "2022-03",
        "finished": "2023-11", "costs": {"local": 1200000, "federal": 0}, "upkeep": 5, "beneficiaries": 100, "participants": 7,
        "steps": [{"what": "Раз", "when": "весна", "who": "ЖКХ"}], "resources": [{"kind": "act", "what": "44-ФЗ"}],
        "indicators": [{"name": "Расход", "unit": "%", "before": 12.5, "after": 6, "on": "2023-11", "source": "счётчик"}],
        "valid_on": "2026-04-15",
    }  # fmt: skip
    least = {"external_id": "p-2", "title": "Вторая", "summary": "Кратко", "status": "implemented", "donor": "p-1"}
    assert run("practices", "import", lines(full, least), "--publish").exit_code == 0
    assert run("practices", "export", tmp_path / f"out{kind}").exit_code == 0
    for practice in session.scalars(select(Practice)).all():
        practice.external_id = None
        practice.withdraw(by=type("By", (), {"id": admin.id, "role": "admin"})())
    session.commit()
    again = run("practices", "import", tmp_path / f"out{kind}", "--publish")
    assert again.exit_code == 0, again.stderr
    assert "Добавлено: 2" in again.stdout
    assert run("practices", "export", tmp_path / "again.jsonl").exit_code == 0
    assert [json.loads(line) for line in (tmp_path / "again.jsonl").read_text("utf-8").splitlines()] == [full, least]


def test_drafts_and_hidden_practices_are_not_exported(run, session, make, tmp_path):
    make.practice("Видна")
    make.practice("Черновик", state="draft")
    make.practice("Скрыта", state="hidden")
    assert run("practices", "export", tmp_path / "out.jsonl").exit_code == 0
    assert [json.loads(line)["title"] for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()] == ["Видна"]


def test_export_to_another_kind_of_file_is_told_in_words(run, tmp_path):
    result = run("practices", "export", tmp_path / "out.pdf")
    assert result.exit_code == 1 and "одного из видов" in result.stderr
