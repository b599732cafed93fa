"""Commands: a copy of the site in one file, and back."""

import sys
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from forum.backup import index, restoring, taking
from forum.backup.archive import Manifest, Unsound
from forum.backup.restoring import Occupied
from forum.core.files import FileStore
from forum.extensions import db

SHOWN = 5
KEY_APART = (
    "Ключ сайта (FORUM_SECRET_KEY или файл secret-key) в копию не входит: храните его отдельно. "
    "Без него не подойдут коды второго шага входа."
)


class Bar:
    """How far it is, on a terminal only."""

    def __init__(self, labels: dict[str, str]) -> None:
        self.labels, self.current = labels, ""
        self.bar: Any = None
        self.shown = sys.stderr.isatty()

    def __call__(self, what: str, done: int, total: int) -> None:
        if not self.shown:
            return
        if what != self.current:
            self.close()
            self.current = what
            self.bar = click.progressbar(length=max(total, 1), label=self.labels[what], file=sys.stderr)
            self.bar.__enter__()
        self.bar.update(done - self.bar.pos)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            self.bar = None


def _counts(manifest: Manifest) -> str:
    rows = manifest.tables
    return f"записей {rows.get('entries', 0)}, людей {rows.get('people', 0)}, файлов {manifest.files}"


def _store() -> FileStore:
    store: FileStore = current_app.extensions["files"]
    return store


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write the database and all files to FILE, one archive, while the site runs (.tar, or .tar.gz to pack it)."""
    bar = Bar({"database": "База", "files": "Файлы"})
    try:
        manifest = taking.take(db.engine, _store(), file, bar)
    except OSError as error:
        raise click.ClickException(f"Не удалось записать {file}: {error.strerror or error}") from error
    finally:
        bar.close()
    click.echo(f"{file}: {_counts(manifest)}, {file.stat().st_size / 1024 / 1024:.1f} МБ.")
    if manifest.missing:
        click.echo(f"Файлов нет в хранилище, хотя записи на них ссылаются: {len(manifest.missing)}.", err=True)
        for key in manifest.missing[:SHOWN]:
            click.echo(f"  {key}", err=True)
    click.echo(KEY_APART)


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace what is here, even where people have written.")
@with_appcontext
def restore(file: Path, force: bool) -> None:
    """Bring the site back from FILE. It is read through and compared with its manifest before anything is changed."""
    bar = Bar({"files": "Файлы"})
    try:
        manifest = restoring.restore(db.engine, _store(), file, force=force, progress=lambda done, total: bar("files", done, total))
    except Unsound as error:
        raise click.ClickException(f"{file}: {error} Здесь ничего не изменилось.") from error
    except Occupied as error:
        raise click.ClickException("Здесь уже есть люди, записи или файлы. Чтобы заменить их копией, добавьте --force.") from error
    finally:
        bar.close()
    index.forget(current_app.config["SEARCH_URL"], db.engine)
    click.echo(f"Восстановлено на {manifest.made_at}: {_counts(manifest)}.")
    click.echo("Поиск соберёт заново индексатор, как только заработает; или сейчас: flask search rebuild.")


groups = (backup, restore)
