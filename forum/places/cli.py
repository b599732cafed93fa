"""Commands for the reference data of places."""

from pathlib import Path

import click
from flask.cli import AppGroup
from tqdm import tqdm

from forum.extensions import db
from forum.places import loading

places = AppGroup("places", help="Regions and municipalities.")
groups = (places,)


@places.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_places(file: Path) -> None:
    """Add or update municipalities from a CSV FILE.

    Columns: oktmo, name, name_en, type, region, category, population, population_year, successor; name and region are
    needed. Rows are matched by OKTMO, else by region and name. Bad rows are reported by line and column, good ones
    imported; exit code 1 when there were bad ones.
    """
    try:
        rows = loading.read(file)
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file}: файл не в кодировке UTF-8 ({error.reason}).") from error
    report = loading.load_municipalities(db.session(), tqdm(rows, unit="row", disable=None))
    db.session.commit()
    for line, column, words in report.faults:
        click.echo(f"{file.name}:{line}: {column}: {words}", err=True)
    click.echo(f"Добавлено: {report.added}, обновлено: {report.updated}, без изменений: {report.same}, с ошибками: {len(report.faults)}.")
    if report.faults:
        raise SystemExit(1)
