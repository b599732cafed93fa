"""Files come and go while people write."""

import sqlite3

from sqlalchemy import func, select

from forum.practices.importing import run as importing
from forum.practices.models import Practice

CARD = {"title": "Тёплая остановка", "summary": "Печка и расписание."}


def test_an_exported_file_comes_back_without_doubling(run, session, make, admin, tmp_path):
    make.practice("Написана на сайте")
    make.practice("Приехала из файла", external_id="out-1")
    file = tmp_path / "out.jsonl"
    assert run("practices", "export", file).exit_code == 0
    before = file.read_text("utf-8")
    result = run("practices", "import", file, "--author", admin.email, "--publish")
    assert "Добавлено: 0" in result.output
    session.commit()
    assert session.scalar(select(func.count()).select_from(Practice)) == 2
    session.commit()
    assert run("practices", "export", file).exit_code == 0
    assert file.read_text("utf-8") == before


def test_other_writers_have_their_turn_between_the_batches(app, run, lines, admin, tmp_path, monkeypatch):
    turns = []

    def write_in_the_pause():
        other = sqlite3.connect(tmp_path / "forum.sqlite3", timeout=0)
        other.execute("UPDATE stamps SET version = version + 1")
        other.commit()
        other.close()
        turns.append(True)

    monkeypatch.setattr(importing, "give_way", write_in_the_pause)
    cards = [{"external_id": f"row-{number}", **CARD} for number in range(importing.BATCH * 2 + 1)]
    assert "Добавлено: 51" in run("practices", "import", lines(*cards), "--author", admin.email).output
    assert len(turns) == 3
