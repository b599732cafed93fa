"""Commands for practices in files."""

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session
from tqdm import tqdm

from forum.accounts.models import Person, Role
from forum.accounts.queries import as_actor, by_email
from forum.core.actor import GUEST, Actor
from forum.core.clock import now
from forum.core.database import reading
from forum.extensions import db
from forum.places.cli import places
from forum.practices import confirming, exporting, profiles
from forum.practices.importing.apply import Outcome
from forum.practices.importing.files import KINDS, Unreadable, read
from forum.practices.importing.run import Report, bring_in, parsed
from forum.web.refusals import words

group = AppGroup("practices", help="Practices from files and to files.")
groups = (group,)


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--author", metavar="E-MAIL", help="Whose the new practices are; without it, the first administrator's.")
@click.option("--publish", is_flag=True, help="Show them at once, even where the card is not complete.")
@click.option("--dry-run", is_flag=True, help="Say what is wrong and change nothing.")
def import_practices(file: Path, author: str | None, publish: bool, dry_run: bool) -> None:
    """Add or update practices from FILE (.jsonl, .csv, .xlsx); they are known by external_id.

    Bad rows are reported by line and field, the good ones imported; exit code 1 when there were bad ones.
    """
    report = Report()
    try:
        cards = parsed(read(file), report)
    except Unreadable as error:
        raise click.ClickException(f"{file.name}: {error}") from error
    with Session(db.engine, expire_on_commit=False) as session, tqdm(total=len(cards), unit=" practices") as bar:
        bring_in(session, cards, report, by=_actor(session, author), publish=publish, dry_run=dry_run, progress=bar.update)
    _tell(report, file.name, dry_run)
    if report.problems:
        raise SystemExit(1)


def _actor(session: Session, email: str | None) -> Actor:
    if email:
        person = session.scalar(by_email(email))
    else:
        person = session.scalar(select(Person).where(Person.role == Role.ADMIN).order_by(Person.id).limit(1))
    if person is None:
        raise click.ClickException(f"Нет человека с почтой {email}." if email else "Укажите автора: --author E-MAIL.")
    return session.execute(as_actor(person.id)).unique().scalar_one().as_actor()


def _tell(report: Report, name: str, dry_run: bool) -> None:
    for line, problem in sorted(report.problems, key=lambda one: one[0]):
        click.echo(f"{name}:{line}: {problem.field + ': ' if problem.field else ''}{words(problem)}", err=True)
    if report.unknown:
        click.echo(f"Поля, которых карточка не знает: {', '.join(sorted(report.unknown)[:20])}.", err=True)
    counts = report.counts
    click.echo(
        ("Проверка, ничего не записано. " if dry_run else "")
        + f"Добавлено: {counts[Outcome.ADDED]}, обновлено: {counts[Outcome.UPDATED]}, без изменений: {counts[Outcome.SAME]}, "
        + f"с ошибками: {report.bad_rows}."
    )


@group.command("confirmations")
def confirmations() -> None:
    """Ask keepers whether their practices are still true, remind them, mark what nobody confirmed; the worker does it every night."""
    total = 0
    for number in confirming.tend(db.session(), now()):
        db.session.commit()
        total += number
    click.echo(f"Практик, которым пришёл срок: {total}.")


@group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_practices(file: Path) -> None:
    """Write all published practices to FILE (.jsonl, .csv, .xlsx), to be read back by `import`."""
    if file.suffix.lower() not in KINDS:
        raise click.ClickException(f"Файл должен быть одного из видов: {', '.join(KINDS)}.")
    with Session(db.engine) as session:
        exporting.name_all(session)
        session.commit()
        with reading():
            count = exporting.write(file, tqdm(exporting.rows(session, GUEST), unit=" practices"))
    click.echo(f"Записано практик: {count}.")


@places.command("profiles")
def reckon_profiles() -> None:
    """Find anew by what all municipalities, and practices with them, are compared (see /likeness)."""
    session = db.session()
    municipalities = profiles.compare_anew(session)
    practices = profiles.follow(session)
    session.commit()
    click.echo(f"Изменилось: муниципалитетов {municipalities}, практик {practices}.")
