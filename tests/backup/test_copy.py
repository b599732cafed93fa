"""A copy taken while people write, brought back elsewhere; and copies that must not be believed."""

import io
import tarfile
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from forum.backup.archive import verified
from forum.comments.models import Comment
from forum.core import stamps
from forum.core.files import key_for
from forum.core.model import Base
from forum.extensions import db
from tests.client import Browser


def numbers(app) -> dict[str, int]:
    """Rows by table."""
    with app.app_context(), db.engine.connect() as connection:
        return {name: connection.scalar(select(func.count()).select_from(table)) for name, table in Base.metadata.tables.items()}


def words(app) -> set[str]:
    with app.app_context(), db.engine.connect() as connection:
        return set(connection.scalars(select(Comment.__table__.c.body)))


def wait_for(told: list[str], count: int) -> None:
    while len(told) < count:
        time.sleep(0.005)


@pytest.fixture
def archive(tmp_path):
    return tmp_path / "copy.tar"


def test_a_copy_taken_while_four_people_write_holds_all_that_was_acknowledged(app, make, writing, archive, elsewhere, run):
    practice = make.practice()
    app.extensions["files"].put(key_for(b"act"), b"act")
    with writing(practice) as told:
        wait_for(told, 12)
        before = list(told)
        run(app, "backup", archive)
        wait_for(told, len(before) + 12)
    there = elsewhere()
    assert "flask search rebuild" in run(there, "restore", archive)
    manifest = verified(archive)
    found = numbers(there)
    assert {name: found[name] for name in manifest.tables if name in found} == {n: c for n, c in manifest.tables.items() if n in found}
    assert set(before) <= words(there) <= set(told)
    assert there.extensions["files"].get(key_for(b"act")) == b"act"
    run(there, "search", "rebuild")
    assert "agree" in run(there, "search", "check")
    assert before[0] in Browser(there).open(f"/practices/{practice.id}/{practice.slug}").text


def test_a_packed_copy_is_read_as_well(app, make, archive, elsewhere, run):
    make.practice("Вернувшаяся практика")
    packed = archive.with_suffix(".tar.gz")
    run(app, "backup", packed)
    assert packed.read_bytes()[:2] == b"\x1f\x8b" and packed.stat().st_mode & 0o077 == 0
    there = elsewhere()
    run(there, "restore", packed)
    assert "Вернувшаяся практика" in Browser(there).open("/practices").text


def torn(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def changed(content: bytes) -> bytes:
    return content.replace("которое подменят".encode(), "которое подменён".encode())


def foreign(content: bytes) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("../../etc/cron.d/evil"))
    return held.getvalue()


@pytest.mark.parametrize("spoil", [torn, changed, foreign, lambda content: b"", lambda content: b"no archive at all" * 100])
def test_what_is_not_whole_is_refused_and_nothing_changes(app, make, archive, elsewhere, run, spoil):
    make.comment(make.practice(), "Слово, которое подменят")
    run(app, "backup", archive)
    archive.write_bytes(spoil(archive.read_bytes()))
    there = elsewhere()
    said = run(there, "restore", archive, fails=True)
    assert "Здесь ничего не изменилось" in said
    with there.app_context():
        assert list(there.extensions["files"].keys()) == []
        assert not Path(db.engine.url.database).exists()


def test_a_site_in_use_is_replaced_only_when_told_to(app, make, session, archive, elsewhere, run, browser):
    practice = make.practice("Как было")
    run(app, "backup", archive)
    practice.write("solution", "Как стало")
    make.comment(practice, "Написано после копии")
    reader = browser()
    address = f"/practices/{practice.id}/{practice.slug}"
    tag = reader.open(address).response.headers["ETag"]
    app.extensions["files"].put(key_for(b"later"), b"later")
    assert "--force" in run(app, "restore", archive, fails=True)
    assert "Написано после копии" in reader.open(address).text
    run(app, "restore", archive, "--force")
    page = reader.open(address, headers={"If-None-Match": tag})
    assert "Написано после копии" not in page.text, "a page kept from before is shown"
    assert list(app.extensions["files"].keys()) == []


def test_running_processes_go_on_with_what_was_brought_back(app, make, archive, run, browser):
    practice, person = make.practice(), make.person()
    writer = browser().sign_in(person)
    run(app, "backup", archive)
    writer.post(f"/entries/{practice.id}/comments", 303, body="Сгинет")
    run(app, "restore", archive, "--force")
    writer.post(f"/entries/{practice.id}/comments", 303, body="Останется")
    assert words(app) == {"Останется"}


def test_an_older_copy_is_migrated(app, make, archive, elsewhere, run, session):
    make.practice("Старая практика")
    session.commit()
    with app.app_context():
        db.engine.dispose()
    run(app, "db", "downgrade", "0011")
    run(app, "backup", archive)
    assert verified(archive).revision == "0011"
    there = elsewhere()
    run(there, "restore", archive)
    assert numbers(there)["practices"] == 1 and numbers(there)["submissions"] == 0


def test_a_copy_of_a_newer_release_is_refused(app, archive, elsewhere, run, session):
    session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    session.commit()
    run(app, "backup", archive)
    assert "более новой версией" in run(elsewhere(), "restore", archive, fails=True)


def test_what_was_kept_of_pages_is_outdated_in_either_past(app, make, archive, elsewhere, run):
    make.practice()
    run(app, "backup", archive)
    there = elsewhere()
    run(there, "restore", archive)
    with there.app_context():
        assert stamps.current(db.session()) > verified(archive).stamp
        db.session.rollback()
